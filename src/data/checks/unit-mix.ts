import { readAmounts } from "../../core/amount-reading.ts";
import { columnOf } from "../../core/column.ts";
import type { ColumnInfo } from "../../core/dataset.ts";
import type { Suspicion } from "../../core/finding.ts";
import type { RecipeStep } from "../../core/recipe.ts";
import { unitOf } from "../../core/units.ts";
import { isInUnits } from "../../core/written-amount.ts";
import type { AuditContext, Check } from "../check.ts";
import { type LevelColumn, levelCounts } from "../columns/counts.ts";
import { infoOf, levelFeatures, numberFeatures } from "../columns/features.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { amount, counted, namedColumns, percent, quoted } from "../findings/phrase.ts";
import { writtenNumber } from "../meaning/written-number.ts";
import { codesOf } from "../missing/feature-codes.ts";
import { type ScaleBreak, scaleBreaks } from "../shifts/scale-break.ts";
import { timeOfRows } from "../split/row-times.ts";
import { mixedEpochs } from "../values/mixed-epochs.ts";
import { ofHeaps } from "../values/said-heaps.ts";
import { type TargetUnits, targetUnits } from "../values/target-units.ts";
import { unitsByGroups } from "../values/unit-groups.ts";
import { type UnitHeaps, unitHeaps } from "../values/unit-heaps.ts";
import { unitsByCountry } from "../values/units-by-country.ts";
import { unitsByIdentity } from "../values/units-by-identity.ts";
import { unitsByLevel } from "../values/units-by-level.ts";
import { unitsByOthers } from "../values/units-by-others.ts";
import { unitsByPart } from "../values/units-by-part.ts";
import type { ToldUnits } from "../values/units-told.ts";
import { type WrittenUnits, writtenBeside } from "../values/written-units.ts";

/** Cells with a unit, of all that hold something. */
const NEARLY_ALL = 0.9;
const LEAST_SHARE = 0.01;
const LEAST_DIFFERENT = 20;
/** Fewer different numbers may well be names of classes. */
const LEAST_NUMBERS = 10;

/** Inches among centimetres, thousands among units: one quantity in two units. */
export const unitMix: Check = {
  trap: "unit-mix",
  title: "One column holds two units",
  apart: 3,
  async inspect(context) {
    const found: UnitHeaps[] = [];
    const epochs = mixedEpochs(context, (name) => codesOf(context, name));
    const moments = new Set(namesOf(epochs));
    // Of many columns in two heaps some stand in the ratio of units by chance.
    let parted = 0;
    for (const column of numberFeatures(context)) {
      const { distinct } = infoOf(context, column.name);
      const looked =
        distinct < LEAST_DIFFERENT || moments.has(column.name) ? null : unitHeaps(context, column, codesOf(context, column.name));
      if (looked !== null) parted++;
      if (looked !== null && looked !== "other ratio") found.push(looked);
      await context.pause();
    }
    const mixed = new Set([...moments, ...found.map(({ column }) => column.name)]);
    const byGroups = unitsByGroups(
      context,
      numberFeatures(context).filter(({ name }) => !mixed.has(name)),
      (name) => codesOf(context, name),
    );
    const byCountry = unitsByCountry(
      context,
      numberFeatures(context).filter(({ name }) => !mixed.has(name) && !namesOf(byGroups).includes(name)),
      (name) => codesOf(context, name),
    );
    const byIdentity = unitsByIdentity(context, mixed, (name) => codesOf(context, name));
    const told = new Set([...mixed, ...namesOf(byIdentity), ...namesOf(byGroups), ...namesOf(byCountry)]);
    const byOthers = await unitsByOthers(context, told, (name) => codesOf(context, name));
    for (const name of namesOf(byOthers)) told.add(name);
    const ofTwoHeaps = found.flatMap((heaps) => ofHeaps(context, heaps, found, parted));
    // Two heaps that another number tells apart are told by none, and that number may be the year of the other unit.
    const silent = found.map(({ column }) => column.name).filter((name) => !namesOf(ofTwoHeaps).includes(name));
    const untold = numberFeatures(context).filter(
      ({ name }) => (silent.includes(name) || !told.has(name)) && infoOf(context, name).distinct >= LEAST_DIFFERENT,
    );
    const byPart = unitsByPart(context, untold, (name) => codesOf(context, name), timeOfRows(context));
    for (const name of namesOf(byPart)) told.add(name);
    return [
      ...epochs,
      ...ofTwoHeaps,
      ...byGroups,
      ...byCountry,
      ...byIdentity,
      ...byOthers,
      ...byPart,
      ...unitsByLevel(
        context,
        numberFeatures(context).filter(({ name }) => !told.has(name)),
        (name) => codesOf(context, name),
      ),
      ...ofTarget(context),
      ...targetUnits(context).map((one) => ofTargetByKind(context, one)),
      ...(await scaleBreaks(context)).flatMap((one) => (mixed.has(one.column.name) ? [] : [ofBreak(context, one)])),
      ...context.dataset.columns.flatMap((info) => readAlready(context, info)),
      ...levelFeatures(context).flatMap((column) => ofTexts(context, column)),
      ...writtenBeside(context).map((one) => ofUnitsBeside(context, one)),
    ];
  },
};

