import { describe, expect, test } from "vitest";
import type { Column, Frame } from "../../../src/core/column.ts";
import type { Judged } from "../../../src/core/metric.ts";
import { createRandom } from "../../../src/core/random.ts";
import { metricNamed } from "../../../src/metrics/index.ts";
import { GATES, type GateContext } from "../../../src/production/index.ts";
import { mendFrame } from "../../../src/recipe/index.ts";
import { BINARY, comparisonOf, contextOf, MULTICLASS, REGRESSION, world } from "../world.ts";

const gate = GATES.find((one) => one.gate === "worst-slice")!;
const base = contextOf(world(BINARY, 300));

interface Planted {
  readonly frame: Frame;
  readonly truth: Float64Array;
  readonly said: Float64Array;
}

/** A calibrated model; where `isBad`, it says the opposite of what it should. */
function planted(rows: number, seed: number, isBad: (region: number, x: number) => boolean): Planted {
  const random = createRandom(seed, "planted");
  const region = Int32Array.from({ length: rows }, () => random.integer(6));
  const x = Float64Array.from({ length: rows }, () => random.normal());
  const noise = Float64Array.from({ length: rows }, () => random.normal());
  const right = Float64Array.from({ length: rows }, () => 1 / (1 + Math.exp(-1.5 * random.normal())));
  const truth = right.map((p) => (random.next() < p ? 1 : 0));
  const columns: Column[] = [
    { name: "region", type: "category", codes: region, levels: ["n", "s", "e", "w", "c", "o"] },
    { name: "x", type: "number", values: x },
    { name: "noise", type: "number", values: noise },
  ];
  return { frame: { rows, columns, rowNumbers: null }, truth, said: right.map((p, row) => (isBad(region[row]!, x[row]!) ? 1 - p : p)) };
}

function context({ frame, truth, said }: Planted, overrides: Partial<GateContext> = {}): GateContext {
  const judged: Judged = { task: BINARY, truth, outputs: said, weight: null };
  const inputs = frame.columns.map(({ name }) => ({ ...base.scorer.inputs[0]!, name }));
  const comparison = comparisonOf(BINARY, {
    importance: ["region", "x"].map((column, i) => ({
      column,
      drop: { value: 1 - i / 2, low: 0, high: 1, level: 0.95, method: "", experiments: [] },
    })),
  });
  return { ...base, frame, judged, comparison, scorer: { ...base.scorer, inputs, score: () => said }, ...overrides };
}

const faultsOf = (result: Awaited<ReturnType<typeof gate.run>>) => (result.evidence.faults as { name: string }[]).map(({ name }) => name);

