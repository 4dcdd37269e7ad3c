import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { SEVERITIES, type Suspicion } from "../../src/core/finding.ts";
import { canonicalJson } from "../../src/core/json.ts";
import { createRandom } from "../../src/core/random.ts";
import { TRAPS } from "../../src/core/trap.ts";
import type { AuditContext } from "../../src/data/check.ts";
import { CHECKS } from "../../src/data/index.ts";
import { ROOT } from "../architecture/sources.ts";
import { type Cells, contextOf, honestColumns, honestTable, numbers, tableOf } from "../data/table.ts";
import { tableThatTrips, trippingContext } from "./tripping-tables.ts";

type Columns = readonly (readonly [string, Cells])[];

/** A table that trips as many checks as it can. */
function troubledColumns(rows: number, seed: number): Columns {
  const random = createRandom(seed, "troubled");
  const honest = honestColumns(rows, random);
  const label = (honest.at(-1)?.[1] ?? []).map((cell) => Number(cell === "yes"));
  return [
    ["row_id", numbers(rows, (i) => i + 1)],
    ["visit_duration", label.map((y) => y * 1.5 + random.normal())],
    ["copy", label.map((y) => 100 * y + random.integer(10))],
    ["constant", label.map(() => "same")],
    ["empty", label.map(() => null)],
    ["code", label.map(() => (random.next() < 0.3 ? -999 : random.integer(100)))],
    ["word", label.map(() => (random.next() < 0.2 ? "?" : `w${random.integer(4)}`))],
    ["city", label.map(() => ["Paris", "paris ", "Rome", "Oslo"][random.integer(4)] ?? "")],
    ["gone", label.map((y) => (y === 1 && random.next() < 0.8 ? null : random.normal()))],
    ["patient", numbers(rows, (i) => i).map((i) => `p${Math.floor(i / 6)}`)],
    ["seen", numbers(rows, (i) => i).map((i) => new Date(Date.UTC(2024, 0, 1 + i)))],
    ["__proto__", numbers(rows, () => random.normal())],
    ["constructor", numbers(rows, () => random.integer(3)).map((i) => `c${i}`)],
    ["", numbers(rows, () => random.normal())],
    ...honest,
  ];
}

async function inspectAll(columns: Columns, target: string): Promise<Map<string, readonly Suspicion[]>> {
  const context = contextOf(tableOf(columns), target);
  const found = new Map<string, readonly Suspicion[]>();
  for (const check of CHECKS) found.set(check.trap, await check.inspect(context));
  return found;
}

test("every check has a trap of its own and a title", () => {
  const traps = CHECKS.map(({ trap }) => trap);
  expect(new Set(traps).size).toBe(traps.length);
  for (const { trap, title } of CHECKS) {
    expect(TRAPS).toContain(trap);
    expect(title).not.toBe("");
  }
});

describe("the catalogue, the checks and their tests are one list", () => {
  const filesIn = (folder: string, ending: string) =>
    readdirSync(join(ROOT, folder)).flatMap((file) => (file.endsWith(ending) ? [file.slice(0, -ending.length)] : []));
  const ids = [...TRAPS].sort();

  test("each id of the catalogue has a file of its own", () => {
    const files = filesIn("src/data/checks", ".ts").filter((name) => name !== "index");
    expect(files.sort()).toEqual(ids);
    for (const id of ids) expect(readFileSync(join(ROOT, `src/data/checks/${id}.ts`), "utf8")).toContain(`trap: "${id}"`);
  });

  test("and is in the list of checks", () => {
    expect(CHECKS.map(({ trap }) => trap).sort()).toEqual(ids);
  });

  test("and has a test of its own that looks for it", () => {
    const tests = new Set(filesIn("test/data/checks", ".test.ts"));
    expect(ids.filter((id) => !tests.has(id))).toEqual([]);
    for (const id of ids)
      expect(readFileSync(join(ROOT, `test/data/checks/${id}.test.ts`), "utf8"), id).toMatch(
        new RegExp(`data/checks/${id}\\.ts"|trap: "${id}"`),
      );
  });
});

describe("every check is silent on honest tables", () => {
  test.each([
    ["", 0],
    [", with a quarter of the rows to test", 0.25],
  ])("of 300 and 1,000 rows%s", async (_, share) => {
    const said: string[] = [];
    for (const rows of [300, 1000])
      for (const seed of [1, 2, 3]) {
        const kept = Math.round(rows * (1 - share));
        const testRows = share === 0 ? null : Int32Array.from({ length: rows - kept }, (_row, i) => kept + i);
        const context = contextOf(honestTable(rows, seed), "bought", { testRows });
        for (const check of CHECKS) for (const { trap, why } of await check.inspect(context)) said.push(`${rows} ${seed} ${trap}: ${why}`);
      }
    expect(said).toEqual([]);
  });
});

