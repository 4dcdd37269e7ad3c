import { describe, expect, test } from "vitest";
import { createRandom, type Random } from "../../../src/core/random.ts";
import { duplicateRow } from "../../../src/data/checks/duplicate-row.ts";
import { hiddenDuplicate } from "../../../src/data/checks/hidden-duplicate.ts";
import { splitOverlap } from "../../../src/data/checks/split-overlap.ts";
import { chanceTwins } from "../../../src/data/copies/chance-twins.ts";
import { copiesOf } from "../../../src/data/copies/copies.ts";
import { type PairCounts, pairCounts } from "../../../src/data/copies/pair-agreement.ts";
import { LIKELY } from "../../../src/data/harm/ground.ts";
import { type Cells, cells, contextOf } from "../checks/context.ts";

type Table = Readonly<Record<string, readonly number[]>>;

/** Counts as given, each pair of rows of its own. */
function counts(given: Readonly<Record<string, number>>): PairCounts {
  const keys = Object.keys(given);
  const total = 2 * Object.values(given).reduce((sum, pairs) => sum + pairs, 0);
  const start = (key: string) => 2 * keys.slice(0, keys.indexOf(key)).reduce((sum, one) => sum + (given[one] ?? 0), 0);
  return (differing) => {
    const key = [...differing].sort().join("");
    const pairs = given[key] ?? 0;
    return { pairs, ofRow: new Int32Array(total).fill(1, start(key), start(key) + 2 * pairs) };
  };
}

function tableOf(rows: number, seed: number, row: (random: Random) => readonly number[]): Table {
  const random = createRandom(seed, "table");
  const made = Array.from({ length: rows }, () => row(random));
  return Object.fromEntries((made[0] ?? []).map((_, i) => [i === 0 ? "y" : `c${i}`, made.map((one) => one[i] ?? 0)]));
}

function poisson(random: Random, rate: number): number {
  let [count, product] = [0, random.next()];
  for (; product > Math.exp(-rate); product *= random.next()) count++;
  return count;
}

const coin = (random: Random, logit: number) => Number(random.next() < 1 / (1 + Math.exp(-logit)));
const likert = (value: number) => Math.max(1, Math.min(5, Math.round(3 + value)));

/** Tables without a single copy whose columns share a cause. */
const DEPENDENT: Readonly<Record<string, (seed: number) => Table>> = {
  "5 counts of one log-normal rate": (seed) =>
    tableOf(3000, seed, (random) => {
      const size = random.normal();
      return [coin(random, size), ...Array.from({ length: 5 }, () => poisson(random, Math.exp(size)))];
    }),
  "8 answers to one factor": (seed) =>
    tableOf(1500, seed, (random) => {
      const factor = random.normal();
      return [coin(random, factor), ...Array.from({ length: 8 }, () => likert(1.2 * factor + 0.6 * random.normal()))];
    }),
  "6 answers to one factor": (seed) =>
    tableOf(2000, seed, (random) => {
      const factor = random.normal();
      return [coin(random, factor), ...Array.from({ length: 6 }, () => likert(0.8 * factor + 0.8 * random.normal()))];
    }),
  "3 whole numbers of many values and one size": (seed) =>
    tableOf(4000, seed, (random) => {
      const size = Math.exp(4 + random.normal());
      return [coin(random, 0), ...Array.from({ length: 3 }, () => Math.round(size + Math.sqrt(size) * random.normal()))];
    }),
};

function withCopies(table: Table, copied: number): Table {
  return Object.fromEntries(Object.entries(table).map(([name, column]) => [name, [...column, ...column.slice(0, copied)]]));
}

const measured = (seed: number) =>
  tableOf(2000, seed, (random) => {
    const factor = random.normal();
    return [coin(random, factor), random.integer(3), ...[1, 1, 3].map((digits) => Number((factor + random.normal()).toFixed(digits)))];
  });

