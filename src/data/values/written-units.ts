import { unitOf } from "../../core/units.ts";
import type { AuditContext } from "../check.ts";
import { levelCounts } from "../columns/counts.ts";
import { nameWords } from "../meaning/name-words.ts";

/** A column that says in which unit the number beside it is. */
export interface WrittenUnits {
  readonly unit: string;
  readonly number: string;
  /** The most frequent first. */
  readonly spellings: readonly string[];
}

const UNIT_WORDS = ["unit", "units", "uom", "einheit", "unite", "unidad", "unita"];
/** What a number is called that may be of anything. */
const VALUE_WORDS = [
  "value",
  "values",
  "measurement",
  "measured",
  "amount",
  "quantity",
  "qty",
  "result",
  "reading",
  "concentration",
  "wert",
  "menge",
  "valeur",
  "valor",
];
const MOST_UNITS = 20;
/** A unit of fewer rows is a slip of the pen. */
const LEAST_SHARE = 0.01;
/** Levels that are known units, or one by another ("nGy/h"). */
const KNOWN = 0.5;

/** Names of two or more units in a column named so, beside a number of the same name or of none. Numbers that are the target count. */
export function writtenBeside(context: AuditContext): readonly WrittenUnits[] {
  const { columns, rows } = context.frame;
  return columns.flatMap((column): readonly WrittenUnits[] => {
    const words = nameWords(column.name);
    if (!("codes" in column) || !words.some((word) => UNIT_WORDS.includes(word))) return [];
    const counts = levelCounts(context, column);
    const held = column.levels
      .map((level, code) => ({ level, rows: counts[code] ?? 0 }))
      .filter((one) => one.rows >= Math.max(2, LEAST_SHARE * rows))
      .sort((a, b) => b.rows - a.rows);
    const known = held.filter(({ level }) => isUnit(level)).length;
    if (held.length < 2 || held.length > MOST_UNITS || known < Math.max(2, KNOWN * held.length)) return [];
    const thing = words.filter((word) => !UNIT_WORDS.includes(word));
    const number = columns.find((other) => other.type === "number" && isOf(nameWords(other.name), thing));
    return number === undefined ? [] : [{ unit: column.name, number: number.name, spellings: held.map(({ level }) => level) }];
  });
}

/** "weight" and "weight_unit"; "measurement_value" and "unit". */
function isOf(words: readonly string[], thing: readonly string[]): boolean {
  const isSame = thing.length > 0 && thing.every((word) => words.includes(word));
  return isSame || (thing.length === 0 && words.every((word) => VALUE_WORDS.includes(word)));
}

function isUnit(level: string): boolean {
  return unitOf(level) !== null || /^[\p{L}\u00b5%]{1,6}\/[\p{L}\d\u00b3]{1,6}$/u.test(level.trim());
}
