import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { Frame } from "../../src/core/column.ts";
import type { ColumnInfo, Dataset } from "../../src/core/dataset.ts";
import { loadFrame, openDataset } from "../../src/store/index.ts";
import { errorOf, optionsIn, temporaryFolder } from "./temporary.ts";

// To add a case, drop NAME.csv (or .tsv, .jsonl, .arff, ...) and NAME.expected.json into cases/.

interface Expected {
  /** Code of the error, "*" for any. */
  readonly error?: string;
  /** Regular expression that the message of the error matches. */
  readonly matches?: string;
  readonly rows?: number;
  readonly columns?: Record<string, string>;
  readonly columnList?: readonly (readonly [string, string])[];
  readonly missing?: Record<string, number>;
  readonly unparsed?: Record<string, ColumnInfo["unparsed"]>;
  readonly formats?: Record<string, string | null>;
  /** Regular expressions, each matched by one note. */
  readonly notes?: readonly string[];
  readonly why?: Record<string, string>;
  /** Cells of the first row as loadFrame gives them. */
  readonly first?: readonly (number | string | null)[];
}

const folder = fileURLToPath(new URL("cases/", import.meta.url));
const names = readdirSync(folder).filter((name) => !name.startsWith(".") && !name.endsWith(".expected.json"));
const options = optionsIn(temporaryFolder());

describe("files that users bring", () => {
  test.each(names)("%s", async (name) => {
    const expected = JSON.parse(readFileSync(join(folder, name.replace(/\.[a-z0-9]+$/, ".expected.json")), "utf8")) as Expected;
    const path = join(folder, name);
    if (expected.error !== undefined) {
      const error = await errorOf(() => openDataset(path, options));
      if (expected.error !== "*") expect(error.code).toBe(expected.error);
      expect(error.message).toContain(path);
      expect(error.message).toMatch(new RegExp(expected.matches ?? ""));
    } else {
      const dataset = await openDataset(path, options);
      check(dataset, expected);
      if (expected.first !== undefined) expect(firstRow(await loadFrame(dataset, options))).toEqual(expected.first);
    }
    expect(leftovers(options.dataFolder)).toEqual([]);
  });
});

function check(dataset: Dataset, expected: Expected): void {
  const list = dataset.columns.map((column) => [column.name, column.type] as const);
  expect(list).toEqual(expected.columnList ?? Object.entries(expected.columns ?? {}));
  expect(dataset.rows).toBe(expected.rows);
  const facts = <T>(pick: (column: ColumnInfo) => T) => new Map(dataset.columns.map((column) => [column.name, pick(column)]));
  for (const [name, missing] of Object.entries(expected.missing ?? {})) expect(facts((column) => column.missing).get(name)).toBe(missing);
  for (const [name, unparsed] of Object.entries(expected.unparsed ?? {}))
    expect(facts((column) => column.unparsed).get(name)).toEqual(unparsed);
  for (const [name, format] of Object.entries(expected.formats ?? {})) expect(facts((column) => column.dateFormat).get(name)).toBe(format);
  for (const [name, why] of Object.entries(expected.why ?? {})) expect(facts((column) => column.why).get(name)).toMatch(new RegExp(why));
  for (const note of expected.notes ?? []) expect(dataset.notes.join("\n")).toMatch(new RegExp(note));
}

function firstRow(frame: Frame): (number | string | null)[] {
  return frame.columns.map((column) => {
    if ("values" in column) return Number.isNaN(column.values[0]) ? null : column.values[0]!;
    return column.levels[column.codes[0]!] ?? null;
  });
}

function leftovers(dataFolder: string): string[] {
  try {
    return readdirSync(dataFolder).filter((name) => name.startsWith("."));
  } catch {
    return [];
  }
}
