import { describe, expect, test } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import { blockStarts } from "../../src/lab/block-cuts.ts";
import { compareOutcomes, estimateOf, groundOf, resampleFolds } from "../../src/lab/index.ts";
import { judgedFolds } from "../../src/lab/judged-folds.ts";
import { metricNamed } from "../../src/metrics/index.ts";
import { correctedT } from "../../src/stats/index.ts";
import { autoregressive, DAYS, LEVELS, outcomesOf, twoModels } from "./periods.ts";
import { BINARY, experiment, labWith, POLICIES } from "./tables.ts";

describe("folds of judged rows", () => {
  test.each(["time", "blocks"] as const)(
    "%s: they are the rows that the lab judged, in the order of the column, whatever the order of the rows",
    async (policy) => {
      const lab = labWith();
      const frame = lab.frame("v1");
      const shuffled = createRandom(4).shuffle(
        Float64Array.from(frame.columns[2] && "values" in frame.columns[2] ? frame.columns[2].values : []),
      );
      lab.addFrame("mixed", {
        ...frame,
        columns: frame.columns.map((column) => (column.name === "t" ? { name: "t", type: "date" as const, values: shuffled } : column)),
      });
      const asked = experiment({ dataset: "mixed", split: { policy, by: "t", folds: 4 } });
      const outcome = await lab.run(asked);
      const folds = judgedFolds(outcome, groundOf(lab.frame("mixed"), asked))!;
      expect(folds).toHaveLength(4);
      for (const [i, { places, changes }] of folds.entries()) {
        const rows = places.map((place) => outcome.outOfFold.rows[place]!);
        expect(rows.slice().sort()).toEqual(lab.folds(asked)[i]!.test);
        const times = Array.from(rows, (row) => shuffled[row]!);
        expect(times).toEqual([...times].sort((a, b) => a - b));
        expect(Array.from(changes!)).toEqual(times.flatMap((time, at) => (at > 0 && time !== times[at - 1] ? [at] : [])));
      }
    },
  );

  test("random, stratified and group folds are exchangeable: nothing to resample, the corrected t stays", async () => {
    const lab = labWith();
    for (const split of POLICIES.slice(0, 3)) {
      const outcome = await lab.run(experiment({ split }));
      const ground = groundOf(lab.frame("v1"), outcome.experiment);
      expect(resampleFolds([outcome], metricNamed("rmse"), ground)).toBeNull();
      expect(estimateOf(outcome, "rmse", 0.95, ground).method).toBe("corrected resampled t");
    }
  });

  test("without the order of the rows nothing is resampled", () => {
    const { outcomes, ground } = outcomesOf([new Float64Array(50).fill(1)], { split: { policy: "time", by: "t", folds: 5 } });
    expect(judgedFolds(outcomes[0]!, ground)).toBeNull();
    expect(estimateOf(outcomes[0]!, "rmse", 0.95, ground).method).toBe("corrected resampled t");
  });
});

describe("blocks", () => {
  const fold = (rows: number, perMoment: number) => ({
    places: Int32Array.from({ length: rows }, (_, i) => i),
    groups: null,
    changes: Int32Array.from({ length: Math.ceil(rows / perMoment) - 1 }, (_, i) => (i + 1) * perMoment),
  });
  const noise = (rows: number, rho = 0) => autoregressive(createRandom(1), rows, rho);

  test("ten of a fold, fewer and longer where losses remember, never fewer than three", () => {
    expect(blockStarts([fold(1000, 1)], [noise(1000)])[0]).toEqual(Int32Array.from({ length: 10 }, (_, i) => 100 * i));
    const some = blockStarts([fold(500, 1)], [noise(500), noise(500, 0.9)])[0]!.length;
    expect(some).toBeGreaterThan(3);
    expect(some).toBeLessThan(10);
    expect(blockStarts([fold(60, 1)], [noise(60, 0.98)])[0]).toHaveLength(3);
  });

  test("rows of one moment stay together, unless a fold has fewer than three moments", () => {
    const opposed = Float64Array.from({ length: 100 }, (_, row) => Math.floor(row / 17) % 2);
    const [starts] = blockStarts([fold(100, 17)], [opposed]);
    expect(Array.from(starts!)).toEqual([0, 17, 34, 51, 68, 85]);
    expect(blockStarts([fold(100, 50)], [noise(100)])[0]).toHaveLength(10);
  });

  test("a shock that all rows of a moment share counts once", () => {
    const random = createRandom(9);
    const shocks = Array.from({ length: 30 }, () => random.normal());
    const errors = [Float64Array.from({ length: 3000 }, (_, row) => shocks[Math.floor(row / 100)]! + 0.2 * random.normal())];
    const { outcomes, ground } = outcomesOf(errors, { split: { policy: "time", by: "day", folds: 5 } });
    const wide = estimateOf(outcomes[0]!, "rmse", 0.95, {
      ...ground,
      order: () => Float64Array.from({ length: 3000 }, (_, row) => Math.floor(row / 100)),
    });
    const narrow = estimateOf(
      {
        ...outcomes[0]!,
        experiment: { ...outcomes[0]!.experiment, split: { policy: "given", testRows: 3000 } },
        folds: [{ ...outcomes[0]!.folds[0]!, testRows: 3000 }],
      },
      "rmse",
      0.95,
      ground,
    );
    expect(wide.high - wide.low).toBeGreaterThan(3 * (narrow.high - narrow.low));
  });
});

