import { describe, expect, test } from "vitest";
import type { Experiment } from "../../../src/core/experiment.ts";
import type { Counterfactual, Suspicion } from "../../../src/core/finding.ts";
import type { SplitPolicy } from "../../../src/core/split.ts";
import type { Check } from "../../../src/data/check.ts";
import { priceHarms } from "../../../src/data/harm/pricing.ts";
import { contextOf, honestTable } from "../table.ts";
import { checkSaying, nearestRows, tinyLab } from "../tiny-lab.ts";

const ROWS = 240;
const contextOfRows = (rows: number) => contextOf(honestTable(rows, 4), "bought");
const usual = contextOfRows(ROWS);
const TIME: SplitPolicy = { policy: "time", by: null, folds: 5 };
const GIVEN: SplitPolicy = { policy: "given", testRows: 60 };

type Told = Suspicion & { readonly subject?: Check["subject"] };

/** A suspicion whose two sides are these experiments. */
async function suspected(counterfactual: Counterfactual, subject?: Check["subject"]): Promise<Told> {
  const [told] = await checkSaying("constant", { columns: ["town"], counterfactual }).inspect(usual);
  return { ...told!, ...(subject === undefined ? {} : { subject }) };
}

const withoutTown = (): Counterfactual => ({ change: "steps", steps: [{ op: "drop", columns: ["town"] }], flatters: true });

/** Prices the suspicions on two grounds; trained: rows of each fold, by experiment. */
async function priced(suspicions: readonly Told[], split: SplitPolicy, context = usual) {
  const trained = new Map<string, number[]>();
  const nameOf = ({ split: { policy }, trainShare = 1, features }: Experiment) => `${policy}, ${features.length} columns, ${trainShare}`;
  const { lab, experimentFor } = tinyLab(context, "auc", null, (frame, experiment, fold, validation) => {
    const name = nameOf(experiment);
    trained.set(name, [...(trained.get(name) ?? []), fold.train.length]);
    return nearestRows(frame, experiment, fold, validation);
  });
  const ground = { features: context.roles.features, recipe: [], split };
  const { harms } = await priceHarms(suspicions, ground, ground.features, {
    lab,
    experimentFor,
    signal: null,
    reserveMs: 0,
    mostPriced: 9,
    test: { ground: { ...ground, split: GIVEN }, experimentFor },
    onPriced: () => undefined,
  });
  return { harms: harms.map(({ harm }) => harm!), trained };
}

const columns = usual.roles.features.length;
const sharesOf = (trained: ReadonlyMap<string, number[]>, policy: string, share: number) => {
  const whole = trained.get(`${policy}, ${columns} columns, 1`)!;
  return trained.get(`${policy}, ${columns} columns, ${share}`)?.map((rows, fold) => rows / whole[fold]!);
};

test("an interval of few rows that holds 0 and a difference that counts is undecided, one of no width is not", async () => {
  const idle: Counterfactual = { change: "judged-rows", without: [] };
  const { harms } = await priced([await suspected(withoutTown()), await suspected(idle)], TIME, contextOfRows(80));
  const [wide, none] = harms;
  expect([wide!.low <= 0, wide!.high >= 0, Math.max(-wide!.low, wide!.high) > 0.02]).toEqual([true, true, true]);
  expect(wide!.undecided).toBe(true);
  expect(none).toMatchObject({ low: 0, high: 0 });
  expect(none!.undecided).toBeUndefined();
});

describe("where folds grow with time", () => {
  test("the noise of training anew is of folds without a hundredth, and two, of their own rows", async () => {
    const { harms, trained } = await priced([await suspected(withoutTown())], TIME);
    const whole = trained.get(`time, ${columns} columns, 1`)!;
    expect(whole.at(-1)).toBeGreaterThan(1.5 * whole[0]!);
    for (const share of [0.99, 0.98])
      for (const [fold, kept] of sharesOf(trained, "time", share)!.entries()) {
        expect(kept).toBeLessThan(1);
        expect(kept).toBeGreaterThan(share - 1 / whole[fold]!);
      }
    expect(harms[0]!.method).toContain("of training anew");
  });

  test("small folds leave out a row more each time", async () => {
    const { trained } = await priced([await suspected(withoutTown())], TIME, contextOfRows(80));
    const sizes = [...trained].filter(([name]) => name.startsWith(`time, ${columns} columns`)).map(([, rows]) => rows);
    expect(sizes).toHaveLength(3);
    expect(sizes[0]![0]).toBeLessThan(50);
    for (const fold of sizes[0]!.keys()) expect(new Set(sizes.map((rows) => rows[fold])).size).toBe(3);
  });

  test("half of the rows is half of each fold's", async () => {
    const { trained } = await priced([await suspected({ change: "half" })], TIME);
    for (const kept of sharesOf(trained, "time", 0.5)!) expect(Math.abs(kept - 0.5)).toBeLessThan(0.01);
  });
});

describe("a pair that a given test set judges", () => {
  const both = async () => [await suspected(withoutTown()), await suspected(withoutTown(), "given-split")];

  test("has the noise of that ground, and folds that are no periods still need none", async () => {
    const { harms, trained } = await priced(await both(), { policy: "stratified", folds: 5, repeats: 1 });
    expect(harms.map(({ method }) => method.includes("of training anew"))).toEqual([false, true]);
    expect([...trained.keys()].filter((name) => name.startsWith("stratified"))).toHaveLength(2);
    const [whole] = trained.get(`given, ${columns} columns, 1`)!;
    expect(whole).toBe(ROWS - 60);
    for (const share of [0.99, 0.98, 0.97, 0.96, 0.95, 0.94]) {
      const [kept] = sharesOf(trained, "given", share)!;
      expect(kept).toBeGreaterThan(share - 1 / whole!);
      expect(kept).toBeLessThanOrEqual(share);
    }
  });

  test("has not that of the periods beside it", async () => {
    const [alone, beside] = await Promise.all([
      priced((await both()).slice(1), { policy: "stratified", folds: 5, repeats: 1 }),
      priced(await both(), TIME),
    ]);
    const [own, other] = [alone.harms[0]!, beside.harms[1]!];
    expect(other.experiments).toEqual(own.experiments);
    expect(other.p).toBe(own.p);
    expect(beside.harms[0]!.p).not.toBe(own.p);
  });
});
