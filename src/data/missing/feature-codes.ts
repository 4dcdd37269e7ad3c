import type { AuditContext } from "../check.ts";
import { type NumberColumn, valueCounts } from "../columns/counts.ts";
import { featuresOf, numberFeatures } from "../columns/features.ts";
import { scaledColumns } from "../columns/scaled-whole.ts";
import { LIKELY } from "../harm/ground.ts";
import { sharedLevels } from "./same-row-levels.ts";
import { type SentinelCode, sentinelCodes } from "./sentinels.ts";
import { sharedCodes } from "./shared-codes.ts";
import { zeroCodes } from "./zero-codes.ts";
import { zerosBeside } from "./zeros-beside.ts";

/** Numbers in features that stand for "no value", zeros included. Checks that look at extremes leave these values out. Once per audit. */
export function featureCodes(context: AuditContext): readonly SentinelCode[] {
  return context.shared("sentinel-codes", () => {
    const columns = featuresOf(context).filter((column): column is NumberColumn => "values" in column);
    const looks = columns.map((column) => sentinelCodes(column, valueCounts(context, column)));
    const clear = looks
      .flatMap(({ clear }) => clear)
      .map((one) => (isCodeOfThings(context, one) ? { ...one, confidence: AMONG_CODES } : one));
    const sure = new Set(clear.filter(({ confidence }) => confidence >= 0.8).flatMap(({ values }) => values));
    const weak = looks.flatMap(({ weak }) => weak.filter(({ values }) => values.every((value) => sure.has(value))));
    const known = [...clear, ...weak];
    const beside = codesBeside(context, columns, known);
    const usual = [...usualCodes(context, columns, [...known, ...beside]), ...surveyCodes(context, columns, [...known, ...beside])];
    const zeros = zeroCodes(context).filter((zero) => !isEndOfScaling(context, zero));
    const isTold = ({ column, values }: SentinelCode) => values.includes(0) && zeros.some((zero) => zero.column === column);
    const shared = sharedCodes(context, columns, [...known, ...beside, ...usual]).filter((code) => !isTold(code));
    return [...known, ...beside, ...usual, ...shared, ...zeros];
  });
}

/** Rows of the least value; more that stand apart were there before the scaling. */
const MOST_AT_END = 3;

/** A column that was brought to the range from 0 to 1 has its least value at 0, wherever the others lie. */
function isEndOfScaling(context: AuditContext, { column, values, rows }: SentinelCode): boolean {
  if (rows > MOST_AT_END || values.some((value) => value !== 0)) return false;
  const scaled = context.shared("brought to the range from 0 to 1", () =>
    scaledColumns(context, numberFeatures(context)).flatMap((one) => (one.kind === "min-max" ? [one.column] : [])),
  );
  return scaled.includes(column.name);
}

/** Numbers that only the rows of other columns speak against: asked about, and an amount like any other until that is answered. Once per audit. */
export function doubtfulCodes(context: AuditContext): readonly SentinelCode[] {
  return context.shared("doubtful codes", () => {
    const columns = featuresOf(context).filter((column): column is NumberColumn => "values" in column);
    const known = featureCodes(context);
    return [...sharedLevels(context, columns, known), ...zerosBeside(context, columns, known)];
  });
}

/** Below LIKELY: 999 among the codes of errors or zones may be one of them. */
const AMONG_CODES = 0.45;

function isCodeOfThings({ roles }: AuditContext, { column, values }: SentinelCode): boolean {
  return roles.meanings[column.name]?.type === "code" && values.every((value) => value > 0);
}

/** A number that is the only negative one of its column, in rows most of which hold the same code elsewhere: somebody asked for both and got neither. */
const [LEAST_BESIDE, MOST_BY_CHANCE, BESIDE] = [0.8, 0.5, 0.72];

