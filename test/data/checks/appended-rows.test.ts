import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { appendedRows } from "../../../src/data/checks/appended-rows.ts";
import { findingTitle } from "../../../src/report/words/trap.ts";
import { type Cells, coin, contextOf, type Given } from "./context.ts";

const ROWS = 800;
const random = createRandom(6, "appended");
const numbers = (make: (row: number) => number | string | null) => Array.from({ length: ROWS }, (_, row) => make(row));
const look = (columns: Record<string, Cells>, more: Partial<Given> = {}) =>
  appendedRows.inspect(contextOf({ columns: { ...columns, y: coin(ROWS) }, target: "y", ...more }));
const noise = numbers(() => random.normal());
const town = numbers(() => `t${random.integer(5)}`);

describe("found", () => {
  test("a tenth at the end with other values, fewer decimals and other names", async () => {
    const isOther = (row: number) => row >= 720;
    const [found] = await look({
      amount: numbers((row) => (isOther(row) ? Math.round(60 + 9 * random.normal()) : 50 + 10 * random.normal())),
      kind: numbers((row) => (isOther(row) ? ["A", "B"] : ["a", "b", "c"])[random.integer(2)]!),
      gaps: numbers((row) => (isOther(row) && random.next() < 0.6 ? null : random.normal())),
      noise,
      town,
    });
    expect(found).toMatchObject({ trap: "appended-rows", severity: "harmful", evidence: { atEnd: true } });
    expect(findingTitle(found!)).toBe("Rows of another source at the end of the file");
    expect([...found!.columns].sort()).toEqual(["amount", "gaps", "kind"]);
    expect(Number(found!.evidence.fromRow)).toBeGreaterThan(690);
    expect(Number(found!.evidence.fromRow)).toBeLessThan(750);
  });

  test("a quarter at the start, weaker: shifted by one deviation, and gaps that only it has", async () => {
    const isOther = (row: number) => row < 200;
    const [found] = await look({
      a: numbers((row) => (isOther(row) ? 1 : 0) + random.normal()),
      b: numbers((row) => (isOther(row) && random.next() < 0.4 ? null : random.normal())),
      c: numbers((row) => (isOther(row) ? -1 : 0) + random.normal()),
      noise,
    });
    expect(found).toMatchObject({ columns: ["a", "b", "c"], evidence: { atEnd: false } });
    expect(found!.confidence).toBeGreaterThan(0.8);
    expect(findingTitle(found!)).toBe("Rows of another source at the start of the file");
  });

  test("not for rows without any value, which are told by themselves", async () => {
    const cut = (empty: number) =>
      Object.fromEntries(Array.from("abcdef", (name) => [name, numbers((row) => (row >= ROWS - empty ? null : random.normal()))] as const));
    const context = (empty: number) =>
      contextOf({ columns: { ...cut(empty), y: coin(ROWS).map((label, row) => (row >= ROWS - empty ? null : label)) }, target: "y" });
    expect(await appendedRows.inspect(context(30))).toEqual([]);
  });

  test("the target alone, over a short end, is asked about; not where the end is one of many blocks", async () => {
    const isOther = (row: number) => row >= 765;
    const columns = {
      noise,
      y: numbers((row) => (isOther(row) ? 20 : 10) + 2 * random.normal()),
    };
    const lookAt = (more: Record<string, Cells>) =>
      appendedRows.inspect(contextOf({ columns: { ...columns, ...more }, target: "y", task: { kind: "regression" } }));
    expect(await lookAt({})).toMatchObject([
      {
        columns: ["y"],
        confidence: 0.4,
        rows: { count: expect.closeTo(35, -1) },
        question: expect.stringContaining("another source"),
        evidence: { atEnd: true },
      },
    ]);
    expect(await lookAt({ state: numbers((row) => `s${Math.floor(row / 35)}`) })).toEqual([]);
  });

  test("one number alone, over a short end, is asked about; not where it is one of many ends, or in the order of a time", async () => {
    const camera = (from: number, factor = 1.9) => numbers((row) => 100 * (row >= from ? factor : 1) + 12 * random.normal());
    const lookAt = (more: Record<string, Cells>) =>
      appendedRows.inspect(contextOf({ columns: { noise, y: coin(ROWS), ...more }, target: "y" }));
    expect(await lookAt({ light: camera(750) })).toMatchObject([
      { columns: ["light"], confidence: 0.4, rows: { count: expect.closeTo(50, -1) }, evidence: { atEnd: true, columnsShifted: 1 } },
    ]);
    expect(await lookAt({ light: camera(750, 1.02) })).toEqual([]);
    expect(await lookAt({ light: numbers((row) => 100 + 90 * (Math.floor(row / 50) % 2) + 12 * random.normal()) })).toEqual([]);
    expect(await lookAt({ light: camera(750), state: numbers((row) => `s${Math.floor(row / 35)}`) })).toEqual([]);
  });

  test("numbers of the same worth that one part rounds, those to be told among them; not where two do, nor where classes are numbers", async () => {
    const whole = (step: number) =>
      numbers((row) => step * (row < 100 ? Math.ceil(30 * random.next()) * 5 : Math.ceil(150 * random.next())));
    const rounded = (columns: Record<string, Cells>) => appendedRows.inspect(contextOf({ columns: { ...columns, noise }, target: "y" }));
    const [found] = await rounded({ weight: whole(10), minutes: whole(1), y: whole(1) });
    expect(found).toMatchObject({ columns: ["weight", "minutes", "y"], evidence: { atEnd: false } });
    expect(found!.evidence.shifts).toContainEqual(expect.objectContaining({ column: "weight", aspect: "rounding" }));
    expect(Number(found!.evidence.fromRow)).toBeGreaterThan(70);
    expect(Number(found!.evidence.fromRow)).toBeLessThan(130);
    expect(await rounded({ minutes: whole(1), y: whole(1) })).toEqual([]);
    const classes = numbers((row) => Number(row < 100));
    expect(await rounded({ weight: whole(10), minutes: whole(1), y: classes })).toEqual([]);
  });

  test("less sure where a column names the parts", async () => {
    const isOther = (row: number) => row >= 600;
    const [found] = await look({
      source: numbers((row) => (isOther(row) ? "new" : "old")),
      a: numbers((row) => (isOther(row) ? 2 : 0) + random.normal()),
      b: numbers((row) => (isOther(row) ? 2 : 0) + random.normal()),
      noise,
    });
    expect(found).toMatchObject({ evidence: { separator: "source" }, question: expect.stringContaining("another source") });
    expect(found!.confidence).toBeLessThan(0.5);
  });
});

