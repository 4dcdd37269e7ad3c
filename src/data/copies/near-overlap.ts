import { createRandom } from "../../core/random.ts";
import { int32From, int32Where, placesUpTo } from "../../core/typed-from.ts";
import type { AuditContext } from "../check.ts";
import type { NumberColumn } from "../columns/counts.ts";
import { numberFeatures } from "../columns/features.ts";
import { amount, counted, namedColumns, percent } from "../findings/phrase.ts";
import { CHANCE, closePoints, KEPT, LEAST_COLUMNS, LEAST_FOUND, LEAST_ROWS } from "./close-points.ts";
import { cloudOf, continuousFeatures, MEASURED } from "./continuous-cloud.ts";
import { jitteredRows } from "./jittered-rows.ts";
import { GAPS, loneNeighbours } from "./lone-neighbours.ts";
import { nearInOne } from "./near-in-one.ts";
import { euclidean, nearestPoints } from "./nearest-points.ts";
import { areOfOneThing } from "./of-one-thing.ts";
import { LEAST_RANKED, rankSpace } from "./rank-space.ts";

/** Test rows that are almost training rows. */
export interface NearOverlap {
  readonly columns: readonly string[];
  readonly rows: ReadonlySet<number>;
  readonly confidence: number;
  readonly evidence: Readonly<Record<string, number | string | readonly string[]>>;
  /** What is told of them after "N of M test rows": without a full stop. */
  readonly says: string;
}

/** Below LIKELY: one column that differs is weak evidence of a copy. */
const ASKS = 0.45;
const MOST_SURE = 0.9;

type IsRow = (row: number) => boolean;

/** The search of `near-duplicate`, of the test rows among the training rows. isTest: of each row of the frame; isEqual: test rows that are told already. null: nothing beyond chance. */
export async function nearOverlap(context: AuditContext, isTest: Uint8Array, isEqual: IsRow): Promise<NearOverlap | null> {
  return (
    (await inSpace(context, isTest)) ??
    (await inRanks(context, isTest, isEqual)) ??
    (await inOneColumn(context, isTest)) ??
    byDigits(context, isTest)
  );
}

/**
 * Neighbours are training rows only, so that what stands out is near to them. What is usual is told by the training rows: of a test set that is all copies no row is.
 */
async function inSpace(context: AuditContext, isTest: Uint8Array): Promise<NearOverlap | null> {
  const columns = measuredColumns(context);
  if (columns.length < LEAST_COLUMNS) return null;
  const cloud = cloudOf(columns, placesUpTo(isTest.length));
  const isTested = (point: number) => isTest[cloud.places[point] ?? 0] === 1;
  const points = placesUpTo(cloud.rows);
  const [tested, trained] = [int32Where(points, isTested), int32Where(points, (point) => !isTested(point))];
  if (trained.length < LEAST_ROWS) return null;
  const random = createRandom(context.seed, "near overlap");
  const nearest = await nearestPoints(euclidean(cloud), KEPT, random, context.pause, (point) => !isTested(point));
  const { close, dimension, typical } = closePoints(nearest, cloud.width, tested, trained);
  if (close.size < Math.max(LEAST_FOUND, 0.001 * tested.length)) return null;
  const distances = Float64Array.from(close, (point) => nearest.apart[point * KEPT] ?? 0).sort();
  const middle = distances[distances.length >> 1] ?? 0;
  const names = columns.map(({ name }) => name);
  return {
    columns: names,
    rows: new Set(Array.from(close, (point) => cloud.places[point] ?? -1)),
    confidence: Math.min(MOST_SURE, 1 - middle / typical) * (1 - CHANCE / close.size),
    evidence: { medianDistance: middle, typicalDistance: typical, dimension, columns: names.length },
    says: `have a training row about ${percent(middle / typical)} as far away as training rows are from each other, over ${namedColumns(names)}`,
  };
}

/** Of the training rows: a test set of copies would halve the share of different values. */
function measuredColumns(context: AuditContext): readonly NumberColumn[] {
  const features = numberFeatures(context);
  return continuousFeatures(context.training ?? context, MEASURED).flatMap(
    ({ name }) => features.find((column) => column.name === name) ?? [],
  );
}

/** Columns of any kind, none of which has to be measured finely. */
async function inRanks(context: AuditContext, isTest: Uint8Array, isEqual: IsRow): Promise<NearOverlap | null> {
  const space = rankSpace(context, LEAST_RANKED);
  if (space === null) return null;
  const isTested = (point: number) => isTest[space.places[point] ?? 0] === 1;
  const points = placesUpTo(space.rows);
  if (int32Where(points, (point) => !isTested(point)).length < LEAST_ROWS) return null;
  const asked = int32Where(points, (point) => isTested(point) && !isEqual(space.places[point] ?? 0));
  const random = createRandom(context.seed, "near overlap in ranks");
  const nearest = await nearestPoints(space, GAPS + 1, random, context.pause, (point) => !isTested(point));
  const found = loneNeighbours(nearest, asked, false);
  if (found === null || areOfOneThing(context, space, nearest, found.points)) return null;
  const { expected, p } = found;
  return {
    columns: space.columns,
    rows: new Set(int32From(found.points, (point) => space.places[point] ?? 0)),
    confidence: Math.min(MOST_SURE, 1 - expected / found.points.length),
    evidence: { expectedRows: expected, p, columns: space.columns.length },
    says: `have one training row each that is far nearer to them than any other one, over ${namedColumns(space.columns)}; among their further neighbours such gaps stand out for at most ${amount(expected)}`,
  };
}

async function inOneColumn(context: AuditContext, isTest: Uint8Array): Promise<NearOverlap | null> {
  const found = await nearInOne(context, isTest);
  if (found === null || found.rows.size < LEAST_FOUND) return null;
  const { column, others, rows, pairs, expected, p } = found;
  return {
    columns: [column],
    rows,
    confidence: Math.min(ASKS, 1 - expected / pairs),
    evidence: { pairs, expectedPairs: expected, p, along: column, agreeIn: [...others] },
    says: `stand next to a training row along \`${column}\` and agree with it in all other columns, ${counted(pairs, "pair")} where those a little farther apart let expect ${amount(Number(expected.toPrecision(2)))}`,
  };
}

function byDigits(context: AuditContext, isTest: Uint8Array): NearOverlap | null {
  const found = jitteredRows(context, isTest);
  if (found === null) return null;
  const { columns, rows, finer, expected, p } = found;
  return {
    columns,
    rows,
    confidence: Math.min(MOST_SURE, 1 - expected / rows.size),
    evidence: { finerRows: finer, expectedCopies: expected, p },
    says: `have more decimals in ${namedColumns(columns)} than the training rows, and equal one of those in all columns once rounded as they are; ${amount(Number(expected.toPrecision(2)))} would by chance`,
  };
}
