/**
 * Fits the probability that a finding tells to the strength of its evidence, and judges it on other tables. Written are src/data/harm/confidence-map.ts (the map),
 * bench/results/confidence.json (figures) and docs/confidence.svg (drawing). Read is bench/results/said, which run.ts and natural.ts write with --out.
 *
 *   npx rolldown bench/traps/calibrate.ts --platform node --file node_modules/.calibrate.mjs && node node_modules/.calibrate.mjs
 *
 * Fitted to planted traps (traps.csv) and the first seven lists of natural tables; judged on plants in tables of other seeds (`run.ts --shift ... --out traps-unseen`) and on the other eight lists.
 * Planted and natural tables weigh the same in the fit. Of natural tables only findings above cosmetic count: lists name few of the others. The first seven lists name few of the traps, so
 * of what is outside them only those count that were drawn at random and judged by looking at the table (draw.ts, judged.json); each of these speaks for as many as there are outside for one judged. What could
 * not be judged counts as not real. Files without names of traps were made of the bins that earlier runs recorded: their strengths are the mean of the bin.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { platt, plattAt } from "../../src/stats/index.ts";
import { SPARSE_LISTS } from "./naturals.ts";
import { reliabilityPicture } from "./pictures/reliability.ts";
import { readSaid, type Said } from "./said.ts";
import { BINS, byConfidence, realOf } from "./summary.ts";

/** Plants in tables that nothing was fitted to. */
const UNSEEN = "traps-unseen";
const LATER_LISTS = ["-eighth", "-ninth", "-tenth", "-eleventh", "-twelfth", "-thirteenth", "-fourteenth", "-fifteenth"];
/** A strength of 0 or 1 has no log odds. */
const CLEAREST = 0.98;

interface Weighted extends Said {
  readonly weight: number;
}

const natural = (lists: readonly string[]) =>
  lists.flatMap((list) => readSaid(`traps-natural${list}`)).filter(({ severity }) => severity !== "cosmetic");
const alone = (said: readonly Said[]): Weighted[] => said.map((one) => ({ ...one, weight: 1 }));
const fitted = [...alone(readSaid("traps")), ...withoutOpen(natural(SPARSE_LISTS))];
const judged = alone([...readSaid(UNSEEN), ...natural(LATER_LISTS)]);

const curve = platt(
  fitted.map(({ real }) => Number(real)),
  fitted.map(logOdds),
  weights(fitted),
);
const [intercept, slope] = [curve.intercept, curve.slope].map((value) => Number(value.toFixed(3))) as [number, number];
if (slope < 0) throw new Error("stronger evidence would be less probable: look at what was recorded");
const byMap = (one: Said) => plattAt({ intercept, slope }, logOdds(one));
const asItStands = ({ strength }: Said) => strength;

/** Of what state the findings are, and which seeds they are judged on: the map is not fitted anew with each record. */
const unseen = JSON.parse(readFileSync(`bench/results/${UNSEEN}.json`, "utf8")) as { commit: string; options: { shift: number } };

writeFileSync("src/data/harm/confidence-map.ts", moduleText());
writeFileSync(
  "bench/results/confidence.json",
  `${JSON.stringify({ ofCommit: unseen.commit, shift: unseen.options.shift, intercept, slope, fitted: figures(fitted), judged: figures(judged) }, null, 1)}\n`,
);
writeFileSync("docs/confidence.svg", reliabilityPicture(binsOf(judged, asItStands), binsOf(judged, byMap)).svg);

function logOdds({ strength }: Said): number {
  const inside = Math.min(CLEAREST, Math.max(1 - CLEAREST, strength));
  return Math.log(inside / (1 - inside));
}

function isPlanted({ ground }: Said): boolean {
  return ground !== "natural";
}

/** What nobody looked at is left out, and those drawn and judged stand for it. */
function withoutOpen(said: readonly Said[]): Weighted[] {
  const open = said.filter(({ how }) => how === "open").length;
  const looked = said.filter(({ how }) => how === "judged" || how === "undecided").length;
  const listed = said.filter(({ how }) => how === "listed").length;
  if (looked === 0 || open + looked + listed < said.length)
    throw new Error("the sparse lists are to be recorded with what was judged (natural.ts --out)");
  return said.flatMap((one) => (one.how === "open" ? [] : [{ ...one, weight: one.how === "listed" ? 1 : (open + looked) / looked }]));
}

/** Half of all weight on planted tables, half on natural ones. */
function weights(said: readonly Weighted[]): number[] {
  const sumOf = (own: readonly Weighted[]) => own.reduce((sum, { weight }) => sum + weight, 0);
  const planted = sumOf(said.filter(isPlanted));
  const all = sumOf(said);
  return said.map((one) => (one.weight * said.length) / (2 * (isPlanted(one) ? planted : all - planted)));
}

function binsOf(said: readonly Weighted[], told: (one: Said) => number) {
  return byConfidence(said.map((one) => ({ ...one, confidence: told(one), columns: [] })));
}

/** Of the bins of the tables: planted and natural findings weigh the same, as in the fit. */
function errors(said: readonly Weighted[], told: (one: Said) => number) {
  const all = weights(said);
  const total = all.reduce((sum, weight) => sum + weight, 0);
  const meanOver = (value: (one: Said) => number) => said.reduce((sum, one, i) => sum + (all[i] ?? 0) * value(one), 0) / total;
  const gap = (one: Said) => told(one) - Number(one.real);
  const apart = BINS.map((from, i) => {
    const isInside = (one: Said) => told(one) >= from && told(one) < (BINS[i + 1] ?? 1.01);
    return Math.abs(meanOver((one) => (isInside(one) ? gap(one) : 0)));
  });
  const short = (value: number) => Number(value.toFixed(3));
  return {
    mean: short(meanOver(told)),
    calibrationError: short(apart.reduce((sum, one) => sum + one, 0)),
    brier: short(meanOver((one) => gap(one) ** 2)),
  };
}

/** Before: the strength told as if it were the probability. After: by the map. */
function figures(said: readonly Weighted[]) {
  const of = (own: readonly Weighted[]) => ({
    findings: own.length,
    real: realOf(own),
    before: errors(own, asItStands),
    after: errors(own, byMap),
  });
  return {
    all: of(said),
    planted: of(said.filter(isPlanted)),
    natural: of(said.filter((one) => !isPlanted(one))),
    acts: of(said.filter(({ stance }) => stance === "acts")),
    asks: of(said.filter(({ stance }) => stance === "asks")),
    binsBefore: binsOf(said, asItStands),
    bins: binsOf(said, byMap),
  };
}

function moduleText(): string {
  const planted = fitted.filter(isPlanted).length;
  return `// Written by bench/traps/calibrate.ts; not to be edited by hand.
// Fitted to ${fitted.length} findings: ${planted} in planted tables and ${fitted.length - planted} in the first seven lists of natural ones, each half of the weight.

/** log odds of being real = intercept + slope x log odds of the strength. */
export const CONFIDENCE_MAP = { intercept: ${intercept}, slope: ${slope} } as const;
`;
}
