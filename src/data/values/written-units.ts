import { fold } from "../../core/null-words.ts";
import { unitOf } from "../../core/units.ts";
import type { AuditContext } from "../check.ts";
import { type LevelColumn, levelCounts, type NumberColumn } from "../columns/counts.ts";
import { nameWords } from "../meaning/name-words.ts";
import { type ToldUnits, toldByUnits } from "./units-told.ts";

/** A column that says in which unit the number beside it is. */
export interface WrittenUnits {
  readonly unit: string;
  /** Known by their names, or else by how they differ: then `told` says how. */
  readonly numbers: readonly string[];
  readonly told: readonly ToldUnits[];
  /** The most frequent first. */
  readonly spellings: readonly string[];
}

const UNIT_WORDS = ["unit", "units", "uom", "einheit", "unite", "unidad", "unita"];
const CURRENCY_WORDS = "currency curr ccy waehrung wahrung devise monnaie moneda moeda valuta waluta".split(" ");
const PERIOD_WORDS =
  "period periodicity frequency freq interval per basis type unit units zeitraum turnus periode frequence periodo frecuencia frequenza frequencia".split(
    " ",
  );
/** For how long an amount is. */
const PERIODS =
  /^(per |pro |par |por )?(hour|day|week|fortnight|month|quarter|year|annum|stunde|tag|woche|monat|quartal|jahr|heure|jour|semaine|mois|an|hora|dia|semana|mes|ano|ora|giorno|settimana|mese|anno|uur|dag|maand|kwartaal|jaar)s?$|^(hourly|daily|weekly|biweekly|fortnightly|monthly|quarterly|yearly|annual|annually|stue?ndlich|tae?glich|woe?chentlich|monatlich|jae?hrlich|mensuel|annuel|mensual|anual|mensile|annuale|mensal|maandelijks|jaarlijks)$/;
/** ISO 4217, and signs. */
const CURRENCIES = new Set(
  (
    "aed ars aud bgn brl cad chf clp cny cop czk dkk egp eur gbp ghs hkd huf idr ils inr isk jpy kes krw mad mxn myr ngn nok nzd pen php pkr pln ron rub sar sek sgd thb try twd uah usd " +
    "vnd zar € $ £ ¥ ₹ euro euros dollar dollars pound pounds"
  ).split(" "),
);
/** What an amount of money is called. */
const MONEY_WORDS =
  "price amount salary wage pay cost fee fare revenue total value income budget turnover preis betrag gehalt lohn kosten umsatz prix montant salaire cout precio importe salario coste preco custo prezzo importo stipendio costo prijs bedrag loon cena kwota pensja".split(
    " ",
  );

interface Units {
  /** Words of the name of a column that says so. */
  readonly words: readonly string[];
  readonly isOne: (level: string) => boolean;
  /** What the number is called where the name of the other says no thing. */
  readonly values: readonly string[];
}

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

const KINDS: readonly Units[] = [
  { words: UNIT_WORDS, isOne: isUnit, values: VALUE_WORDS },
  { words: CURRENCY_WORDS, isOne: (level) => CURRENCIES.has(level.trim().toLowerCase()), values: MONEY_WORDS },
  { words: PERIOD_WORDS, isOne: (level) => PERIODS.test(fold(level.trim())), values: [] },
];

/**
 * Names of two or more units, currencies or times in a column named so, beside a number of the same name or of none; of units also beside numbers that differ by them, and then in a column of any
 * name that holds nothing but units. Numbers that are the target count.
 */
export function writtenBeside(context: AuditContext): readonly WrittenUnits[] {
  return context.frame.columns.flatMap((column) => {
    if (!("codes" in column)) return [];
    const named = KINDS.flatMap((kind) => besideOf(context, column, kind));
    return named.length > 0 ? named.slice(0, 1) : besideTold(context, column);
  });
}

/** Short names of kinds (S, D, M) are units too. */
const LEAST_LETTERS = 2;
const SPELLED = 0.9;

function besideTold(context: AuditContext, column: LevelColumn): readonly WrittenUnits[] {
  const counts = levelCounts(context, column);
  const held = heldOf(column, counts, context.frame.rows);
  const isNamed = nameWords(column.name).every((word) => UNIT_WORDS.includes(word)) && areUnits(held, isUnit);
  if (!isNamed && !isAllUnits(held)) return [];
  const { features, target } = context.roles;
  const numbers = context.frame.columns.filter(
    (one): one is NumberColumn => one.type === "number" && (one.name === target || features.includes(one.name)),
  );
  const told = toldByUnits(column, numbers).filter(({ pair }) => isNamed || pair !== null);
  const spellings = held.map(({ level }) => level);
  return told.length === 0 ? [] : [{ unit: column.name, numbers: told.map(({ number }) => number), told, spellings }];
}

interface HeldLevel {
  readonly level: string;
  readonly rows: number;
}

function isAllUnits(held: readonly HeldLevel[]): boolean {
  const spelled = held.filter(({ level }) => level.trim().length >= LEAST_LETTERS && unitOf(level) !== null);
  const rowsOf = (some: readonly HeldLevel[]) => some.reduce((sum, { rows }) => sum + rows, 0);
  return areUnits(held, isUnit) && spelled.length >= 2 && rowsOf(spelled) >= SPELLED * rowsOf(held);
}

/** Levels of more than a few rows, the most frequent first. */
function heldOf(column: LevelColumn, counts: Int32Array, rows: number): readonly HeldLevel[] {
  return column.levels
    .map((level, code) => ({ level, rows: counts[code] ?? 0 }))
    .filter((one) => one.rows >= Math.max(2, LEAST_SHARE * rows))
    .sort((a, b) => b.rows - a.rows);
}

function areUnits(held: readonly HeldLevel[], isOne: (level: string) => boolean): boolean {
  const known = held.filter(({ level }) => isOne(level)).length;
  return held.length >= 2 && held.length <= MOST_UNITS && known >= Math.max(2, KNOWN * held.length);
}

function besideOf(context: AuditContext, column: LevelColumn, { words: named, isOne, values }: Units): readonly WrittenUnits[] {
  const { columns, rows } = context.frame;
  const words = nameWords(column.name);
  if (!words.some((word) => named.includes(word))) return [];
  const held = heldOf(column, levelCounts(context, column), rows);
  if (!areUnits(held, isOne)) return [];
  const thing = words.filter((word) => !named.includes(word));
  const number = columns.find((other) => other.type === "number" && isOf(nameWords(other.name), thing, values));
  return number === undefined ? [] : [{ unit: column.name, numbers: [number.name], told: [], spellings: held.map(({ level }) => level) }];
}

/** "weight" and "weight_unit"; "measurement_value" and "unit". */
function isOf(words: readonly string[], thing: readonly string[], values: readonly string[]): boolean {
  const isSame = thing.length > 0 && thing.every((word) => words.includes(word));
  return isSame || (thing.length === 0 && words.length > 0 && words.every((word) => values.includes(word)));
}

function isUnit(level: string): boolean {
  return unitOf(level) !== null || /^[\p{L}\u00b5%]{1,6}\/[\p{L}\d\u00b3]{1,6}$/u.test(level.trim());
}