/** The columns themselves come first. */
function namesOf(said: readonly Suspicion[]): readonly string[] {
  return said.flatMap(({ columns }) => columns.slice(0, 1));
}

/** The numbers are as they stand: what they mean is in another column. */
function ofUnitsBeside({ dataset, roles }: AuditContext, { unit, numbers, told, spellings }: WrittenUnits): Suspicion {
  const shown = namedColumns(numbers);
  const advice = `Bring ${shown} to one unit by \`${unit}\`, or take the units apart as kinds of their own.`;
  const isTarget = numbers.includes(roles.target);
  return {
    trap: "unit-mix",
    columns: [...numbers, unit],
    rows: { count: dataset.rows, sample: [] },
    severity: "costly",
    confidence: told.length === 0 ? BY_NAME : BY_VALUES,
    evidence: {
      units: spellings.slice(0, 10),
      kind: "written beside",
      ...(told.length === 0 ? {} : { told: told.map(({ number, ratio, explained }) => ({ column: number, ratio, explained })) }),
    },
    fix: {
      action: "advice",
      text: isTarget ? `${advice} A score over several units goes by the one with the largest numbers.` : advice,
    },
    counterfactual: null,
    unmeasured: "What the units are worth in one another is not in the table.",
    question: told.length === 0 ? null : `Does \`${unit}\` say in which unit ${shown} ${numbers.length === 1 ? "is" : "are"}?`,
    why: `\`${unit}\` names ${amount(spellings.length)} units (${spellings
      .slice(0, 4)
      .map((one) => `"${one}"`)
      .join(", ")}) for the numbers of ${shown}: 1 of one is not 1 of another.${toldWords(told)}`,
  };
}

/** Known by the name of the number, or by how the numbers differ. */
const [BY_NAME, BY_VALUES] = [0.6, 0.5];

function toldWords([first]: readonly ToldUnits[]): string {
  if (first === undefined) return "";
  const { number, ratio, explained, pair } = first;
  const ofPair =
    pair === null
      ? ""
      : `; in "${pair.units[1]}" it is ${amount(Number(pair.ratio.toPrecision(2)))} times that in "${pair.units[0]}", where one quantity would be ${amount(Number(pair.expected.toPrecision(3)))} times that`;
  return ` The medians of \`${number}\` differ ${amount(Number(ratio.toPrecision(2)))} times between the units, which tell ${percent(explained)} of the spread of its ranks${ofPair}.`;
}

/** Below LIKELY: who changes the target changes the question. */
const OF_TARGET = 0.45;

/** The values to be told in two units: a model learns which rows were written in which. No step of a recipe mends a target. */
function ofTarget(context: AuditContext): Suspicion[] {
  const { task, roles, frame } = context;
  const column = columnOf(frame, roles.target);
  if (task.kind !== "regression" || column.type !== "number" || infoOf(context, column.name).distinct < LEAST_DIFFERENT) return [];
  const heaps = unitHeaps(context, column, new Set());
  if (heaps === null || heaps === "other ratio") return [];
  return ofHeaps(context, heaps, [], 1, OF_TARGET).map((found) => ({
    ...found,
    fix: { action: "advice", text: `If they are in another unit, bring the values of \`${column.name}\` to one unit at their source.` },
    counterfactual: null,
    unmeasured: "The rows that would judge hold both units too.",
  }));
}

