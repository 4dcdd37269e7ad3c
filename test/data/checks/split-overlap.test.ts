import { describe, expect, test } from "vitest";
import { createRandom, type Random } from "../../../src/core/random.ts";
import type { AuditContext } from "../../../src/data/check.ts";
import { splitOverlap } from "../../../src/data/checks/split-overlap.ts";
import { type Cells, coin, contextOf, type Given } from "./context.ts";
import { coarse, measured, ROWS, withCopies } from "./copied-tables.ts";

test("test rows that stand in the training rows are found", async () => {
  const [found] = await splitOverlap.inspect(contextOf({ columns: withCopies(measured(), 100), target: "y", testRows: 200 }));
  expect(found).toMatchObject({ severity: "blocker", evidence: { overlappingTestRows: 100, share: 0.5 } });
  expect(await splitOverlap.inspect(contextOf({ columns: measured(), target: "y", testRows: 200 }))).toEqual([]);
  const [chance] = await splitOverlap.inspect(contextOf({ columns: coarse(), target: "y", testRows: 200 }));
  expect(chance).toMatchObject({ severity: "cosmetic" });
});

test("the training data once more as the test set is a blocker without a price: nothing would be left to train on", async () => {
  const [same] = await splitOverlap.inspect(contextOf({ columns: withCopies(coarse(), ROWS), target: "y", testRows: ROWS }));
  expect(same).toMatchObject({ severity: "blocker", confidence: 1, question: null, counterfactual: null, fix: { action: "advice" } });
  expect(same!.why).toContain(`row by row: ${ROWS} of ${ROWS} test rows (100 %)`);
  expect(same!.unmeasured).toContain("none is left to learn from");
  const turned = Object.fromEntries(
    Object.entries(measured()).map(([name, column]) => [name, [...column, ...column.toReversed(), column[0]!]]),
  );
  const [all] = await splitOverlap.inspect(contextOf({ columns: turned, target: "y", testRows: ROWS + 1 }));
  expect(all).toMatchObject({ severity: "blocker", counterfactual: null, evidence: { leavesNone: true } });
});

describe("of a sample", () => {
  /** Every fifth row is loaded: of a copy and its original one or none, since the number of training rows is no multiple of five. */
  const sampled = (given: Given): AuditContext => {
    const whole = contextOf(given);
    const { dataset, frame, target, testRows, training, testOverlap } = whole;
    const rowNumbers = Int32Array.from({ length: Math.ceil(frame.rows / 5) }, (_, row) => 5 * row);
    const from = frame.rows - testRows!.length;
    const loaded = contextOf({
      ...given,
      columns: Object.fromEntries(Object.entries(given.columns).map(([name, cells]) => [name, cells.filter((_, row) => row % 5 === 0)])),
      testRows: rowNumbers.filter((row) => row >= from).length,
    });
    return {
      ...loaded,
      dataset,
      frame: { ...loaded.frame, rowNumbers },
      training: { ...loaded.training!, dataset: training!.dataset },
      testOverlap,
      target: target.filter((_, row) => row % 5 === 0),
    };
  };
  const odd = () => measured(ROWS + 1);

  test("equal rows are counted over all rows, though the sample holds none of them twice", async () => {
    const [found, ...more] = await splitOverlap.inspect(sampled({ columns: withCopies(odd(), 26), target: "y", testRows: 200 }));
    expect(more).toEqual([]);
    expect(found).toMatchObject({ rows: { count: 26 }, evidence: { overlappingTestRows: 26, testRows: 200, share: 0.13, equalPairs: 0 } });
    expect(found!.rows).not.toHaveProperty("estimated");
    expect(found!.rows.sample[0]).toBe(ROWS + 1);
    expect(found!.why).toContain("26 of 200 test rows (13 %)");
    expect(await splitOverlap.inspect(sampled({ columns: odd(), target: "y", testRows: 200 }))).toEqual([]);
  });

  test("the training data once more is seen as such, and only when nothing differs", async () => {
    const columns = withCopies(odd(), ROWS + 1);
    const look = (given: Record<string, Cells>) => splitOverlap.inspect(sampled({ columns: given, target: "y", testRows: ROWS + 1 }));
    expect(await look(columns)).toMatchObject([{ severity: "blocker", confidence: 1, question: null, evidence: { leavesNone: true } }]);
    const turned = Object.fromEntries(Object.entries(odd()).map(([name, column]) => [name, [...column, ...column.toReversed()]]));
    const [again] = await look(turned);
    expect(again).toMatchObject({ severity: "blocker", evidence: { leavesNone: true, overlappingTestRows: ROWS + 1 } });
    expect(again!.why).not.toContain("row by row");
    const other = columns.y!.map((label, row) => (row === 7 ? (label === "yes" ? "no" : "yes") : label));
    const [one] = await look({ ...columns, y: other });
    expect(one!.evidence).not.toHaveProperty("leavesNone");
    expect(one!.why).not.toContain("row by row");
  });
});

