import type { Suspicion } from "../../core/finding.ts";
import type { AuditContext } from "../check.ts";
import { type NumberColumn, type ValueCounts, valueCounts } from "../columns/counts.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { amount, counted, percent } from "../findings/phrase.ts";
import { nameWords } from "../meaning/name-words.ts";
import { type PhraseIndex, phraseIndex, phrasesIn } from "../meaning/phrases.ts";
import { semanticType } from "../meaning/semantic-type.ts";

/** One value that a measured series holds far longer than it holds any other. */
export interface StuckRun {
  readonly value: number;
  readonly rows: readonly number[];
}

export interface StuckValues {
  readonly runs: readonly StuckRun[];
  /** Rows of the longest of all other runs. */
  readonly usual: number;
}

/** Rows of a run, how many times as long it is as any that is not of them, and how long those are. */
const [LEAST_RUN, TIMES, MOST_USUAL] = [10, 5, 5];
/** Steps that change the value, of all others; different values; rows in such runs, and runs of a series. */
const [MOVES, LEAST_DISTINCT, MOST_SHARE, MOST_RUNS] = [0.8, 50, 0.2, 3];

/**
 * Series of one measured number in which a value stands still for a stretch, as where a sensor hangs or a gap was filled with the last value. Nothing where numbers come back
 * often, nor at the ends of a scale, where a measure may rest. series: rows of each, in the order of time.
 */
export function stuckValues({ values }: NumberColumn, counts: ValueCounts, series: readonly (readonly number[])[]): StuckValues | null {
  if (counts.values.length < LEAST_DISTINCT) return null;
  const [low, high] = [counts.values[0], counts.values.at(-1)];
  const runs = series.flatMap((rows) => runsOf(values, rows)).sort((a, b) => b.rows.length - a.rows.length);
  const isEnd = ({ value }: StuckRun) => value === low || value === high;
  // The gap in the lengths, within the longest ones.
  const end = runs.findIndex(
    ({ rows }, place) => rows.length >= TIMES * (runs[place + 1]?.rows.length ?? rows.length) && rows.length >= LEAST_RUN,
  );
  const usual = runs[end + 1]?.rows.length ?? 0;
  const long = runs.slice(0, end + 1);
  if (end < 0 || usual > MOST_USUAL || long.length > MOST_RUNS * series.length || long.some(isEnd)) return null;
  const held = long.reduce((sum, { rows }) => sum + rows.length, 0);
  const others = runs.slice(end + 1);
  const steps = others.reduce((sum, { rows }) => sum + rows.length, 0);
  return held > MOST_SHARE * counts.present || others.length < MOVES * steps ? null : { runs: long, usual };
}

function runsOf(values: Float64Array, rows: readonly number[]): StuckRun[] {
  const runs: { value: number; rows: number[] }[] = [];
  for (const row of rows) {
    const value = values[row] ?? Number.NaN;
    const last = runs.at(-1);
    if (last !== undefined && last.value === value) last.rows.push(row);
    else runs.push({ value, rows: [row] });
  }
  return runs.filter(({ value }) => !Number.isNaN(value));
}

/** Series of rows in the order of time; unit: the column that names them, null for one. */
export interface NamedSeries {
  readonly unit: string | null;
  readonly time: string;
  readonly things: readonly { readonly name: string; readonly rows: readonly number[] }[];
}

/** Things that measure, or are measured. */
const DEVICES =
  "device|sensor|probe|meter|logger|machine|instrument|engine|motor|pump|turbine|compressor|valve|boiler|station|geraet|gerat|maschine|pumpe|turbina|maquina|appareil".split(
    "|",
  );
