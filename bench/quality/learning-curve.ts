// How well the extrapolation of learning curves forecasts, on LCDB 1.1 (CC BY 4.0; Yan, Mohr, Viering 2025, arXiv 2505.15657).
// npx rolldown bench/quality/learning-curve.ts --platform node --file /tmp/bench.mjs && node /tmp/bench.mjs FOLDER_OF_ER_CSV
// Writes bench/results/learning-curve.json. With --fixture as second argument it writes test/fixtures/learning-curves/curves.json instead.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { createRandom, type Random } from "../../src/core/random.ts";
import {
  type ErrorPoint,
  type FoldErrors,
  fitCurve,
  forecastGain,
  spreadOfGain,
  verdictOf,
  WIDENING,
  WORTHWHILE_SHARE,
} from "../../src/scale/index.ts";

const LEARNERS = ["GradientBoosting", "CatBoost", "RandomForest", "LogisticRegression", "TabPFNv2", "DecisionTree", "KNN", "MLP"] as const;
/** Learners of the kinds that are offered: only these decided the widening. */
const OURS = new Set<string>(["GradientBoosting", "CatBoost", "RandomForest", "LogisticRegression"]);
const SEED = 20261123;

interface Point extends ErrorPoint {
  /** Standard error of the mean over 25 splits. */
  readonly se: number;
}
interface Curve {
  readonly id: number;
  readonly points: readonly Point[];
}

const [folder = ".", mode = ""] = process.argv.slice(2);