describe("test rows that are nearly training rows", () => {
  const TRAINED = 400;
  const TESTED = 150;

  type Row = readonly (number | string)[];

  /** Rows as drawn; of the test rows, which come last, the first `copies` are training rows with noise. */
  const look = async (draw: (random: Random) => Row, copies: number, noisy: (row: Row, random: Random) => Row) => {
    const random = createRandom(1, "near overlap");
    const rows = Array.from({ length: TRAINED + TESTED }, () => draw(random));
    for (let i = 0; i < copies; i++) rows[TRAINED + i] = noisy(rows[2 * i]!, random);
    const columns: Record<string, Cells> = Object.fromEntries(rows[0]!.map((_, i) => [`c${i}`, rows.map((row) => row[i]!)]));
    return await splitOverlap.inspect(contextOf({ columns: { ...columns, y: coin(rows.length) }, target: "y", testRows: TESTED }));
  };
  const measurements = (random: Random) => Array.from({ length: 5 }, () => random.normal());
  const noise = (size: number) => (row: Row, random: Random) => row.map((cell) => Number(cell) + size * random.normal());

  test.each([
    [6, "harmful"],
    [40, "blocker"],
    [TESTED, "blocker"],
  ])("%d of 150 are found among measurements, and asked about", async (copies, severity) => {
    const [found, ...more] = await look(measurements, copies, noise(0.001));
    expect(more).toEqual([]);
    expect(found).toMatchObject({
      severity,
      choices: ["copies", "own"],
      evidence: { testRows: TESTED, columns: 5 },
      fix: { action: "advice" },
    });
    expect(found!.evidence.nearTestRows).toBeGreaterThanOrEqual(0.95 * copies - 1);
    expect(found!.counterfactual).toMatchObject({ change: "judged-rows", flatters: true });
    const { without } = found!.counterfactual as unknown as { without: number[] };
    expect(without.filter((row) => row >= TRAINED + copies).length).toBeLessThanOrEqual(1);
    expect(Math.min(...without)).toBeGreaterThanOrEqual(TRAINED);
    expect(found!.confidence).toBeGreaterThan(0.8);
  });

  test("equal rows are told as such, beside those that are nearly equal", async () => {
    const found = await look(measurements, 60, (row, random) => (random.next() < 0.5 ? row : noise(0.001)(row, random)));
    const [equal, near] = found.map(({ evidence }) => Number(evidence.overlappingTestRows ?? evidence.nearTestRows));
    expect(found.length).toBe(2);
    expect(equal! + near!).toBeGreaterThanOrEqual(58);
    expect(equal! + near!).toBeLessThanOrEqual(60);
  });

  test("where one column alone is measured it asks", async () => {
    const draw = (random: Random) => [random.normal(), "abc"[random.integer(3)]!, random.integer(5), random.integer(4)];
    const [found] = await look(draw, 60, ([m, ...rest], random) => [Number(m) + 0.0005 * random.normal(), ...rest]);
    expect(found).toMatchObject({ columns: ["c0"], severity: "blocker", evidence: { along: "c0" } });
    expect(found!.confidence).toBeLessThan(0.5);
    expect(await look(draw, 0, (row) => row)).toEqual([]);
  });

  test("where all are coarse, the digits of their noise tell", async () => {
    const draw = (random: Random) => [Math.round(100 * random.normal()) / 10, random.integer(40), random.integer(30)];
    const digits = (row: Row, random: Random) => noise(0.001)(row, random).map((cell) => Number(Number(cell).toFixed(4)));
    const [found] = await look(draw, TESTED, digits);
    expect(found).toMatchObject({ severity: "blocker", rows: { count: TESTED } });
    expect(await look(draw, TESTED, (_, random) => digits(draw(random), random))).toEqual([]);
  });

  test.each<[string, (random: Random) => Row]>([
    ["measurements", measurements],
    ["related ones", (random) => ((shared) => Array.from({ length: 6 }, () => shared + 0.1 * random.normal()))(random.normal())],
    ["long tails", (random) => Array.from({ length: 4 }, () => Math.exp(2 * random.normal()))],
    [
      "two clouds of unlike density",
      (random) => ((scale) => Array.from({ length: 5 }, () => scale * random.normal()))(random.next() < 0.5 ? 1 : 0.01),
    ],
  ])("silent without copies: %s", async (_, draw) => {
    expect(await look(draw, 0, (row) => row)).toEqual([]);
  });

  test("near copies within the test set alone are none", async () => {
    const random = createRandom(4, "within");
    const rows = Array.from({ length: 600 }, () => measurements(random));
    for (let i = 0; i < 50; i++) rows[599 - i] = rows[549 - i]!.map((cell) => cell + 0.001 * random.normal());
    const columns = Object.fromEntries(rows[0]!.map((_, i) => [`c${i}`, rows.map((row) => row[i]!)]));
    expect(await splitOverlap.inspect(contextOf({ columns: { ...columns, y: coin(600) }, target: "y", testRows: 150 }))).toEqual([]);
  });
});
