import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { whyClasses, wrongLabel } from "../../../src/data/checks/wrong-label.ts";
import { transitionOf } from "../../../src/data/labels/clean-probabilities.ts";
import { labelIssues } from "../../../src/data/labels/confident-learning.ts";
import { type LabelReview, labelReview, reviewFile } from "../../../src/data/labels/label-review.ts";
import { inverse } from "../../../src/stats/index.ts";
import { contextOf, numbers, tableOf } from "../table.ts";

interface Recorded {
  readonly cases: readonly {
    readonly classes: number;
    readonly labels: number[];
    readonly probabilities: number[];
    readonly issues: number[];
  }[];
}
const recorded: Recorded = JSON.parse(readFileSync(new URL("../../reference/recorded/label-issues.json", import.meta.url), "utf8"));

describe("confident learning", () => {
  test.each(recorded.cases.map((one, i) => [i, one] as const))("case %i: the issues of cleanlab in its order", (_, one) => {
    const found = labelIssues({ labels: one.labels, probabilities: Float64Array.from(one.probabilities), classes: one.classes });
    expect(found.map(({ place }) => place)).toEqual(one.issues);
  });

  test("the transition is inverted", () => {
    const matrix = transitionOf([floor(0, 0.1, [0, 0.5, 0.5]), floor(2, 0.3, [1, 0, 0])], 3);
    const back = inverse(matrix, 3)!;
    for (let i = 0; i < 3; i++)
      for (let j = 0; j < 3; j++)
        expect([0, 1, 2].reduce((sum, k) => sum + matrix[i * 3 + k]! * back[k * 3 + j]!, 0)).toBeCloseTo(Number(i === j), 12);
  });
});

