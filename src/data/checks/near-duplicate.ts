import type { Suspicion } from "../../core/finding.ts";
import { createRandom } from "../../core/random.ts";
import { int32From, placesUpTo } from "../../core/typed-from.ts";
import type { AuditContext, Check } from "../check.ts";
import { valueAt } from "../columns/column-facts.ts";
import { CHANCE, type ClosePoints, closePoints, KEPT, LEAST_COLUMNS, LEAST_FOUND, LEAST_ROWS } from "../copies/close-points.ts";
import { cloudOf, continuousFeatures, MEASURED, type PlacedCloud } from "../copies/continuous-cloud.ts";
import { hidingKeys } from "../copies/hiding-keys.ts";
import { jitteredRows } from "../copies/jittered-rows.ts";
import { GAPS, loneNeighbours } from "../copies/lone-neighbours.ts";
import { nearInOne } from "../copies/near-in-one.ts";
import { type NearTexts, nearTexts, pairsOfSets } from "../copies/near-texts.ts";
import { euclidean, type Nearest, nearestPoints } from "../copies/nearest-points.ts";
import { areOfOneThing } from "../copies/of-one-thing.ts";
import { isKeyByName, LEAST_RANKED, nearInOthers, rankSpace } from "../copies/rank-space.ts";
import { sameAnswers } from "../copies/same-answers.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { amount, counted, namedColumns, percent, quotedApart } from "../findings/phrase.ts";

/** Share of rows from which a score that is perfect on them is off in its second digit. */
const LIE = 0.1;
const HARMLESS = 0.01;

/** Rows that are the same but for a little noise: a random split puts them on both sides. */
export const nearDuplicate: Check = {
  trap: "near-duplicate",
  title: "Rows are almost copies of others",
  apart: 5,
  async inspect(context) {
    const rows = (await inSpace(context)) ?? (await inRanks(context)) ?? (await inOneColumn(context)) ?? byDigits(context) ?? [];
    return [...rows, ...inTexts(context)];
  },
};

/** null where too few columns are measured, or nothing stands out. */
async function inSpace(context: AuditContext): Promise<Suspicion[] | null> {
  const keys = hidingKeys(context);
  const columns = continuousFeatures(context, MEASURED).filter(({ name }) => !keys.includes(name));
  if (columns.length < LEAST_COLUMNS) return null;
  const cloud = cloudOf(columns, placesUpTo(context.frame.rows));
  if (cloud.rows < LEAST_ROWS) return null;
  const nearest = await nearestPoints(euclidean(cloud), KEPT, createRandom(context.seed, "near duplicates"), context.pause);
  const found = closePoints(nearest, cloud.width, placesUpTo(cloud.rows));
  const least = Math.max(LEAST_FOUND, 0.001 * cloud.rows);
  if (found.close.size < least) return null;
  const place = (point: number) => cloud.places[point] ?? 0;
  const isNear = nearInOthers(context, names(cloud));
  const close = new Set([...found.close].filter((point) => isNear(place(point), place(nearest.rows[point * KEPT] ?? 0))));
  // Of strangers a quarter would be near there.
  return close.size < Math.max(least, found.close.size / 2) ? null : [suspicion(context, cloud, nearest, { ...found, close })];
}

/** Columns of any kind, none of which has to be measured finely. */
async function inRanks(context: AuditContext): Promise<Suspicion[] | null> {
  if (context.frame.rows < LEAST_ROWS) return null;
  const space = rankSpace(context, LEAST_RANKED);
  if (space === null || space.rows < LEAST_ROWS) return null;
  const nearest = await nearestPoints(space, GAPS + 1, createRandom(context.seed, "near in ranks"), context.pause);
  const found = loneNeighbours(nearest, placesUpTo(space.rows), true);
  if (found === null) return null;
  const { points, expected, p } = found;
  if (areOfOneThing(context, space, nearest, points)) return null;
  const places = int32From(points, (point) => space.places[point] ?? 0);
  const hit = new Set(places);
  const share = points.length / context.frame.rows;
  const what = `${amount(points.length)} rows (${percent(share)})`;
  return [
    {
      trap: "near-duplicate",
      columns: space.columns,
      rows: affectedRows(context, (row) => hit.has(row)),
      severity: share >= LIE ? "blocker" : share >= HARMLESS ? "harmful" : "cosmetic",
      confidence: Math.min(0.9, 1 - expected / points.length),
      evidence: { closeRows: points.length, expectedRows: expected, p, share, columns: space.columns.length },
      ...ASKED,
      counterfactual: { change: "judged-rows", without: [...places].sort((a, b) => a - b), flatters: true },
      why: `${what} have one other row each that is far nearer to them than any third one, over ${namedColumns(space.columns)}; among their further neighbours such gaps stand out for at most ${amount(expected)}: almost copies, which a random split puts on both sides.`,
    },
  ];
}

async function inOneColumn(context: AuditContext): Promise<Suspicion[] | null> {
  const found = await nearInOne(context);
  if (found === null || found.rows.size < LEAST_FOUND) return null;
  const { column, others, rows, pairs, expected, p } = found;
  const share = (pairs - expected) / context.frame.rows;
  return [
    {
      trap: "near-duplicate",
      columns: [column],
      rows: affectedRows(context, (row) => rows.has(row)),
      severity: share >= LIE / 2 ? "blocker" : share >= HARMLESS / 2 ? "harmful" : "cosmetic",
      // Of the pairs, those that chance does not explain; one column that differs is weak evidence of a copy, so it asks.
      confidence: Math.min(ASKS, 1 - expected / pairs),
      evidence: { pairs, expectedPairs: expected, p, share, along: column, agreeIn: [...others] },
      ...ASKED,
      why: `${counted(pairs, "pair")} of rows that follow each other along \`${column}\` agree in all other columns, where pairs a little farther apart let expect ${amount(Number(expected.toPrecision(2)))}: almost copies, which a random split puts on both sides.`,
    },
  ];
}