const DEVICE = phraseIndex(DEVICES);
/** What they measure again and again. */
const MEASURED = phraseIndex(
  "temp|temperature|pressure|humidity|moisture|voltage|volts|volt|amperage|amps|vibration|acceleration|rpm|torque|flow|wind|speed|noise|brightness|radiation|irradiance|conductivity|turbidity|salinity|co2|pm10|pm25|no2|ozone|power|heart rate|pulse|signal|rssi|reading|measurement|temperatur|druck|feuchte|luftfeuchtigkeit|spannung|drehzahl|leistung|messwert|temperatura|presion|pressione|pression|humedad|umidita|humidite"
    .split("|")
    .concat(DEVICES),
);
/** Units of counts and shares, which are no measure of a device. */
const UNMEASURED = ["count", "pct", "percent", "prozent"];

/** What fills the column may hang: its name is that of a measure or ends with a unit of one, or its series are devices. An amount of money is agreed, not measured. */
function isMeasured(context: AuditContext, column: NumberColumn, thing: string | null): boolean {
  const { type, unit } = context.roles.meanings[column.name] ?? semanticType(column);
  if (type !== "quantity") return false;
  const said = (name: string, phrases: PhraseIndex) => phrasesIn(nameWords(name), phrases).length > 0;
  const hasUnit = unit !== null && !UNMEASURED.includes(unit);
  return hasUnit || said(column.name, MEASURED) || (thing !== null && said(thing, DEVICE));
}

/** Below LIKELY: a value may stand still in truth. */
const ASKS = 0.6;

/** Each number that hangs for stretches. What it was meanwhile nobody knows, and no step of a recipe knows the place of a row. */
export function stuckNumbers(
  context: AuditContext,
  columns: readonly NumberColumn[],
  { unit, time, things }: NamedSeries,
): readonly Suspicion[] {
  return columns.flatMap((column): Suspicion[] => {
    const counts = valueCounts(context, column);
    const found = stuckValues(
      column,
      counts,
      things.map(({ rows }) => rows),
    );
    const [longest] = found?.runs ?? [];
    if (found === null || longest === undefined) return [];
    const measured = isMeasured(context, column, unit);
    const rows = new Set(found.runs.flatMap((run) => run.rows));
    const share = rows.size / counts.present;
    const of = things.find((thing) => thing.rows.includes(longest.rows[0] ?? -1))?.name ?? "";
    const within = new Set(found.runs.map((run) => things.findIndex((thing) => thing.rows.includes(run.rows[0] ?? -1)))).size;
    const where =
      unit === null
        ? ""
        : ` of ${within === things.length ? "each" : amount(within)} of the ${amount(things.length)} series of \`${unit}\``;
    return [
      {
        trap: "impossible-value",
        columns: [column.name],
        rows: affectedRows(context, (row) => rows.has(row)),
        severity: "costly",
        confidence: ASKS,
        evidence: {
          kind: "stands still",
          measured,
          stretches: found.runs.length,
          share,
          longest: longest.rows.length,
          usualLongest: found.usual,
          examples: found.runs.slice(0, 5).map((run) => ({ value: run.value, rows: run.rows.length })),
        },
        fix: {
          action: "advice",
          text: `Make \`${column.name}\` empty in these rows at its source, if the value only stood still: it was not ${measured ? "measured" : "looked up"} there.`,
        },
        counterfactual: null,
        unmeasured: "What the value was there meanwhile the cells do not say.",
        question: `Is it a mistake where \`${column.name}\` ${measured ? "stands still" : "repeats"} (${exact(longest.value)} in ${counted(longest.rows.length, "row")} in a row)?`,
        choices: ["mistake", "true value"],
        why: `\`${column.name}\` changes from row to row by \`${time}\` (no other value stands for more than ${counted(found.usual, "row")}), but in ${counted(found.runs.length, "stretch", "stretches")}${where} ${measured ? "it stands still" : "the same value repeats"}, the longest ${counted(longest.rows.length, "row")} at ${exact(longest.value)}${unit === null ? "" : ` (${of})`}: ${counted(rows.size, "row")} (${percent(share)}), as where ${measured ? "a sensor hangs or " : ""}a gap was filled with the last value.${measured ? "" : " Or it was held in truth."}`,
      },
    ];
  });
}

/** One value and no amount: all its digits. */
function exact(value: number): string {
  return String(Number(value.toPrecision(12)));
}