describe("worst slice", () => {
  test("a bad level is found by name, with its score and interval", async () => {
    const result = await gate.run(context(planted(3000, 1, (region) => region === 2)));
    expect(result.status).toBe("failed");
    expect(faultsOf(result)[0]).toMatch(/region = e/);
    expect(faultsOf(result).every((name) => name.includes("region = e"))).toBe(true);
    expect(result.measured!.high).toBeLessThan(0.5);
    expect((result.evidence.slices as { name: string }[])[0]!.name).toContain("region = e");
  });

  test("what a repair reads as missing is named missing, not by the value that stands for it", async () => {
    const made = planted(3000, 1, () => false);
    const [region, x, noise] = made.frame.columns as [Column, Extract<Column, { values: Float64Array }>, Column];
    const values = x.values.map((value, row) => (row % 3 === 0 ? 0 : 10 + value));
    const said = made.said.map((p, row) => (row % 3 === 0 ? 1 - p : p));
    const mended = (raw: Frame) => mendFrame([{ op: "null-out", column: "x", values: [0] }], raw);
    const frame = { ...made.frame, columns: [region, { ...x, values }, noise] };
    const names = faultsOf(await gate.run(context({ frame, truth: made.truth, said }, { mended })));
    expect(names).toContain("x missing");
    expect(names.join()).not.toMatch(/x (up to|=) /);
  });

  test("a pair of columns is found where neither alone is bad", async () => {
    const result = await gate.run(context(planted(6000, 2, (region, x) => region === 1 && x > 0.84)));
    expect(result.status).toBe("failed");
    expect(faultsOf(result).some((name) => /region = s and x above/.test(name))).toBe(true);
  });

  test("without a bad slice nearly no model fails, though hundreds of slices are tried", async () => {
    let failed = 0;
    for (let seed = 0; seed < 40; seed++)
      failed += Number((await gate.run(context(planted(1500, 100 + seed, () => false)))).status === "failed");
    expect(failed).toBeLessThanOrEqual(4);
  });

  test("one answer for all rows is no model: it is not held against itself", async () => {
    const made = planted(3000, 4, () => false);
    const truth = made.truth.map((_, row) => Number(row % 10 === 0));
    // Another mean in each fold, none of them the best answer.
    const folds = made.said.map((_, row) => 0.3 + 0.01 * (row % 5));
    const { scorer, ...rest } = context({ frame: made.frame, truth, said: folds });
    const one = await gate.run({
      ...rest,
      scorer: { ...scorer, score: () => new Float64Array(3000).fill(0.3), label: "the class shares" },
    });
    expect([one.status, one.why]).toEqual(["skipped", expect.stringContaining("one answer for all rows (the class shares)")]);
    expect((await gate.run({ ...rest, scorer })).status).not.toBe("skipped");
    // Shares of three classes: the same in each row, and not.
    const shares = (of: (row: number) => number[]) => ({
      ...scorer,
      score: () => Float64Array.from(Array.from({ length: 3000 }, (_, row) => of(row)).flat()),
    });
    expect((await gate.run({ ...rest, scorer: shares(() => [0.2, 0.5, 0.3]) })).status).toBe("skipped");
    expect((await gate.run({ ...rest, scorer: shares((row) => (row === 2999 ? [0.3, 0.5, 0.2] : [0.2, 0.5, 0.3])) })).status).not.toBe(
      "skipped",
    );
  });

  test("bounds of slices are told apart", async () => {
    const made = planted(3000, 1, (region) => region === 2);
    const [region, x, noise] = made.frame.columns as [Column, Extract<Column, { values: Float64Array }>, Column];
    const frame = { ...made.frame, columns: [region, { ...x, values: x.values.map((value) => 40.7 + value / 500) }, noise] };
    const { slices } = (await gate.run(context({ ...made, frame }))).evidence as { slices: { name: string }[] };
    const named = slices.flatMap(({ name }) => /x above (\S+) to (\S+)/.exec(name)?.slice(1, 3).join(" ") ?? []);
    expect(named.length).toBeGreaterThan(0);
    for (const bounds of named) expect(new Set(bounds.split(" ")).size).toBe(2);
    const day = Date.UTC(2020, 0, 1);
    const dated: Frame = {
      ...made.frame,
      columns: [region, { ...x, type: "date", values: x.values.map((value) => day + 1e6 * (value + 20)) }, noise],
    };
    const all = (await gate.run(context({ ...made, frame: dated }))).evidence as { slices: { name: string }[] };
    expect(all.slices.some(({ name }) => /x (up to|above) 2020-01-01 \d\d:\d\d/.test(name))).toBe(true);
  });

  test("rows of one entity count as one when they are known to be", async () => {
    const random = createRandom(5, "entities");
    const rows = 1200;
    // Ten entities in region "n", each with one truth for all of its rows: bad luck with a few of them is no proof.
    const entity = Int32Array.from({ length: rows }, (_, row) => (row < 200 ? row % 4 : 100 + row));
    const truth = Float64Array.from(entity, (own) => (own < 4 ? own % 2 : random.integer(2)));
    const said = Float64Array.from(entity, (own, row) =>
      own < 4 ? (own === 0 ? 0.7 : own === 1 ? 0.2 : 0.5) : truth[row] === 1 ? 0.8 : 0.2,
    );
    const codes = Int32Array.from({ length: rows }, (_, row) => (row < 200 ? 0 : 1));
    const frame: Frame = { rows, columns: [{ name: "region", type: "category", codes, levels: ["n", "s"] }], rowNumbers: null };
    const alone = await gate.run(context({ frame, truth, said }));
    const grouped = await gate.run(context({ frame, truth, said }, { groups: entity }));
    expect([alone.status, grouped.status]).toEqual(["failed", "passed"]);
  });

  test("a slice of one class, answered nearly right, is not called bad", async () => {
    const made = planted(2000, 3, () => false);
    const region = made.frame.columns[0] as Extract<Column, { codes: Int32Array }>;
    const truth = made.truth.map((label, row) => (region.codes[row] === 0 ? 0 : label));
    const said = made.said.map((p, row) => (region.codes[row] === 0 ? 0.03 : p));
    expect((await gate.run(context({ frame: made.frame, truth, said }))).status).toBe("passed");
  });

  test("which columns are crossed hangs on values and answers: the truth and importance, which knows it, change nothing", async () => {
    const random = createRandom(8, "crossed");
    const rows = 1500;
    const names = ["a", "b", "c", "d", "e", "f", "g", "h"];
    const values = names.map(() => Float64Array.from({ length: rows }, () => random.normal()));
    const slopes = [0, 0.5, 0, 0.9, 0.7, 0, 1.1, 1.3];
    const said = Float64Array.from({ length: rows }, (_, row) => {
      return 1 / (1 + Math.exp(-slopes.reduce((sum, slope, at) => sum + slope * values[at]![row]!, 0)));
    });
    const frame: Frame = { rows, columns: names.map((name, at) => ({ name, type: "number", values: values[at]! })), rowNumbers: null };
    const truth = said.map((p) => (random.next() < p ? 1 : 0));
    const run = async (labels: Float64Array, important: readonly string[]) => {
      const made = context({ frame, truth: labels, said });
      const [one] = made.comparison.importance;
      const importance = important.map((column, at) => ({ column, drop: { ...one!.drop, value: 1 - at / 10 } }));
      return (await gate.run({ ...made, comparison: { ...made.comparison, importance } })).evidence.crossed;
    };
    const crossed = await run(truth, ["h", "g", "d"]);
    expect(crossed).toEqual(["h", "g", "d", "e", "b"]);
    expect(await run(Float64Array.from(random.shuffle(Array.from(truth))), ["a", "c", "f"])).toEqual(crossed);
  });

  test("regression and classes: a broken part is found, an honest model passes", async () => {
    for (const task of [REGRESSION, MULTICLASS]) {
      const made = world(task, 1500);
      const whole = contextOf(made);
      expect((await gate.run(whole)).status).toBe("passed");
      const job = made.frame.columns.find(({ name }) => name === "job") as Extract<Column, { codes: Int32Array }>;
      const width = made.honest.outputs.length / made.frame.rows;
      const outputs = made.honest.outputs.map((value, i) =>
        job.codes[Math.floor(i / width)] !== 1 ? value : width === 1 ? value + 60 : i % width === 0 ? 0.98 : 0.01,
      );
      const broken = await gate.run({ ...whole, judged: { ...made.honest, outputs } });
      expect([broken.status, faultsOf(broken).some((name) => name.startsWith("job = nurse"))]).toEqual(["failed", true]);
    }
  });

  test("a part of which each fold's model says one thing is scored as that, not by the order of the folds' levels", async () => {
    const random = createRandom(9, "folds");
    const rows = 2000;
    const answeredBy = Int32Array.from({ length: rows }, (_, row) => row % 5);
    const region = Int32Array.from({ length: rows }, () => random.integer(2));
    const truth = Float64Array.from({ length: rows }, () => Number(random.next() < 0.15));
    const said = truth.map((label, row) => {
      // Where nothing can be known: the share among the rows that the fold's model has trained on.
      const seen = truth.filter((_, other) => region[other] === 0 && answeredBy[other] !== answeredBy[row]);
      return region[row] === 0 ? seen.reduce((sum, one) => sum + one, 0) / seen.length : label === 1 ? 0.5 : 0.1 * random.next();
    });
    const column: Column = { name: "region", type: "category", codes: region, levels: ["dull", "clear"] };
    const made = context({ frame: { rows, columns: [column], rowNumbers: null }, truth, said });
    const scoreOf = async (judged: Judged) => {
      const { evidence, why } = await gate.run({ ...made, judged });
      const [dull] = (evidence.slices as { name: string; value: number }[]).filter(({ name }) => name === "region = dull");
      return { value: dull!.value, why };
    };
    const known = await scoreOf({ ...made.judged, answeredBy });
    expect(known.value).toBe(0.5);
    expect(known.why).not.toContain("do not rank within it");
    expect((await scoreOf(made.judged)).value).toBeLessThan(0.47);
  });

  test("where one answer for all rows of the weakest part scores better, it is said not to rank within it", async () => {
    const made = planted(3000, 12, () => false);
    const random = createRandom(12, "backwards");
    const region = made.frame.columns[0] as Extract<Column, { codes: Int32Array }>;
    // Nearly one answer, with the order turned round.
    const said = made.said.map((p, row) => (region.codes[row] === 2 ? 0.5 - 0.02 * ((made.truth[row] ?? 0) + random.normal()) : p));
    const { why } = await gate.run(context({ ...made, said }));
    expect(why).toMatch(/on region = e .*: worse than one answer for all of them \(0\.5\), so do not rank within it/);
    expect((await gate.run(context(made))).why).not.toContain("do not rank within it");
  });

  test("of several classes that answer is all probabilities of a row", async () => {
    const made = world(MULTICLASS, 1500);
    const random = createRandom(13, "classes");
    const job = made.frame.columns.find(({ name }) => name === "job") as Extract<Column, { codes: Int32Array }>;
    const nurses = Array.from({ length: made.frame.rows }, (_, row) => row).filter((row) => job.codes[row] === 1);
    const [truth, outputs] = [made.honest.truth.slice(), made.honest.outputs.slice()];
    nurses.forEach((row, i) => {
      // The first row says the class of half of them; all others say one that a quarter have.
      truth[row] = i === 0 || random.next() < 0.5 ? 2 : random.integer(2);
      outputs.set(i === 0 ? [0.2, 0.2, 0.6] : [0.4, 0.3, 0.3], 3 * row);
    });
    const { why } = await gate.run({ ...contextOf(made), judged: { ...made.honest, truth, outputs }, metric: metricNamed("accuracy") });
    expect(why).toMatch(/on job = nurse .*: worse than one answer for all of them \(0\.[45]\d*\)/);
  });

  test("any metric can print the slices; too few rows are skipped", async () => {
    const made = planted(1000, 6, (region) => region === 4);
    for (const name of ["average-precision", "accuracy", "log-loss"]) {
      const result = await gate.run(context(made, { metric: metricNamed(name) }));
      expect(result.status).toBe("failed");
      expect(Number.isFinite(result.measured!.value)).toBe(true);
    }
    expect((await gate.run(context(planted(60, 7, () => false)))).status).toBe("skipped");
  });
});