function curvesOf(learner: string): Curve[] {
  const byId = new Map<number, Point[]>();
  for (const line of readFileSync(join(folder, `er_${learner}.csv`), "utf8")
    .trim()
    .split("\n")
    .slice(1)) {
    const [id = 0, rows = 0, error = Number.NaN, se = 0] = line.split(",").map(Number);
    if (Number.isFinite(error)) byId.set(id, [...(byId.get(id) ?? []), { rows, error, se }]);
  }
  return [...byId]
    .map(([id, points]) => ({ id, points: points.sort((a, b) => a.rows - b.rows) }))
    .filter(({ points }) => (points.at(-1)?.rows ?? 0) >= 256);
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const quantile = (values: readonly number[], q: number) => [...values].sort((a, b) => a - b)[Math.floor(q * values.length)] ?? Number.NaN;
const round = (value: number, digits = 4) => Number(value.toFixed(digits));
const share = (flags: readonly boolean[]) => round(flags.filter(Boolean).length / flags.length, 3);

/** Points up to 1/k of the largest, which is the truth; null with fewer than 8 of them. */
function asked({ points }: Curve, k: number): { readonly known: readonly Point[]; readonly truth: Point } | null {
  const truth = points.at(-1);
  const known = points.filter(({ rows }) => truth !== undefined && rows <= truth.rows / k + 1e-9);
  return truth === undefined || known.length < 8 ? null : { known, truth };
}

/** The protocol of the reference table: all anchors up to N / k. */
function dense(curves: readonly Curve[], k: number) {
  const rows = curves.flatMap((curve) => {
    const question = asked(curve, k);
    const today = question?.known.at(-1);
    if (question === null || today === undefined) return [];
    const { known, truth } = question;
    const fit = fitCurve(known);
    const gain = fit.gain(today.rows, truth.rows).value;
    const falls = truth.error <= (1 - WORTHWHILE_SHARE) * today.error;
    return [
      {
        last: Math.abs(today.error - truth.error),
        level: Math.abs(fit.at(truth.rows).value - truth.error),
        anchored: Math.abs(today.error - gain - truth.error),
        right: gain >= WORTHWHILE_SHARE * today.error === falls,
        falls,
      },
    ];
  });
  const majority = share(rows.map(({ falls }) => falls));
  return {
    curves: rows.length,
    maeLastValue: round(mean(rows.map(({ last }) => last))),
    maeFittedLevel: round(mean(rows.map(({ level }) => level))),
    mae: round(mean(rows.map(({ anchored }) => anchored))),
    median: round(
      quantile(
        rows.map(({ anchored }) => anchored),
        0.5,
      ),
    ),
    p90: round(
      quantile(
        rows.map(({ anchored }) => anchored),
        0.9,
      ),
    ),
    verdictRight: share(rows.map(({ right }) => right)),
    verdictMajority: Math.max(majority, round(1 - majority, 3)),
  };
}

interface Forecast {
  readonly id: number;
  readonly error: number;
  readonly last: number;
  readonly spread: number;
  readonly in80: boolean;
  readonly in95: boolean;
  readonly verdict: string;
  readonly falls: boolean;
}

/**
 * How noisy the anchors are. mean: that many times the standard error of 25 splits is added to each. folds: five folds, each with that many times the
 * noise of one split, half of its variance shared by all sizes because a fold judges the same rows at each.
 */
type Noise = { readonly mean: number } | { readonly folds: number };

const FOLDS = 5;
const SPLITS = 25;

function withNoise(
  points: readonly Point[],
  noise: Noise,
  random: Random,
): { readonly used: readonly ErrorPoint[]; readonly folds: FoldErrors | null } {
  if ("mean" in noise) {
    const used = points.map(({ rows, error, se }) => ({
      rows,
      error: Math.max(0, error + (noise.mean > 0 ? noise.mean * se * random.normal() : 0)),
    }));
    return { used, folds: null };
  }
  const errors = Array.from({ length: FOLDS }, () => {
    const shared = random.normal();
    return points.map(({ error, se }) => error + noise.folds * Math.sqrt(SPLITS / 2) * se * (shared + random.normal()));
  });
  const used = points.map(({ rows }, i) => ({ rows, error: Math.max(0, mean(errors.map((fold) => fold[i] ?? 0))) }));
  return { used, folds: { rows: points.map(({ rows }) => rows), errors, testTrainRatio: 1 / (FOLDS - 1) } };
}

/** As a user has it: at most 8 half-octave anchors. */
function asUsed(curves: readonly Curve[], k: number, noise: Noise): Forecast[] {
  const random = createRandom(SEED, k, JSON.stringify(noise));
  return curves.flatMap((curve) => {
    const question = asked(curve, k);
    const exact = question?.known.at(-1);
    if (question === null || exact === undefined) return [];
    const last = question.known.length - 1;
    const anchors = question.known.filter((_, i) => (last - i) % 4 === 0).slice(-8);
    if (anchors.length < 5) return [];
    const { used, folds } = withNoise(anchors, noise, random);
    const factor = question.truth.rows / exact.rows;
    const forecast = forecastGain(used, factor, folds);
    const fall = exact.error - question.truth.error;
    const error = Math.abs(forecast.gain.value - fall);
    return [
      {
        id: curve.id,
        error,
        last: Math.abs(fall),
        spread: spreadOfGain(used, factor),
        in80: fall >= forecast.gain.low && fall <= forecast.gain.high,
        in95: error <= forecast.wide,
        verdict: verdictOf(forecast, used.at(-1)?.error ?? 0),
        falls: fall >= WORTHWHILE_SHARE * exact.error,
      },
    ];
  });
}

function summary(rows: readonly Forecast[]) {
  const helps = rows.filter(({ verdict }) => verdict === "more-data-helps");
  const not = rows.filter(({ verdict }) => verdict === "more-data-does-not-help");
  return {
    curves: rows.length,
    maeNoChange: round(mean(rows.map(({ last }) => last))),
    mae: round(mean(rows.map(({ error }) => error))),
    coverage80: share(rows.map(({ in80 }) => in80)),
    coverage95: share(rows.map(({ in95 }) => in95)),
    medianWidth80: round(
      2 *
        WIDENING[0.8] *
        quantile(
          rows.map(({ spread }) => spread),
          0.5,
        ),
    ),
    saysHelps: helps.length,
    rightWhenHelps: helps.length === 0 ? null : share(helps.map(({ falls }) => falls)),
    saysDoesNotHelp: not.length,
    rightWhenDoesNotHelp: not.length === 0 ? null : share(not.map(({ falls }) => !falls)),
    saysUnknown: rows.length - helps.length - not.length,
  };
}

/** The factor that half of the data sets would choose for a coverage, and what it covers on the other half. */
function crossFitted(rows: readonly Forecast[], level: number) {
  const ids = [...new Set(rows.map(({ id }) => id))];
  const half = new Map(
    createRandom(SEED, "halves")
      .shuffle(ids)
      .map((id, i) => [id, i % 2]),
  );
  // A faultless curve has no spread: any factor covers it when its forecast is right, none when it is wrong.
  const ratioOf = ({ error, spread }: Forecast) => (spread > 0 ? error / spread : error > 0 ? Number.POSITIVE_INFINITY : 0);
  const ratios = (side: number) => rows.filter(({ id }) => half.get(id) === side).map(ratioOf);
  return [0, 1].map((side) => {
    const factor = quantile(ratios(side), level);
    return { factor: round(factor, 2), coverageOnTheOtherHalf: share(ratios(1 - side).map((ratio) => ratio <= factor)) };
  });
}

function writeFixture(): void {
  const curves = ["CatBoost", "RandomForest", "LogisticRegression"].flatMap((learner, which) => {
    const usable = curvesOf(learner).filter((curve) => asked(curve, 4) !== null);
    const places = Array.from({ length: 10 }, (_, i) => Math.floor(((i + which / 3) * usable.length) / 10));
    return places.flatMap((place) => {
      const curve = usable[place];
      return curve === undefined
        ? []
        : [{ learner, openmlId: curve.id, rows: curve.points.map(({ rows }) => rows), error: curve.points.map(({ error }) => error) }];
    });
  });
  mkdirSync("test/fixtures/learning-curves", { recursive: true });
  writeFileSync("test/fixtures/learning-curves/curves.json", `[\n${curves.map((curve) => JSON.stringify(curve)).join(",\n")}\n]\n`);
}

function writeResults(): void {
  const all = LEARNERS.map((learner) => ({ learner, curves: curvesOf(learner) }));
  const reference = all.flatMap(({ learner, curves }) => [2, 4, 8].map((k) => ({ learner, k, ...dense(curves, k) })));
  const noises: readonly Noise[] = [{ mean: 0 }, { mean: Math.sqrt(SPLITS / FOLDS) }, { folds: 1 }, { folds: 2 }];
  const protocols = [2, 4].flatMap((k) => noises.map((noise) => ({ k, noise })));
  const used = protocols.flatMap(({ k, noise }) =>
    all.map(({ learner, curves }) => ({ learner, k, noise, rows: asUsed(curves, k, noise) })),
  );
  const pooled = protocols.map(({ k, noise }) => {
    const rows = used.filter((one) => one.k === k && one.noise === noise && OURS.has(one.learner)).flatMap((one) => one.rows);
    return { k, noise, ...summary(rows), crossFitted80: crossFitted(rows, 0.8), crossFitted95: crossFitted(rows, 0.95) };
  });
  const result = {
    what: "Error rate at N forecast from anchors up to N / k; LCDB 1.1, mean of 25 splits. noise: see the type Noise in bench/quality/learning-curve.ts.",
    seed: SEED,
    machine: cpus()[0]?.model.trim() ?? "",
    node: process.version,
    referenceProtocol: reference,
    asUsed: used.map(({ rows, ...key }) => ({ ...key, ...summary(rows) })),
    asUsedOurLearners: pooled,
  };
  mkdirSync("bench/results", { recursive: true });
  writeFileSync("bench/results/learning-curve.json", `${JSON.stringify(result, null, 1)}\n`);
  console.table(reference);
  console.table(result.asUsed.map(({ noise, ...row }) => ({ noise: JSON.stringify(noise), ...row })));
  console.log(JSON.stringify(pooled, null, 1));
}

if (mode === "--fixture") writeFixture();
else writeResults();