function byDigits(context: AuditContext): Suspicion[] | null {
  const found = jitteredRows(context);
  if (found === null) return null;
  const { columns, rows, finer, expected, p } = found;
  const share = rows.size / context.frame.rows;
  return [
    {
      trap: "near-duplicate",
      columns,
      rows: affectedRows(context, (row) => rows.has(row)),
      severity: share >= LIE / 2 ? "blocker" : share >= HARMLESS / 2 ? "harmful" : "cosmetic",
      confidence: Math.min(0.9, 1 - expected / rows.size),
      evidence: { copies: rows.size, finerRows: finer, expectedCopies: expected, p, share },
      ...ASKED,
      why: `${counted(rows.size, "row")} (${percent(share)}) ${rows.size === 1 ? "has" : "have"} more decimals in ${namedColumns(columns)} than the others, and ${rows.size === 1 ? "equals" : "equal"} one of those in all columns once rounded as they are; ${amount(Number(expected.toPrecision(2)))} would by chance: copies with noise, which a random split puts on both sides.`,
    },
  ];
}

/** More of the pairs of one set have one class than of any two rows. What a text says may be why, so that only the price shows a lie. */
const [SURE_P, LIKE, UNLIKE] = [0.001, 0.75, 0.5];
/** Sentences of so many rows each are a program's, and come again in new rows. */
const OF_PROGRAMS = 10;
/** Nearly all pairs are of one thing: what group-leak is about. */
const MOSTLY_ONE = 0.9;

function inTexts(context: AuditContext): Suspicion[] {
  const found = nearTexts(context);
  if (found === null || found.rows.size < LEAST_FOUND || areOfOneKey(context, found)) return [];
  const { column, rows, sets, texts, example } = found;
  const share = rows.size / context.frame.rows;
  const { pairs, equal, expected, p } = sameAnswers(context, found);
  const isLike = p < SURE_P && rows.size < OF_PROGRAMS * sets;
  const answers =
    pairs === 0 ? "" : ` ${percent(equal / pairs)} of such pairs have the same answer, ${percent(expected)} of any two rows would.`;
  return [
    {
      trap: "near-duplicate",
      columns: [column],
      rows: affectedRows(context, (row) => rows.has(row)),
      severity: isLike && share >= HARMLESS ? "costly" : "cosmetic",
      confidence: isLike ? LIKE : UNLIKE,
      evidence: { nearTexts: texts, sets, share, pairs, sameAnswer: pairs === 0 ? null : equal / pairs, sameByChance: expected, p },
      ...ASKED,
      counterfactual: { change: "judged-rows", without: [...rows].sort((a, b) => a - b), flatters: true },
      why: `${counted(rows.size, "row")} (${percent(share)}) ${rows.size === 1 ? "holds" : "hold"} in \`${column}\` the text of another row, but for numbers and a few words, in ${counted(sets, "set")} of ${counted(texts, "text")} (${quotedApart(example.map(begin)).join(" and ")}): a random split puts them on both sides.${answers}`,
    },
  ];
}

function areOfOneKey({ frame, roles }: AuditContext, found: NearTexts): boolean {
  const pairs = pairsOfSets(found);
  const keys = frame.columns.filter((column) => column.name !== found.column && (column.name === roles.group || isKeyByName(column)));
  return keys.some((key) => pairs.filter(([a, b]) => valueAt(key, a) === valueAt(key, b)).length >= MOSTLY_ONE * pairs.length);
}

const SHOWN_LETTERS = 60;

function begin(text: string): string {
  return text.length <= SHOWN_LETTERS ? text : `${text.slice(0, SHOWN_LETTERS)}...`;
}

const names = (cloud: PlacedCloud) => cloud.columns.map(({ name }) => name);

/** Below LIKELY. */
const ASKS = 0.45;

const ASKED: Pick<Suspicion, "fix" | "counterfactual" | "question" | "choices"> = {
  fix: {
    action: "advice",
    text: "Keep one of each set of near copies, or, if they are one thing measured again, name the thing in a column and judge with --group.",
  },
  counterfactual: null,
  question: "Are the rows that are almost equal copies, made from one another, or things of their own?",
  choices: ["copies", "own"],
};

function suspicion(context: AuditContext, cloud: PlacedCloud, nearest: Nearest, { close, dimension, typical }: ClosePoints): Suspicion {
  const columns = names(cloud);
  const hit = new Set(Array.from(close, (point) => cloud.places[point] ?? -1));
  const share = close.size / cloud.rows;
  const distances = Array.from(close, (point) => nearest.apart[point * nearest.kept] ?? 0).sort((a, b) => a - b);
  const middle = distances[distances.length >> 1] ?? 0;
  return {
    trap: "near-duplicate",
    columns,
    rows: affectedRows(context, (row) => hit.has(row)),
    severity: share >= LIE ? "blocker" : share >= HARMLESS ? "harmful" : "cosmetic",
    // Rows expected by chance among those found, and at least as much doubt as one entity measured twice deserves.
    confidence: Math.min(0.9, 1 - middle / typical) * (1 - CHANCE / close.size),
    evidence: { closeRows: close.size, share, medianDistance: middle, typicalDistance: typical, dimension, columns: columns.length },
    ...ASKED,
    why: `${amount(close.size)} rows (${percent(share)}) have another row about ${percent(middle / typical)} as far away as rows usually are, over ${namedColumns(columns)}: almost copies, which a random split puts on both sides.`,
  };
}
