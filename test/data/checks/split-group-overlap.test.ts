import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { splitGroupOverlap } from "../../../src/data/checks/split-group-overlap.ts";
import { type Cells, cells, coin, contextOf } from "./context.ts";
import { given, isTest, ROWS, TEST } from "./given-test-table.ts";

/** Forty patients; `name` says whose row it is. Test rows are about patients of the training rows, or about others. */
function patients(known: boolean): Record<string, Cells> {
  const random = createRandom(4, "patients");
  const centres = Array.from({ length: 60 }, () => ({ x: 3 * random.normal(), z: 3 * random.normal(), y: random.integer(2) }));
  const whose = Array.from({ length: ROWS }, (_, row) => (isTest(row) && !known ? 40 + random.integer(20) : random.integer(40)));
  const of = (place: number) => centres[place]!;
  return {
    patient_id: whose.map((place) => `p${place}`),
    x: whose.map((place) => of(place).x + 0.2 * random.normal()),
    z: whose.map((place) => of(place).z + 0.2 * random.normal()),
    y: whose.map((place) => (of(place).y === 1 ? "ill" : "well")),
  };
}

test("groups that the training rows know: declared or verified in the training rows alone, not when the test set has its own", async () => {
  const [found] = await splitGroupOverlap.inspect(given(patients(true)));
  expect(found).toMatchObject({
    trap: "split-group-overlap",
    columns: ["patient_id"],
    severity: "blocker",
    rows: { count: TEST },
    evidence: { sharedGroups: 40, sharedTestRows: TEST, share: 1 },
    choices: ["new", "same"],
  });
  expect(found!.evidence.gapZ).toBeGreaterThan(3);
  expect(await splitGroupOverlap.inspect(given(patients(false)))).toEqual([]);
  const declared = contextOf({ columns: patients(true), target: "y", testRows: TEST, roles: { group: "patient_id" } });
  expect(await splitGroupOverlap.inspect(declared)).toMatchObject([{ confidence: 1, severity: "blocker" }]);
  expect(await splitGroupOverlap.inspect(contextOf({ columns: patients(true), target: "y" }))).toEqual([]);
});

test("a key by its name is asked about where most of its values come back, though its rows do not know each other", async () => {
  const x = cells(ROWS, 1, "x", (random) => random.normal());
  const key = (known: number) =>
    cells(ROWS, 1, "t", (random, row) => (isTest(row) && random.next() >= known ? `new${random.integer(40)}` : `t${random.integer(40)}`));
  const [found] = await splitGroupOverlap.inspect(given({ customer_id: key(0.9), x, y: coin(ROWS) }));
  expect(found).toMatchObject({ columns: ["customer_id"], severity: "harmful", confidence: 0.45, choices: ["new", "same"] });
  expect(found!.evidence.share).toBeCloseTo(0.9, 1);
  expect(found!.why).toMatch(/may reward recognising/);
  expect(await splitGroupOverlap.inspect(given({ customer_id: key(0.2), x, y: coin(ROWS) }))).toEqual([]);
  expect(await splitGroupOverlap.inspect(given({ town: key(1), x, y: coin(ROWS) }))).toEqual([]);
});

test("of a sample, the groups of all rows count", async () => {
  const name = Array.from({ length: ROWS }, (_, row) => (isTest(row) && row % 4 !== 0 ? `n${row}` : `p${(ROWS - row) % TEST}`));
  const all = contextOf({ columns: { ...patients(true), patient_id: name }, target: "y", testRows: TEST, roles: { group: "patient_id" } });
  const [whole] = await splitGroupOverlap.inspect(all);
  // Loaded: test rows, and training rows of other groups.
  const known = new Set(name.slice(-TEST));
  const rowNumbers = Int32Array.from(name.keys()).filter((row) => isTest(row) || !known.has(name[row]!));
  const given = { columns: { ...patients(true), patient_id: name }, target: "y", testRows: TEST, roles: { group: "patient_id" } };
  const columns = Object.fromEntries(
    Object.entries(given.columns).map(([key, values]) => [key, Array.from(rowNumbers, (row) => values[row]!)]),
  );
  const loaded = contextOf({ ...given, columns });
  const training = { ...loaded.training!, dataset: all.training!.dataset };
  const sample = { ...loaded, dataset: all.dataset, frame: { ...loaded.frame, rowNumbers }, training, testOverlap: all.testOverlap };
  const [found] = await splitGroupOverlap.inspect(sample);
  expect(found).toMatchObject({ evidence: whole!.evidence, why: whole!.why, rows: { count: whole!.rows.count } });
  expect(found!.rows).not.toHaveProperty("estimated");
});

test("plates come back under any name, and under the name of a key that is no thing the lists know; lists of kinds do not", async () => {
  const letters = (random: { integer(below: number): number }) => "ABCDEFGHJK"[random.integer(10)]!;
  const own = createRandom(5, "plates");
  const two = () => letters(own) + letters(own);
  const plates = Array.from({ length: 60 }, () => `${two()}${100 + own.integer(900)}${two()}`);
  const x = cells(ROWS, 1, "x", (random) => random.normal());
  const of = (codes: readonly string[], skewed = false) =>
    cells(ROWS, 2, "t", (random) => codes[Math.floor(codes.length * (skewed ? random.next() ** 6 : random.next()))]!);
  const inspect = (name: string, codes: Cells) => splitGroupOverlap.inspect(given({ [name]: codes, x, y: coin(ROWS) }));
  expect(await inspect("targa", of(plates))).toMatchObject([{ columns: ["targa"], severity: "harmful", confidence: 0.4 }]);
  expect(await inspect("truck_id", of(plates))).toMatchObject([{ columns: ["truck_id"], severity: "harmful", confidence: 0.45 }]);
  expect(await inspect("postcode", of(plates))).toEqual([]);
  expect(await inspect("targa", of(plates, true))).toEqual([]);
  expect(await inspect("zona", of(Array.from({ length: 60 }, (_, place) => `Z${10 + place}`)))).toEqual([]);
});