test("of many classes one sentence says how many labels contradict, and of which classes most", async () => {
  const random = createRandom(8, "many classes");
  const names = ["adopted", "died", "foster", "returned", "transfer"];
  // The answer's class, how likely it is, what came, and what was written.
  const clean = numbers(6000, () => random.integer(5));
  const sure = clean.map(() => 1 / (1 + Math.exp(-8 * random.next())));
  const came = clean.map((one, row) => (random.next() < (sure[row] ?? 0) ? one : (one + 1 + random.integer(4)) % 5));
  const label = came.map((one) => (random.next() < 0.03 ? (one + 1 + random.integer(4)) % 5 : one));
  const outputs = Float64Array.from({ length: 30_000 }, (_, i) => {
    const own = sure[Math.floor(i / 5)] ?? 0;
    return clean[Math.floor(i / 5)] === i % 5 ? own : (1 - own) / 4;
  });
  const table = tableOf([
    ["x", clean.map((one) => one + 0.1 * random.normal())],
    ["y", label.map((one) => names[one] ?? "")],
  ]);
  const [found] = await wrongLabel.inspect(
    contextOf(table, "y", { outOfFold: { rows: Int32Array.from(clean.keys()), outputs, repeats: 1 } }),
  );
  expect(found!.why).toMatch(
    /^Out of fold, [\d,]+ \(\d(\.\d)? %\) of the [\d,]+ rows whose class the model is surest of, in [345] classes, have another label \(most where it says "/,
  );
  expect(found!.why.length).toBeLessThan(320);
});

test("where a part of the table is contradicted and no class as a whole, the sentence has no hole", () => {
  const { context } = classes(2, 0);
  const rates = [{ level: "Ole", rows: 900, wrong: 70, rate: 0.078, z: 5 }];
  const said = (segment: LabelReview["segment"]) =>
    whyClasses(context, { floors: [], judged: 7575, segment } as unknown as LabelReview, 170);
  expect(said({ column: "who", rates } as unknown as LabelReview["segment"])).toBe(
    'Out of fold, about 170 labels of 7,575 look wrong. Most often where `who` is "Ole": 7.8 % of its labels.',
  );
  expect(said(null)).toBe("Out of fold, about 170 labels of 7,575 look wrong.");
});

function floor(one: number, rate: number, others: readonly number[]) {
  return { class: one, rows: 100, surest: 50, wrong: 5, rate, low: 0, high: 1, z: 3, others };
}

const ROWS = 3000;

/** Classes apart by `steep`, `rate` of the labels turned, and what a model answers that foresees the turned ones, or does not. */
function classes(steep: number, rate: number, foresees = false, witness = false) {
  const random = createRandom(3, "labels");
  const x = numbers(ROWS, () => random.normal());
  const clean = x.map((value) => 1 / (1 + Math.exp(-steep * value)));
  const truth = clean.map((p) => Number(random.next() < p));
  const turned = new Set(numbers(ROWS, (i) => i).filter(() => random.next() < rate));
  const label = truth.map((value, row) => (turned.has(row) ? 1 - value : value));
  const outputs = Float64Array.from(clean, (p) => (foresees ? rate + (1 - 2 * rate) * p : p));
  const table = tableOf([
    ["x", x],
    ...(witness ? [["z", x.map((value) => value + 0.3 * random.normal())] as const] : []),
    ["y", label.map((value) => (value === 1 ? "yes" : "no"))],
  ]);
  const outOfFold = { rows: Int32Array.from(x.keys()), outputs, repeats: 1 };
  return { context: contextOf(table, "y", { outOfFold }), turned };
}

test.each([
  [0.015, 0.4],
  [0.06, 0.4],
])("labels turned at a rate of %d are found where the classes are clear", async (rate, sure) => {
  const { context, turned } = classes(12, rate);
  const [found] = await wrongLabel.inspect(context);
  expect(found!.confidence).toBeGreaterThan(sure);
  // Of one class alone when the other's floor is within chance.
  expect(found!.rows.count / turned.size).toBeGreaterThan(0.4);
  expect(found!.rows.count / turned.size).toBeLessThan(1.3);
  const review = labelReview(context)!;
  expect(review.rows.slice(0, 20).every(({ row }) => turned.has(row))).toBe(true);
  const gains = review.rows.map(({ gain }) => gain);
  expect(gains).toEqual([...gains].sort((a, b) => b - a));
});

test("a model whose probabilities foresee the contradictions tells nothing where one column says all", async () => {
  expect(await wrongLabel.inspect(classes(12, 0.06, true).context)).toEqual([]);
});

test.each([0.03, 0.06, 0.15])(
  "foreseen contradictions at a flat rate of %d are asked about where two columns tell the classes clearly",
  async (rate) => {
    const { context, turned } = classes(12, rate, true, true);
    const [found] = await wrongLabel.inspect(context);
    expect(found!.confidence).toBe(0.45);
    expect(found!.rows.count / turned.size).toBeGreaterThan(0.5);
    expect(found!.rows.count / turned.size).toBeLessThan(1.3);
    const listed = labelReview(context)!.rows.slice(0, turned.size / 2);
    expect(listed.filter(({ row }) => turned.has(row)).length / listed.length).toBeGreaterThan(0.9);
  },
);

test.each([1, 2, 4, 12])(
  "classes that overlap contradict less where the model is surer, so two columns ask nothing (steepness %d)",
  async (steep) => {
    expect(await wrongLabel.inspect(classes(steep, 0, false, true).context)).toEqual([]);
  },
);

describe("labels drawn from the probabilities are told in at most one of 20 tables", () => {
  async function told(draw: (random: ReturnType<typeof createRandom>) => number): Promise<number> {
    let found = 0;
    for (let seed = 1; seed <= 20; seed++) {
      const random = createRandom(seed, "clean labels");
      const x = numbers(4000, () => draw(random));
      const y = x.map((odds) => (random.next() < 1 / (1 + Math.exp(-odds)) ? "yes" : "no"));
      const outputs = Float64Array.from(x, (odds) => 1 / (1 + Math.exp(-odds)));
      const table = tableOf([
        ["x", x.map((odds) => odds + random.normal() * 1e-3)],
        ["y", y],
      ]);
      const outOfFold = { rows: Int32Array.from(x.keys()), outputs, repeats: 1 };
      found += (await wrongLabel.inspect(contextOf(table, "y", { outOfFold, seed }))).length;
    }
    return found;
  }

  test("log odds uniform in +-3", async () => expect(await told((random) => 6 * random.next() - 3)).toBeLessThanOrEqual(1));
  test("two binary columns", async () =>
    expect(await told((random) => 3 * random.integer(2) + 2 * random.integer(2) - 2.5)).toBeLessThanOrEqual(1));
});

test.each([1, 2, 4, 12])("classes that overlap are no wrong labels (steepness %d)", async (steep) => {
  expect(await wrongLabel.inspect(classes(steep, 0).context)).toEqual([]);
});

test("a fifth of one class without a reason in the columns is an outcome that is hard to tell, not a wrong label", async () => {
  const random = createRandom(4, "events");
  const x = numbers(ROWS, () => random.normal());
  const clean = x.map((value) => 0.05 + 0.7 / (1 + Math.exp(-6 * (value - 1.3))));
  const label = clean.map((p) => (random.next() < p ? "yes" : "no"));
  const outOfFold = { rows: Int32Array.from(x.keys()), outputs: Float64Array.from(clean), repeats: 1 };
  expect(
    await wrongLabel.inspect(
      contextOf(
        tableOf([
          ["x", x],
          ["y", label],
        ]),
        "y",
        { outOfFold },
      ),
    ),
  ).toEqual([]);
});

test("equal rows that disagree are the noise floor, not wrong labels", async () => {
  const random = createRandom(5, "cells");
  const cell = numbers(ROWS, () => random.integer(8));
  const clean = cell.map((value) => (value < 4 ? 0.03 : 0.97));
  const label = clean.map((p) => (random.next() < p ? "yes" : "no"));
  const outOfFold = { rows: Int32Array.from(cell.keys()), outputs: Float64Array.from(clean), repeats: 1 };
  expect(
    await wrongLabel.inspect(
      contextOf(
        tableOf([
          ["cell", cell.map((c) => `c${c}`)],
          ["y", label],
        ]),
        "y",
        { outOfFold },
      ),
    ),
  ).toEqual([]);
});

describe("numbers", () => {
  function values(noise: (random: ReturnType<typeof createRandom>) => number, slips: number, factor: number, rows = 2000, seed = 6) {
    const random = createRandom(seed, "values");
    const x = numbers(rows, () => 5 + 10 * random.next());
    const told = x.map((value) => 100 * value);
    const y = told.map((value, row) => (value + 20 * noise(random)) * (row < slips ? factor : 1));
    const outOfFold = { rows: Int32Array.from(x.keys()), outputs: Float64Array.from(told), repeats: 1 };
    return contextOf(
      tableOf([
        ["x", x],
        ["y", y],
      ]),
      "y",
      { outOfFold, task: { task: "regression" } },
    );
  }
  const normal = (random: ReturnType<typeof createRandom>) => random.normal();

  test.each([
    [5, 10],
    [20, 2],
  ])("%i values times %d are found, and no other", async (slips, factor) => {
    const context = values(normal, slips, factor);
    const [found] = await wrongLabel.inspect(context);
    expect(found!.confidence).toBeGreaterThan(0.9);
    const rows = labelReview(context)!.rows.map(({ row }) => row);
    expect(rows.length).toBeGreaterThanOrEqual(0.8 * slips);
    expect(rows.every((row) => row < slips)).toBe(true);
  });

  test("far out in a long tail, where errors grow with the value, large ones are honest; a slip among usual ones is not", async () => {
    const told = async (slips: number, seed: number) => {
      const random = createRandom(seed, "long tail");
      const size = numbers(6000, () => 20 * (1 - random.next()) ** -1.2);
      const outputs = Float64Array.from(size);
      const y = size.map((value, row) => value * (1 + 0.03 * random.normal()) * (row < slips ? 40 : 1));
      const table = tableOf([
        ["x", size],
        ["y", y],
      ]);
      const outOfFold = { rows: Int32Array.from(size.keys()), outputs, repeats: 1 };
      return (await wrongLabel.inspect(contextOf(table, "y", { outOfFold, task: { task: "regression" } }))).length;
    };
    for (const seed of [1, 2, 3, 4, 5, 6]) expect(await told(0, seed)).toBe(0);
    expect(await told(8, 1)).toBe(1);
  });

  test("what is asked about as a placeholder is not told again", async () => {
    const context = values(normal, 5, 10);
    const held = [{ column: "y", values: [...context.target.slice(0, 5)] }];
    const asked = { trap: "sentinel", columns: ["y"], held } as unknown as (typeof context.labels)[number];
    expect(await wrongLabel.inspect(context)).toHaveLength(1);
    expect(await wrongLabel.inspect({ ...values(normal, 5, 10), labels: [asked] })).toEqual([]);
  });

  test("amounts beside zeros that are an answer of their own are no slips", async () => {
    for (let seed = 1; seed <= 5; seed++) {
      const random = createRandom(seed, "zeros");
      const x = numbers(2000, () => random.next());
      const y = x.map((value) => (random.next() < 0.6 ? 0 : Math.exp(12 * value + 2 * random.normal())));
      // What trees answer: a mean of zeros and amounts.
      const outputs = Float64Array.from(x, (value) => 0.4 * Math.exp(12 * value + 2));
      const outOfFold = { rows: Int32Array.from(x.keys()), outputs, repeats: 1 };
      const table = tableOf([
        ["x", x],
        ["y", y],
      ]);
      expect(await wrongLabel.inspect(contextOf(table, "y", { outOfFold, task: { task: "regression" } }))).toEqual([]);
    }
  });

  test.each([400, 2000])("normal noise in %i rows is told in at most two of 60 tables, and then asks", async (rows) => {
    const found = [];
    for (let seed = 1; seed <= 60; seed++) found.push(...(await wrongLabel.inspect(values(normal, 0, 1, rows, seed))));
    expect(found.length).toBeLessThanOrEqual(2);
    for (const { confidence } of found) expect(confidence).toBeLessThan(0.5);
  });

  test.each<[string, (random: ReturnType<typeof createRandom>) => number]>([
    ["normal", normal],
    ["exponential", (random) => -Math.log(1 - random.next())],
    ["log-normal", (random) => Math.exp(random.normal())],
    [
      "Student t with 3 degrees",
      (random) => random.normal() / Math.sqrt((random.normal() ** 2 + random.normal() ** 2 + random.normal() ** 2) / 3),
    ],
  ])("%s residuals have no wrong one", async (_, noise) => {
    expect(await wrongLabel.inspect(values(noise, 0, 1))).toEqual([]);
  });
});

test("no label is certainly wrong", () => {
  expect(labelReview(classes(12, 0.06).context)!.rows.every(({ probability }) => probability < 1)).toBe(true);
});

test("the review file has the row, an empty cell to fill in, and what tells most of the target", () => {
  const { context } = classes(12, 0.06);
  const [head, first] = reviewFile(context)!.split("\n");
  expect(head).toBe("row,label,corrected,checked_by,proposed,probability,gain,x");
  expect(first).toMatch(/^\d+,(yes,,,no|no,,,yes),[01]\.\d{3},[\d.e-]+,-?[\d.]+$/);
});

test("nothing is said before there are out-of-fold answers", async () => {
  const { context } = classes(12, 0.06);
  expect(await wrongLabel.inspect({ ...context, outOfFold: null })).toEqual([]);
});
