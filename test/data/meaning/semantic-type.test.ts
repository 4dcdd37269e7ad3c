import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { ColumnMeaning } from "../../../src/core/role.ts";
import { inferRoles } from "../../../src/data/index.ts";
import { CONFIDENCE, type Evidence, semanticType } from "../../../src/data/meaning/semantic-type.ts";
import { wilson } from "../../../src/stats/index.ts";
import { type Cells, contextOf } from "../checks/context.ts";

// Columns of public tables and of tables in several languages, labelled by hand: a few cells each. "@2024-01-31" is a date.
// The confidences were counted on learned.json; judged.json was looked at only afterwards.

interface Labelled {
  readonly name: string;
  readonly type: string;
  readonly cells: Cells;
}

interface Judged extends Labelled {
  readonly meaning: ColumnMeaning;
  readonly evidence: Evidence | "key";
}

function labelled(file: string): Labelled[] {
  const tables = JSON.parse(readFileSync(join(import.meta.dirname, "semantics", file), "utf8")) as Record<
    string,
    Record<string, Omit<Labelled, "name">>
  >;
  return Object.values(tables).flatMap((columns) => Object.entries(columns).map(([name, column]) => ({ name, ...column })));
}

/** As a run would tell it: the column beside a target, through the roles. */
function judge(column: Labelled): Judged {
  const isDate = column.cells.every((cell) => typeof cell === "string" && cell.startsWith("@"));
  const cells = isDate ? column.cells.map((cell) => Date.parse(String(cell).slice(1))) : column.cells;
  const columns = { [column.name]: cells, other: cells.map((_, i) => (i * i) % 7), y: cells.map((_, i) => i % 2) };
  const given = { columns, target: "y", ...(isDate ? { dates: [column.name] } : {}) };
  const { dataset, frame } = contextOf(given);
  const [first, ...rest] = frame.columns;
  const typed = "codes" in first! && isSentences(column.cells) ? { ...first, type: "text" as const } : first!;
  const meaning = inferRoles(dataset, { ...frame, columns: [typed, ...rest] }, { target: "y" }).meanings[column.name]!;
  return { ...column, meaning, evidence: meaning.type === "id" ? "key" : semanticType(typed).evidence };
}

/** The store's rule for free text. */
function isSentences(cells: Cells): boolean {
  const mean = (measure: (cell: string) => number) => cells.reduce<number>((sum, cell) => sum + measure(String(cell)), 0) / cells.length;
  return mean((cell) => cell.length) >= 20 && mean((cell) => cell.split(" ").length - 1) >= 2;
}

const counted = (judged: readonly Judged[]) => {
  const kinds = [...Object.keys(CONFIDENCE), "key"] as (Evidence | "key")[];
  return kinds.map((kind) => {
    const of = judged.filter(({ evidence }) => evidence === kind);
    return { kind, right: of.filter(({ type, meaning }) => type === meaning.type).length, all: of.length };
  });
};

test("what the confidences were counted on is still told as then", () => {
  expect(counted(labelled("learned.json").map(judge))).toEqual([
    { kind: "spelt", right: 3, all: 3 },
    { kind: "named", right: 21, all: 21 },
    { kind: "shaped", right: 10, all: 10 },
    { kind: "rest", right: 4, all: 5 },
    { kind: "key", right: 3, all: 3 },
  ]);
});

test("other columns are told right as often as the confidence says", () => {
  const judged = labelled("judged.json").map(judge);
  const right = judged.filter(({ type, meaning }) => type === meaning.type).length;
  const stated = judged.reduce((sum, { meaning }) => sum + meaning.confidence, 0) / judged.length;
  expect(wilson(right, judged.length, 0.95).high).toBeGreaterThanOrEqual(stated);
  expect(right / judged.length).toBeGreaterThanOrEqual(0.9);
  for (const { meaning } of judged) expect(meaning.why).not.toBe("");
});

describe("units", () => {
  const unitOf = (name: string, cells: Cells) =>
    semanticType(contextOf({ columns: { [name]: cells, y: cells.map((_, i) => i % 2) }, target: "y" }).frame.columns[0]!);

  test.each([
    ["weight_kg", [1.5, 2.5, 3], "quantity", "kg"],
    ["priceEUR", [1.5, 2.5, 3], "money", "EUR"],
    ["answerTimeMs", [15, 250, 31], "duration", "ms"],
    ["load", ["12 kg", "7,5 kg", "1.200 kg"], "quantity", "kg"],
    ["paid", ["€ 12,50", "€ 3", "€ 1.200"], "money", "EUR"],
    ["ran", ["PT5M", "PT1H30M", "P2D"], "duration", "ISO 8601"],
    ["seen", [1700000000, 1700086400, 1701086400], "quantity", null],
    ["seen_time", [1700000000, 1700086400, 1701086400], "date", "seconds since 1970"],
    ["where", ["POINT(13.4 52.5)", "POINT(11.5 48.1)", "POINT (8.6 50.1)"], "geo", null],
  ] as const)("%s %j", (name, cells, type, unit) => {
    expect(unitOf(name, cells)).toMatchObject({ type, unit });
  });

  test("what only looks alike is not taken for it", () => {
    expect(unitOf("latitude", [1500, 2500, 3000]).type).toBe("quantity");
    expect(unitOf("phone", [1, 2, 3, 4, 5]).type).not.toBe("phone");
    expect(unitOf("mail", ["yes", "no", "yes"]).type).toBe("category");
    expect(unitOf("url", [12, 15, 90]).type).toBe("quantity");
    expect(unitOf("size", ["12 apples", "3 pears", "9 plums"]).type).toBe("category");
  });

  test("several words are a name where they come back, and a text where they hardly do", () => {
    const names = Array.from({ length: 40 }, (_, i) => `NEW YORK - SHOP ${i}`);
    const often = Array.from({ length: 400 }, (_, row) => names[row % 40]!);
    expect(unitOf("a", names).type).toBe("text");
    expect(unitOf("a", often).type).toBe("category");
  });

  test("an empty column has a meaning too", () => {
    for (const cells of [
      [null, null, null],
      ["", "", ""],
    ])
      expect(unitOf("a", cells).why).not.toBe("");
  });
});

test.each([
  ["wind km/h", "quantity", "km/h"],
  ["wind_km_h", "quantity", "km/h"],
  ["Drgania mm/s", "quantity", "mm/s"],
  ["wind_speed_ms", "quantity", "m/s"],
  ["latency_ms", "duration", "ms"],
  ["wait_h", "duration", "h"],
  ["trip_min_h", "duration", "h"],
])("%s: the unit at the end of the name", (name, type, unit) => {
  const { frame } = contextOf({ columns: { [name]: [1.5, 2.25, 3.75, 8.5], y: [0, 1, 0, 1] }, target: "y" });
  expect(semanticType(frame.columns[0]!)).toMatchObject({ type, unit });
});