/** A label is never made up: it is brought to one unit where it is written. */
function ofTargetByKind(context: AuditContext, { by, beside, kinds, rows, usual, ratios, within, near }: TargetUnits): Suspicion {
  const { target } = context.roles;
  const held = new Set(kinds.map((kind) => by.levels.indexOf(kind)));
  const shown = kinds
    .slice(0, 3)
    .map(
      (kind, i) => `${amount(Number(((ratios[i] ?? usual) / usual).toPrecision(3)))} times as much with \`${by.name}\` = ${quoted(kind)}`,
    );
  return {
    trap: "unit-mix",
    columns: [target, by.name],
    rows: affectedRows(context, (row) => held.has(by.codes[row] ?? -1)),
    severity: "harmful",
    confidence: BY_KIND,
    evidence: { kind: "target by kind", beside, kinds: [...kinds], rows, usual, ratios: [...ratios], within, near },
    fix: {
      action: "advice",
      text: `If it is, bring \`${target}\` to one unit by \`${by.name}\` at its source, or predict the kinds apart.`,
    },
    counterfactual: null,
    unmeasured: "The rows that would judge hold both units too.",
    question: `Is \`${target}\` in another unit or currency with \`${by.name}\` = ${quoted(kinds[0] ?? "")}?`,
    why: `\`${target}\` is a fixed multiple of \`${beside}\`, ${shown.join(", ")}${kinds.length > 3 ? " and so on" : ""} as in the other rows, in ${percent(within)} of theirs within ${percent(near)}: it may be in another unit or currency there; or the rate differs so.`,
  };
}

/** Rates that differ from kind to kind do the same: it asks. */
const BY_KIND = 0.45;

/** No step of a recipe knows the place of a row: it is mended at the source. */
function ofBreak(context: AuditContext, { column, first, factor, words, ...measured }: ScaleBreak): Suspicion {
  const { rows, rowNumbers } = context.frame;
  const row = rowNumbers?.[first] ?? first;
  const atEnd = rows - first <= first;
  const confidence = 0.95 / (1 + measured.coincidence);
  return {
    trap: "unit-mix",
    columns: [column.name],
    rows: affectedRows(context, (place) => (atEnd ? place >= first : place < first)),
    severity: "harmful",
    confidence,
    evidence: { fromRow: row, atEnd, factor, units: words, share: (atEnd ? rows - first : first) / rows, ...measured },
    fix: {
      action: "advice",
      text: `Look where the rows from about row ${amount(row)} on come from, and write \`${column.name}\` in one unit at its source (${words}).`,
    },
    counterfactual: null,
    question: confidence < 0.7 ? `From about row ${amount(row)} on, is \`${column.name}\` in another unit (${words})?` : null,
    why: `From about row ${amount(row)} on \`${column.name}\` is ${amount(measured.ratio)} times as large as before (medians): a known factor (${words}), after which both parts are of one distribution. No other column changes there, unless by such a factor too.`,
  };
}

/** The reader has brought the numbers to one unit. */
function readAlready({ dataset, roles }: AuditContext, { name, amount: writing, why, missing }: ColumnInfo): Suspicion[] {
  if (writing === undefined || !isInUnits(writing) || !(name === roles.target || roles.features.includes(name))) return [];
  const units = writing.units.map(({ text, factor, offset }) => ({ unit: text, factor, offset }));
  return [
    {
      trap: "unit-mix",
      columns: [name],
      rows: { count: dataset.rows - missing, sample: [] },
      severity: "harmful",
      confidence: 0.95,
      evidence: { units },
      fix: { action: "reading", text: `\`${name}\` is read as numbers of one unit, here and wherever the model is used.` },
      counterfactual:
        name === roles.target ? null : { change: "undo", features: [], steps: [{ op: "to-category", column: name }], flatters: false },
      question: null,
      why: `\`${name}\`: ${why}.`,
    },
  ];
}