describe("silent", () => {
  test.each<[string, Record<string, Cells>]>([
    ["rows in no order", { noise, town, more: numbers(() => Math.exp(random.normal())) }],
    ["a drift", { a: numbers((row) => row / 200 + random.normal()), b: numbers((row) => -row / 150 + random.normal()), town }],
    [
      "sorted by a column that others follow",
      { key: numbers((row) => Math.floor(row / 100)), a: numbers((row) => Math.floor(row / 100) + random.normal()), town },
    ],
    [
      "a wave",
      { a: numbers((row) => 3 * Math.sin(row / 60) + random.normal()), b: numbers((row) => 3 * Math.cos(row / 60) + random.normal()) },
    ],
    [
      "sorted by a kind that three parts are of",
      {
        kind: numbers((row) => ["x", "y", "z"][Math.floor(row / 270)]!),
        a: numbers((row) => (row >= 540 ? 4 : 0) + random.normal()),
        b: numbers((row) => (row >= 540 ? 4 : 0) + random.normal()),
      },
    ],
    [
      "sorted by a column, and one that follows it",
      { key: numbers((row) => (row > 300 ? "x" : "y")), a: numbers((row) => (row > 300 ? 3 : 0) + random.normal()), noise, town },
    ],
    ["one column that changes", { a: numbers((row) => (row > 500 ? 3 : 0) + random.normal()), noise, town }],
    [
      "groups of rows",
      {
        id: numbers((row) => `g${Math.floor(row / 40)}`),
        a: numbers((row) => ((row / 40) | 0) % 7),
        b: numbers((row) => ((row / 40) | 0) % 5),
      },
    ],
  ])("%s", async (_, columns) => {
    expect(await look(columns)).toEqual([]);
  });

  test("100 columns of chance, three times", async () => {
    for (let seed = 0; seed < 3; seed++) {
      const chance = createRandom(seed, "chance");
      const columns = Object.fromEntries(
        Array.from({ length: 100 }, (_, i) => [`c${i}`, numbers(() => (i % 2 === 0 ? chance.normal() : `l${chance.integer(4)}`))]),
      );
      expect(await look(columns)).toEqual([]);
    }
  });
});