function codesBeside(context: AuditContext, columns: readonly NumberColumn[], known: readonly SentinelCode[]): readonly SentinelCode[] {
  const negative = known.filter(({ values: [value = 0, ...more] }) => more.length === 0 && value < 0);
  if (negative.length === 0) return [];
  const told = new Set(known.map(({ column }) => column.name));
  return columns.flatMap((column): SentinelCode[] => {
    const { values, counts, present } = valueCounts(context, column);
    const [value = 0, next = 0] = values;
    const rows = counts[0] ?? 0;
    if (told.has(column.name) || value >= 0 || next < 0 || rows < LEAST_ROWS) return [];
    const beside = negative.find(({ column: other, values: [code], rows: held }) => {
      if (code !== value || held > MOST_BY_CHANCE * present) return false;
      let both = 0;
      for (let row = 0; row < column.values.length; row++) if (column.values[row] === value && other.values[row] === value) both++;
      return both >= LEAST_BESIDE * rows;
    });
    if (beside === undefined) return [];
    const rest = { low: next, high: values.at(-1) ?? next };
    return [{ column, values: [value], rows, present, confidence: BESIDE, rest, evidence: { beside: true } }];
  });
}

const LEAST_ROWS = 5;

/** Columns in which a negative number is clearly a code, from which it is the table's own, and rows of it elsewhere. */
const [LEAST_USUAL, USUAL, USUAL_ROWS] = [2, 0.72, 3];

/** The code of a table: the only negative number of a column, where it stands for "no value" in two others. */
function usualCodes(context: AuditContext, columns: readonly NumberColumn[], known: readonly SentinelCode[]): readonly SentinelCode[] {
  const clear = known.filter(({ confidence, values }) => confidence >= LIKELY && values.length === 1 && (values[0] ?? 0) < 0);
  const told = new Set(known.map(({ column }) => column.name));
  return columns.flatMap((column): SentinelCode[] => {
    const { values, counts, present } = valueCounts(context, column);
    const [value = 0, next = 0] = values;
    const rows = counts[0] ?? 0;
    const inOthers = clear.filter((code) => code.values[0] === value).length;
    if (told.has(column.name) || value >= 0 || next < 0 || values.length < 3 || rows < USUAL_ROWS || inOthers < LEAST_USUAL) return [];
    const rest = { low: next, high: values.at(-1) ?? next };
    return [{ column, values: [value], rows, present, confidence: USUAL, rest, evidence: { codeInOthers: inOthers } }];
  });
}

/** Answers of a questionnaire: steps from 0 or 1 on without a gap, and behind a gap 7, 8 or 9 for "do not know" and "refused". */
const [MOST_STEPS, MOST_REFUSED] = [6, 0.2];
const REFUSED = new Set([7, 8, 9]);
/** 77, 88, 99, 777 and so on. */
const isOfSurvey = (value: number) => /^([789])\1+$/.test(String(value));

/** 7 and 9 behind a short scale, where 77, 99 and the like are codes in two other columns. */
function surveyCodes(context: AuditContext, columns: readonly NumberColumn[], known: readonly SentinelCode[]): readonly SentinelCode[] {
  const clear = known.filter(({ confidence, values }) => confidence >= LIKELY && values.every(isOfSurvey));
  const told = new Set(known.map(({ column }) => column.name));
  if (new Set(clear.map(({ column }) => column.name)).size < LEAST_USUAL) return [];
  return columns.flatMap((column): SentinelCode[] => {
    const { values, counts, present } = valueCounts(context, column);
    const steps = values.findIndex((value, place) => value !== (values[0] ?? 0) + place);
    const first = values[0] ?? Number.NaN;
    if (told.has(column.name) || (first !== 0 && first !== 1) || steps < 2 || steps > MOST_STEPS) return [];
    const codes = Array.from(values.subarray(steps));
    const rows = counts.subarray(steps).reduce((sum, count) => sum + count, 0);
    if (!codes.every((value) => REFUSED.has(value)) || rows < USUAL_ROWS || rows > MOST_REFUSED * present) return [];
    const rest = { low: first, high: values[steps - 1] ?? first };
    return [{ column, values: codes, rows, present, confidence: USUAL, rest, evidence: { codesInOthers: clear.length } }];
  });
}

/** Codes for "no value" of one column. */
export function codesOf(context: AuditContext, name: string): ReadonlySet<number> {
  return new Set(featureCodes(context).flatMap((code) => (code.column.name === name ? code.values : [])));
}