interface Measured {
  readonly level: string;
  readonly value: number;
  readonly unit: string;
  readonly rows: number;
}

/** "170 cm" and "5.6 ft" in one column of texts: the units are written, so nothing is guessed. */
function ofTexts(context: AuditContext, column: LevelColumn): Suspicion[] {
  const counts = levelCounts(context, column);
  const shown = column.levels.slice(0, 50);
  if (shown.filter((level) => (writtenNumber(level)?.unit ?? "") !== "").length < 0.5 * shown.length) return [];
  const cells = column.levels.flatMap((level, code): Measured[] => {
    const read = writtenNumber(level);
    return read === null || read.unit === "" ? [] : [{ level, value: read.value, unit: read.unit, rows: counts[code] ?? 0 }];
  });
  const present = counts.reduce((sum, count) => sum + count, 0);
  const measured = cells.reduce((sum, { rows }) => sum + rows, 0);
  const units = unitShares(cells);
  const [first, second] = units;
  if (first === undefined || second === undefined || measured < NEARLY_ALL * present || second.rows < LEAST_SHARE * present) return [];
  // "1Story", "2Story", "1.5Fin": words behind a few numbers are kinds.
  if (![first, second].every(({ unit }) => isMeasure(unit, cells))) return [];
  return [ofWritten(context, column, cells, units, present)];
}

/** A known unit, or a word behind many different numbers. */
function isMeasure(unit: string, cells: readonly Measured[]): boolean {
  const own = cells.filter((cell) => nameOf(cell.unit) === unit);
  return own.some((cell) => unitOf(cell.unit) !== null) || new Set(own.map(({ value }) => value)).size >= LEAST_NUMBERS;
}

const nameOf = (unit: string) => unitOf(unit)?.name ?? unit.toLowerCase();

interface UnitShare {
  readonly unit: string;
  readonly rows: number;
}

/** Rows of each unit, most first; spellings of one unit together. */
function unitShares(cells: readonly Measured[]): readonly UnitShare[] {
  const rows = new Map<string, number>();
  for (const cell of cells) {
    const name = nameOf(cell.unit);
    rows.set(name, (rows.get(name) ?? 0) + cell.rows);
  }
  return [...rows].map(([unit, count]) => ({ unit, rows: count })).sort((a, b) => b.rows - a.rows);
}

function ofWritten(
  context: AuditContext,
  column: LevelColumn,
  cells: readonly Measured[],
  units: readonly UnitShare[],
  present: number,
): Suspicion {
  const texts = column.levels.map((text, code) => ({ text, rows: levelCounts(context, column)[code] ?? 0 })).filter(({ rows }) => rows > 0);
  const reading = readAmounts(texts, { least: LEAST_NUMBERS, decimal: null, powers: true });
  const known = reading?.kind === "read" && isInUnits(reading.writing);
  const steps: RecipeStep[] = known ? [{ op: "to-number", column: column.name, amount: reading.writing }] : [];
  const names = units.map(({ unit }) => `"${unit}"`).slice(0, 4);
  const rare = new Set(cells.filter(({ unit }) => nameOf(unit) !== units[0]?.unit).map(({ level }) => level));
  return {
    trap: "unit-mix",
    columns: [column.name],
    rows: affectedRows(context, (row) => rare.has(column.levels[column.codes[row] ?? -1] ?? "")),
    severity: "harmful",
    confidence: units.slice(1).reduce((sum, { rows }) => sum + rows, 0) >= 0.05 * present ? 0.95 : 0.9,
    evidence: { units: units.slice(0, 8).map(({ unit, rows }) => ({ unit, rows })), known },
    fix: known
      ? { action: "steps", steps }
      : { action: "advice", text: `Write \`${column.name}\` as plain numbers in one unit at its source (${names.join(", ")} are mixed).` },
    counterfactual: known ? { change: "steps", steps, flatters: false } : null,
    question: null,
    why: `\`${column.name}\` holds numbers in ${counted(units.length, "unit")} (${names.join(", ")}): as names they have no order, and as numbers they would not be comparable.`,
  };
}