describe("the estimate", () => {
  test("of two columns is n_c n_d / (n_cd + 1)", () => {
    expect(chanceTwins(counts({ "": 95, "0": 300, "1": 60, "01": 199 }), 2, null)?.expected).toBeCloseTo(90, 9);
  });

  test("of three is the log-linear one", () => {
    const given = { "": 50, "0": 40, "1": 60, "2": 80, "01": 29, "02": 39, "12": 49, "012": 25 };
    expect(chanceTwins(counts(given), 3, null)?.expected).toBeCloseTo((40 * 60 * 80 * 25) / (30 * 40 * 50), 9);
  });

  test("by the target is the larger one where it is, and triples are too few", () => {
    const given = { "": 90, "0": 20, "1": 50, "2": 100, "01": 39, "02": 79, "12": 249, "012": 1 };
    const [byTarget, byPairs] = [chanceTwins(counts(given), 3, 0)!, chanceTwins(counts(given), 3, null)!];
    expect(byTarget.expected).toBeCloseTo((20 * 150) / 119, 9);
    expect(byPairs.expected).toBeLessThan(byTarget.expected);
    expect(byPairs.p).toBeLessThan(byTarget.p);
  });

  test("is not made of fewer than five pairs", () => {
    expect(chanceTwins(counts({ "": 95, "0": 300, "1": 60, "01": 4 }), 2, null)).toBeNull();
  });

  test("has the error of its counts over pairs that share no row: each pair counts for its two rows", () => {
    const { logError } = chanceTwins(counts({ "": 95, "0": 300, "1": 60, "01": 199 }), 2, null)!;
    expect(logError).toBeCloseTo(Math.sqrt(2 / 95 + 2 / 300 + 2 / 60 + 2 / 199), 9);
  });

  test("holds for independent columns, over many tables", () => {
    const ratios = Array.from({ length: 12 }, (_, seed) => {
      const { columns, rows } = contextOf({
        columns: tableOf(1500, seed, (random) => [2, 3, 4, 5, 6].map((most) => random.integer(most))),
        target: "y",
      }).frame;
      const count = pairCounts(columns, columns, rows);
      return Math.log(count([]).pairs / chanceTwins(count, columns.length, 0)!.expected);
    });
    expect(Math.abs(ratios.reduce((sum, one) => sum + one, 0) / ratios.length)).toBeLessThan(0.05);
  });
});

test("pairs are counted by the columns in which they differ", () => {
  const random = createRandom(3, "pairs");
  const rows = 60;
  const columns = { a: [], b: [], c: [], y: [] } as Record<string, number[]>;
  for (let row = 0; row < rows; row++) for (const column of Object.values(columns)) column.push(random.integer(3));
  const { frame } = contextOf({ columns, target: "y" });
  const count = pairCounts(frame.columns, frame.columns.slice(0, 3), rows);
  const values = Object.values(columns);
  for (const differing of [[], [0], [2], [0, 1], [0, 2], [0, 1, 2]]) {
    let pairs = 0;
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < i; j++) if (values.every((column, c) => (column[i] !== column[j]) === differing.includes(c))) pairs++;
    expect(count(differing).pairs).toBe(pairs);
  }
});

describe.each(Object.entries(DEPENDENT))("%s, without a copy", (_, make) => {
  test.each([1, 2, 3])("no row is removed, table %d", async (seed) => {
    const table = make(seed);
    const rows = table.y!.length;
    const key = cells(rows, seed, "k", (random) => `k${random.integer(1e9)}`);
    const context = contextOf({ columns: table, target: "y", testRows: 300 });
    const found = [
      ...(await duplicateRow.inspect(contextOf({ columns: table, target: "y" }))),
      ...(await hiddenDuplicate.inspect(contextOf({ columns: { key, ...table }, target: "y" }))),
      ...(await splitOverlap.inspect(context)),
    ];
    // What chance explains is not told unless it is much.
    expect(found.length).toBeGreaterThanOrEqual(1);
    for (const one of found) expect(one.confidence).toBeLessThan(LIKELY);
    // Where the columns are measured the estimate alone has to do it.
    expect(copiesOf(context, context.frame.columns).share).toBeLessThan(0.5);
  });
});

describe("planted copies", () => {
  test.each([1, 2, 3])("among measured columns are removed, and the user can keep them, table %d", async (seed) => {
    const [found] = await duplicateRow.inspect(contextOf({ columns: withCopies(measured(seed), 300), target: "y" }));
    expect(found).toMatchObject({ severity: "blocker", question: expect.stringContaining("recorded twice"), choices: ["copies", "alike"] });
    expect(found!.confidence).toBeGreaterThan(0.9);
  });

  test("among columns of few values are asked for", async () => {
    const few = tableOf(2000, 7, (random) => [2, 3, 4, 5, 6, 7, 8].map((most) => random.integer(most)));
    const [found] = await duplicateRow.inspect(contextOf({ columns: withCopies(few, 600), target: "y" }));
    expect(found!.confidence).toBeLessThan(LIKELY);
    expect(found).toMatchObject({ severity: "blocker", question: expect.stringContaining("recorded twice") });
  });

  test("of names of their own are removed though no number is measured", async () => {
    const few = withCopies(
      tableOf(1000, 7, (random) => [2, 3, 4].map((most) => random.integer(most))),
      200,
    );
    const names = Array.from({ length: 1000 }, (_, row) => `name ${row % 500}`);
    const columns: Record<string, Cells> = { name: [...names, ...names.slice(0, 200)], ...few };
    const [found] = await duplicateRow.inspect(contextOf({ columns, target: "y" }));
    expect(found!.confidence).toBeGreaterThan(LIKELY);
  });
});
