import type { Suspicion } from "../../core/finding.ts";
import { float64From, int32Where } from "../../core/typed-from.ts";
import { quantileOfSorted } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { factsOf, valueAt } from "../columns/column-facts.ts";
import { type NumberColumn, valueCounts } from "../columns/counts.ts";
import { infoOf, numberFeatures } from "../columns/features.ts";
import { NO_ROWS } from "../findings/affected-rows.ts";
import { KNOWN_AT } from "../findings/answers.ts";
import { amount, percent } from "../findings/phrase.ts";
import { meaningOf } from "../meaning/meaning.ts";
import { answerFor, knownQuestion } from "../signal/leak-odds.ts";
import { codesOf, kindsOfRows } from "./kinds-of-rows.ts";
import { timesBeside } from "./times-beside.ts";

/** A column that numbers the rows of each thing by their target: the place of a runner in a race beside the time. */
export interface RankWithin {
  readonly column: string;
  readonly within: string;
  /** Things of several rows with a rank each, rows of them, and the share of neighbours in rank that stand in the order of the target. */
  readonly things: number;
  readonly rows: number;
  readonly share: number;
  readonly rises: boolean;
  /** The rows of each thing stand in that order in the file too: it may have been sorted so, or the numbers count visits. */
  readonly asInFile: boolean;
  /** Share of the steps of the target from rank to rank that are next to none. */
  readonly near: number;
}

/** Things of three rows or more: two are in order as often as not. */
const [LEAST_THINGS, LEAST_ROWS_EACH] = [20, 3];
/** Things whose rows are numbered from 0 or 1 on; a few may lack a row. */
const NUMBERED = 0.9;
const ORDERED = 0.99;
const MOST_COLUMNS = 60;
/** Things that are looked at first, and the first of these. */
const [PROBED, FIRST] = [20, 4];
/** Of the usual step, and the share of steps that are smaller: about one in seven of what was ranked. */
const [NEAR, LEAST_NEAR] = [0.25, 0.06];

/**
 * Of targets of numbers, in the whole table alone: the ranks of a sample have gaps. None where the numbers go with a date or a time in the things as well: what grows from visit to visit is in the
 * order of the visits too.
 */
export function ranksWithin(context: AuditContext): readonly RankWithin[] {
  const { task, frame, target } = context;
  if (task.kind !== "regression" || frame.rowNumbers !== null) return [];
  const numbers = numberFeatures(context)
    .filter(({ name, type }) => type === "number" && infoOf(context, name).integer && infoOf(context, name).distinct >= LEAST_ROWS_EACH)
    .filter(({ name }) => !meaningOf(name).time && answerFor(context, name) !== "before")
    .slice(0, MOST_COLUMNS);
  const found: RankWithin[] = [];
  for (const kind of numbers.length === 0 ? [] : kindsOfRows(context, LEAST_THINGS)) {
    const { distinct } = factsOf(kind, frame.rows);
    const mayRank = numbers.filter((column) => column.name !== kind.name && startsOften(context, column, distinct));
    if (mayRank.length === 0) continue;
    const things = thingsOf(codesOf(kind));
    if (things.length < LEAST_THINGS) continue;
    for (const column of mayRank) {
      if (found.some((one) => one.column === column.name)) continue;
      if ([FIRST, PROBED].some((most) => !areNumbered(column, wholeThings(column, target, things, most)))) continue;
      const rank = rankWithin(context, column, kind.name, wholeThings(column, target, things));
      if (rank !== null) found.push(rank);
    }
  }
  return found;
}

/** But for one more than a tenth of them. */
function areNumbered(column: NumberColumn, things: readonly Int32Array[]): boolean {
  return things.filter((rows) => isNumbering(column, rows)).length >= NUMBERED * things.length - 1;
}

/** Each thing has a first one: as many rows hold 0 or 1, whichever is the lowest number, as there are things, but for a few. */
function startsOften(context: AuditContext, column: NumberColumn, things: number): boolean {
  const { values, counts } = valueCounts(context, column);
  const [first = Number.NaN] = values;
  return (first === 0 || first === 1) && (counts[0] ?? 0) >= NUMBERED * NUMBERED * things;
}

function rankWithin(context: AuditContext, column: NumberColumn, within: string, things: readonly Int32Array[]): RankWithin | null {
  if (things.length < LEAST_THINGS) return null;
  const ranked = things.filter((rows) => isNumbering(column, rows));
  if (ranked.length < NUMBERED * things.length) return null;
  const { target } = context;
  let [steps, up, down] = [0, 0, 0];
  for (const rows of ranked)
    for (let place = 1; place < rows.length; place++) {
      const [before, own] = [target[rows[place - 1] as number] as number, target[rows[place] as number] as number];
      if (before === own) continue;
      steps++;
      if (own > before) up++;
      else down++;
    }
  const most = Math.max(up, down);
  if (steps < ranked.length || most < ORDERED * steps) return null;
  if (timesBeside(context, column.name).some((time) => isInTurn((row) => valueAt(time, row), ranked))) return null;
  const rows = ranked.reduce((sum, { length }) => sum + length, 0);
  const asInFile = isInTurn((row) => row, ranked);
  const near = nearSteps(target, ranked);
  return { column: column.name, within, things: ranked.length, rows, share: most / steps, rises: up > down, asInFile, near };
}