describe("on a table that trips it", () => {
  test.each(CHECKS.map((check) => [check.trap, check] as const))(
    "%s: well formed, again the same, in any order of columns",
    async (trap, check) => {
      const tripping = await tableThatTrips(check);
      const context = trippingContext(tripping, tripping.columns);
      const before = contentsOf(context);
      const found = await check.inspect(context);
      expect(found.length).toBeGreaterThan(0);
      expectWellFormed(found, tripping.columns);
      expect(found.map((suspicion) => suspicion.trap)).toEqual(found.map(() => trap));
      expect(contentsOf(context)).toBe(before);
      expect(canonicalJson(await check.inspect(context))).toBe(canonicalJson(found));
      const turned = trippingContext(tripping, [...tripping.columns].reverse());
      expect(summaryOf(await check.inspect(turned))).toEqual(summaryOf(found));
    },
  );
});

/** All that a check is given and must leave as it is. */
function contentsOf({ frame, roles, target }: AuditContext): string {
  const columns = frame.columns.map((column) => ({
    ...column,
    ...("values" in column ? { values: [...column.values].map(String) } : { codes: [...column.codes] }),
  }));
  return canonicalJson({ columns, roles, target: [...target].map(String) });
}

function summaryOf(found: readonly Suspicion[]): string[] {
  return found.map(({ trap, columns, severity }) => `${trap} ${severity} ${[...columns].sort().join(",")}`).sort();
}

function expectWellFormed(found: readonly Suspicion[], columns: Columns): void {
  const names = columns.map(([name]) => name);
  for (const suspicion of found) {
    expect(suspicion.confidence).toBeGreaterThanOrEqual(0);
    expect(suspicion.confidence).toBeLessThanOrEqual(1);
    expect(SEVERITIES).toContain(suspicion.severity);
    expect(suspicion.why.length).toBeGreaterThan(20);
    expect(Object.keys(suspicion.evidence).length).toBeGreaterThan(0);
    expect(suspicion.columns.every((name) => names.includes(name))).toBe(true);
    expect(JSON.parse(JSON.stringify(suspicion))).toEqual(suspicion);
    expect(suspicion.rows.count).toBeGreaterThanOrEqual(suspicion.rows.sample.length);
  }
}

describe("on a table full of trouble, with names that are no plain words", () => {
  const columns = troubledColumns(420, 1);

  test("what checks say is well formed, and the order of the columns is irrelevant to it", async () => {
    const found = [...(await inspectAll(columns, "bought")).values()].flat();
    expect(found.length).toBeGreaterThan(8);
    expectWellFormed(found, columns);
    const turned = createRandom(2, "turn").shuffle([...columns]);
    expect(summaryOf([...(await inspectAll(turned, "bought")).values()].flat())).toEqual(summaryOf(found));
  });
});

describe("nothing throws on", () => {
  const label = numbers(40, (i) => i % 2);
  const nothing = label.map(() => null);
  test.each<[string, Columns, string]>([
    [
      "columns without a value",
      [
        ["a", nothing],
        ["b", nothing],
        ["y", label],
      ],
      "y",
    ],
    [
      "columns of one value",
      [
        ["a", label.map(() => 1)],
        ["b", label.map(() => "x")],
        ["y", label],
      ],
      "y",
    ],
    [
      "two rows of each class",
      [
        ["a", [1, 2, 3, 4]],
        ["b", ["p", "q", "p", null]],
        ["y", [0, 1, 0, 1]],
      ],
      "y",
    ],
    [
      "labels missing nearly everywhere",
      [
        ["a", numbers(40, (i) => i * i)],
        ["y", label.map((y, i) => (i < 4 ? y : null))],
      ],
      "y",
    ],
    [
      "a number as target",
      [
        ["a", numbers(40, (i) => i % 7)],
        ["b", nothing],
        ["y", numbers(40, (i) => i * 1.5)],
      ],
      "y",
    ],
    [
      "several classes",
      [
        ["a", numbers(40, (i) => i % 7)],
        ["y", numbers(40, (i) => i % 3).map((i) => `c${i}`)],
      ],
      "y",
    ],
    [
      "infinite and huge numbers",
      [
        ["a", numbers(40, (i) => (i % 5 === 0 ? Number.POSITIVE_INFINITY : 1e308))],
        ["y", label],
      ],
      "y",
    ],
    [
      "a target named __proto__",
      [
        ["constructor", numbers(40, (i) => i % 7)],
        ["__proto__", label],
      ],
      "__proto__",
    ],
  ])("%s", async (_, columns, target) => {
    for (const suspicion of [...(await inspectAll(columns, target)).values()].flat())
      expect(Number.isFinite(suspicion.confidence)).toBe(true);
  });
});
