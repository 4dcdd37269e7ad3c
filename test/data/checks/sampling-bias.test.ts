import { expect, test } from "vitest";
import { samplingBias } from "../../../src/data/checks/sampling-bias.ts";
import { cells, contextOf } from "./context.ts";
import { given, isTest, ROWS } from "./given-test-table.ts";

test("another share of classes, another mean", async () => {
  const x = cells(ROWS, 1, "x", (random) => random.normal());
  const y = cells(ROWS, 1, "y", (random, row) => (random.next() < (isTest(row) ? 0.6 : 0.3) ? "yes" : "no"));
  expect(await samplingBias.inspect(given({ x, y }))).toMatchObject([{ columns: ["y"], severity: "harmful" }]);
  const price = cells(ROWS, 1, "y", (random, row) => random.normal() + (isTest(row) ? 0.4 : 0));
  expect(await samplingBias.inspect(given({ x, price }, "price"))).toMatchObject([{ columns: ["price"], severity: "costly" }]);
});

test("one look at one table: 3.5 deviations are enough", async () => {
  const x = cells(ROWS, 1, "x", (random) => random.normal());
  const rows = Array.from({ length: ROWS }, (_, row) => isTest(row)).reduce((count, inTest) => count + Number(inTest), 0);
  const apart = 3.6 * Math.sqrt(0.25 * (1 / rows + 1 / (ROWS - rows)));
  const seen = { train: 0, test: 0 };
  const y = Array.from({ length: ROWS }, (_, row) => {
    const [part, share] = isTest(row) ? (["test", 0.5 + apart / 2] as const) : (["train", 0.5 - apart / 2] as const);
    const before = Math.floor(seen[part] * share);
    seen[part]++;
    return Math.floor(seen[part] * share) > before ? "yes" : "no";
  });
  const [found] = await samplingBias.inspect(given({ x, y }));
  expect(Number(found!.evidence.p)).toBeGreaterThan(1e-4);
});

test("a rare class whose share falls by a third is told with the interval of the difference; by a tenth, or by chance, it is not", async () => {
  const x = cells(6 * ROWS, 1, "x", (random) => random.normal());
  const told = async (inTrain: number, inTest: number, rows = 6 * ROWS) => {
    const seen = { train: 0, test: 0 };
    const y = Array.from({ length: rows }, (_, row) => {
      const [part, share] = row >= 0.75 * rows ? (["test", inTest] as const) : (["train", inTrain] as const);
      const before = Math.floor(seen[part] * share);
      seen[part]++;
      return Math.floor(seen[part] * share) > before ? "yes" : "no";
    });
    return samplingBias.inspect(contextOf({ columns: { x: x.slice(0, rows), y }, target: "y", testRows: Math.round(rows / 4) }));
  };
  const [found] = await told(0.122, 0.084);
  expect(found).toMatchObject({ trap: "sampling-bias", severity: "costly" });
  const { inTrain, inTest, low, high, p } = found!.evidence as Record<string, number>;
  expect([inTrain, inTest].map((share) => share!.toFixed(3))).toEqual(["0.122", "0.084"]);
  expect(low).toBeLessThan(inTest! - inTrain!);
  expect(high).toBeGreaterThan(inTest! - inTrain!);
  expect(high).toBeLessThan(0);
  expect(p).toBeLessThan(1e-3);
  expect(found!.why).toMatch(/\(-3\.8 points, 95 % interval -\d\.\d to -\d\.\d\)/);
  expect(await told(0.122, 0.11)).toEqual([]);
  expect(await told(0.122, 0.122)).toEqual([]);
  expect(await told(0.122, 0.084, 600)).toEqual([]);
});

test("labels that only the test set has are not told as another share of classes", async () => {
  const y = cells(ROWS, 1, "y", (random, row) => `${random.integer(2) === 0 ? "a" : "b"}${isTest(row) ? "." : ""}`);
  expect(await samplingBias.inspect(given({ x: cells(ROWS, 1, "x", (random) => random.normal()), y }))).toEqual([]);
});