describe("intervals cover, though losses remember", () => {
  // Nominal 95 %. The standard error of a coverage from 80 trials is 2.4 points; bench/quality/period-intervals.ts has more of them.
  const TRIALS = 80;

  test.each([
    [200, 0, 0.91],
    [200, 0.8, 0.91],
    [40, 0.8, 0.86],
  ])("%i rows in each of five folds of unlike level, neighbours correlated by %f: at least %f of the time", (perFold, rho, least) => {
    let [ofScore, ofDifference] = [0, 0];
    for (let trial = 0; trial < TRIALS; trial++) {
      const { errors, truth } = twoModels(trial, perFold, rho, 0.1);
      const { outcomes, ground } = outcomesOf(errors);
      const [a, b] = [outcomes[0]!, outcomes[1]!];
      const score = estimateOf(a, "rmse", 0.95, ground);
      const { difference } = compareOutcomes(a, b, "rmse", 0.95, ground);
      if (score.low <= truth.a && truth.a <= score.high) ofScore++;
      if (difference.low <= truth.difference && truth.difference <= difference.high) ofDifference++;
    }
    expect(ofDifference / TRIALS).toBeGreaterThan(least);
    expect(ofDifference / TRIALS).toBeLessThan(0.99);
    expect(ofScore / TRIALS).toBeGreaterThan(least - 0.04);
  });

  test("single rows would be far too sure", () => {
    let covered = 0;
    for (let trial = 0; trial < 30; trial++) {
      const { errors, truth } = twoModels(trial, 200, 0.9, 0.1);
      const { outcomes, ground } = outcomesOf(errors);
      const asGiven = outcomes.map((outcome) => ({
        ...outcome,
        experiment: { ...outcome.experiment, split: { policy: "given" as const, testRows: 1000 } },
        folds: [{ ...outcome.folds[0]!, testRows: 1000 }],
      }));
      const { difference } = compareOutcomes(asGiven[0]!, asGiven[1]!, "rmse", 0.95, ground);
      const reach = (difference.high - difference.low) / 2;
      const periods = compareOutcomes(outcomes[0]!, outcomes[1]!, "rmse", 0.95, ground).difference.value;
      if (Math.abs(periods - truth.difference) <= reach) covered++;
    }
    expect(covered / 30).toBeLessThan(0.8);
  });
});

test("folds of unlike level: a gain in every fold is seen, which the spread of the folds would hide", () => {
  const random = createRandom(2, "growth");
  const errorsOf = (factor: number) =>
    Float64Array.from(
      LEVELS.map((level) => level ** 3).flatMap((level) => Array.from(autoregressive(random, 300, 0.6), (value) => factor * level * value)),
    );
  const { outcomes, ground } = outcomesOf([errorsOf(1), errorsOf(0.6)]);
  const [a, b] = [outcomes[0]!, outcomes[1]!];
  const { difference, p } = compareOutcomes(a, b, "rmse", 0.95, ground);
  const byFold = correctedT(
    a.folds.map(({ scores }, fold) => b.folds[fold]!.scores.rmse! - scores.rmse!),
    1 / 3,
    0.95,
  );
  expect(byFold.high).toBeGreaterThan(0);
  expect(difference.value).toBeCloseTo(byFold.mean, 12);
  expect(difference.high).toBeLessThan(0);
  expect(p).toBeLessThan(0.001);
  expect(difference.method).toMatch(/block bootstrap.* paired by row/);
});

test("the same seed gives the same interval, another seed almost the same, a turned comparison the mirror image", () => {
  const { errors } = twoModels(1, 200, 0.5, 0.1);
  const at = (seed: number) => outcomesOf(errors, { seed });
  const difference = ({ outcomes, ground }: ReturnType<typeof at>) =>
    compareOutcomes(outcomes[0]!, outcomes[1]!, "rmse", 0.95, ground).difference;
  expect(difference(at(1))).toEqual(difference(at(1)));
  const [one, other] = [difference(at(1)), difference(at(2))];
  expect(other.low).not.toBe(one.low);
  expect(Math.abs(other.low - one.low)).toBeLessThan(0.2 * (one.high - one.low));
  const { outcomes, ground } = at(1);
  const back = compareOutcomes(outcomes[1]!, outcomes[0]!, "rmse", 0.95, ground).difference;
  expect(back.low).toBeCloseTo(-one.high, 12);
  expect(compareOutcomes(outcomes[0]!, outcomes[0]!, "rmse", 0.95, ground)).toMatchObject({
    p: 1,
    difference: { value: 0, low: 0, high: 0 },
  });
});

test("positives that all lie in one stretch of a fold: the spread of AUC is not known", () => {
  const truth = Float64Array.from({ length: 500 }, (_, row) => (row % 100 < 5 ? 1 : 0));
  const random = createRandom(3);
  const { outcomes } = outcomesOf([truth.map((label) => (label + random.next()) / 2.1)], { task: BINARY, split: DAYS, metrics: ["brier"] });
  const folds = outcomes[0]!.folds.map((fold) => ({ ...fold, scores: { auc: 0.9 } }));
  expect(estimateOf({ ...outcomes[0]!, folds }, "auc", 0.95, { truth, weight: null })).toMatchObject({ low: 0, high: 1 });
});

test("twenty thousand rows and nine models take little time", () => {
  const random = createRandom(1, "speed");
  const truth = Float64Array.from({ length: 20_000 }, () => (random.next() < 0.3 ? 1 : 0));
  const models = Array.from({ length: 9 }, () => truth.map((label) => 1 / (1 + Math.exp(-label - random.normal()))));
  const { outcomes } = outcomesOf(models, { task: BINARY, metrics: ["brier"] });
  const started = process.cpuUsage();
  for (const metric of ["brier", "auc"]) resampleFolds(outcomes, metricNamed(metric), { truth, weight: null });
  const { user, system } = process.cpuUsage(started);
  // Measured: 0.3 s both. A pass over the rows per resample would take ten times as long.
  expect((user + system) / 1e6).toBeLessThan(2);
});