/**
 * Share of the steps of the target from rank to rank that are less than a fourth of the usual one of their thing and place, ties among them. Values that were ranked lie as near each other as chance will have it. What
 * grows by the number itself (a child from visit to visit, a price from tier to tier) with an error that hardly ever turns a step round has hardly more small steps than turned ones: a density that climbs to its middle has few
 * near 0 where it has few below. Of normal errors on a growth that falls in 1 % of the steps it is 4 %.
 */
function nearSteps(target: Float64Array, things: readonly Int32Array[]): number {
  const at = (row: number | undefined) => target[row ?? -1] ?? Number.NaN;
  const scaled = things.map((rows) => {
    const usual = (at(rows.at(-1)) - at(rows[0])) / (rows.length - 1);
    return float64From(rows.subarray(1), (row, place) => (usual === 0 ? 0 : (at(row) - at(rows[place])) / usual));
  });
  const longest = scaled.reduce((most, steps) => Math.max(most, steps.length), 0);
  let [near, all] = [0, 0];
  for (let place = 0; place < longest; place++) {
    const steps = Float64Array.from(scaled.flatMap((own) => own[place] ?? [])).sort();
    const limit = NEAR * quantileOfSorted(steps, 0.5);
    near += steps.filter((step) => step >= 0 && (step < limit || step === 0)).length;
    all += steps.length;
  }
  return near / all;
}

/** Rows of each thing of so many. */
function thingsOf(codes: Int32Array): readonly Int32Array[] {
  const members = new Map<number, number[]>();
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] as number;
    if (code < 0) continue;
    const own = members.get(code);
    if (own === undefined) members.set(code, [row]);
    else own.push(row);
  }
  return [...members.values()].filter(({ length }) => length >= LEAST_ROWS_EACH).map((rows) => Int32Array.from(rows));
}

/**
 * Rows with a number, in its order, of the first so many things that have several. None of a thing of which a row has a label without a number, or a number without a label, which leaves a gap; who has neither (no time, no
 * place) was not numbered.
 */
function wholeThings(
  { values }: NumberColumn,
  target: Float64Array,
  things: readonly Int32Array[],
  most = Number.POSITIVE_INFINITY,
): readonly Int32Array[] {
  const found: Int32Array[] = [];
  for (const rows of things) {
    if (found.length >= most) break;
    if (rows.some((row) => Number.isNaN(values[row]) !== Number.isNaN(target[row]))) continue;
    const known = rows.filter((row) => !Number.isNaN(values[row]));
    if (known.length >= LEAST_ROWS_EACH) found.push(known.sort((a, b) => (values[a] as number) - (values[b] as number)));
  }
  return found;
}

/** From 0 or 1 on without a gap; equal ones where several have one place. */
function isNumbering({ values }: NumberColumn, rows: Int32Array): boolean {
  const first = values[rows[0] as number] as number;
  if (first !== 0 && first !== 1) return false;
  let expected = first;
  for (let place = 0; place < rows.length; place++) {
    const own = values[rows[place] as number] as number;
    const isEqual = place > 0 && own === values[rows[place - 1] as number];
    if (!isEqual && own !== expected && own !== first + place) return false;
    if (!isEqual) expected = own + 1;
  }
  return true;
}

/** Whether what is given of each row rises, or falls, with the ranks of nearly all things. */
function isInTurn(at: (row: number) => number, things: readonly Int32Array[]): boolean {
  let [steps, up] = [0, 0];
  for (const rows of things) {
    const known = int32Where(rows, (row) => !Number.isNaN(at(row)));
    for (let place = 1; place < known.length; place++) {
      const [before, own] = [at(known[place - 1] as number), at(known[place] as number)];
      if (before === own) continue;
      steps++;
      up += Number(own > before);
    }
  }
  return steps > 0 && Math.max(up, steps - up) >= ORDERED * steps;
}

/** Of things whose rows stand in that order in the file it asks, and where hardly a step is small: the numbers may count visits from which something grows. */
const [SURE, ASKS] = [0.95, 0.45];

/** What numbers the rows by the target was written when all targets of the thing were known. */
export function writtenAsRanks(context: AuditContext): readonly Suspicion[] {
  return ranksWithin(context).map(({ column, within, things, rows, share, rises, asInFile, near }) => {
    const drop = [{ op: "drop" as const, columns: [column] }];
    return {
      trap: "post-outcome",
      columns: [column],
      rows: NO_ROWS,
      severity: "blocker",
      confidence: asInFile || near < LEAST_NEAR ? ASKS : SURE,
      evidence: { kind: "rank-within", within, things, rows, share, near },
      fix: { action: "steps", steps: drop },
      counterfactual: { change: "steps", steps: drop, flatters: true },
      question: knownQuestion(column),
      choices: KNOWN_AT,
      why: `\`${column}\` numbers the rows of each of ${amount(things)} \`${within}\` from the first on, and \`${context.roles.target}\` ${rises ? "rises" : "falls"} with it in ${percent(share)} of the steps: it is the place of a row by its target, known when those of all rows of the \`${within}\` are.`,
    };
  });
}
