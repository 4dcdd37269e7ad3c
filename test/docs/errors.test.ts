import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ERROR_CODES, type ErrorCode, OldhandError } from "../../src/core/error.ts";
import { ROOT, sources } from "../architecture/sources.ts";
import { literalAt, thrownErrors } from "./thrown.ts";

const page = readFileSync(join(ROOT, "docs/errors.md"), "utf8");
const entries = new Map(
  page
    .split(/^## /m)
    .slice(1)
    .map((entry) => [entry.split("\n")[0] ?? "", entry.slice(entry.indexOf("\n"))]),
);
const thrown = thrownErrors(sources());

test("every code has an entry and every entry is a code, in the same order", () => {
  expect([...entries.keys()]).toEqual([...ERROR_CODES]);
});

test("every code is thrown somewhere, or its entry says that it is reserved", () => {
  const used = new Set(thrown.flatMap(({ codes }) => codes));
  const idle = ERROR_CODES.filter((code) => !used.has(code) && !/^Reserved/m.test(entries.get(code) ?? ""));
  expect(idle).toEqual([]);
});

test("only known codes are thrown", () => {
  const known = new Set<string>(ERROR_CODES);
  expect(thrown.filter(({ codes }) => !codes.every((code) => known.has(code)))).toEqual([]);
});

describe.each([...entries])("%s", (code, entry) => {
  const example = /```\n([\s\S]*?)\n```/.exec(entry)?.[1] ?? "";

  test("says what it means before its example", () => {
    expect(entry.slice(0, entry.indexOf("```")).trim().length).toBeGreaterThan(20);
  });

  test("its example is laid out as the program prints it", () => {
    const { what, where, expected, got, fix } = partsOf(example);
    const optional = Object.entries({ where, expected, got, fix }).filter(([, text]) => text !== undefined);
    expect(new OldhandError(code as ErrorCode, { what, ...Object.fromEntries(optional) }).message).toBe(example);
  });

  test("its example is a message of the source", () => {
    const { what, fix } = partsOf(example);
    const places = thrown.filter(({ codes }) => codes.includes(code));
    const fits = (pattern: RegExp | null, text: string | undefined) => pattern === null || text === undefined || pattern.test(text);
    expect(places.some((place) => fits(place.what, what) && fits(place.fix, fix))).toBe(true);
  });
});

test("a literal of the source is read with its holes", () => {
  const hole = "$";
  const source = `x: \`There is no column "${hole}{name}".${hole}{near === null ? "" : \` Did you mean "${hole}{near}"?\`}\`, y`;
  const pattern = literalAt(source, 3);
  expect(pattern?.test('There is no column "a". Did you mean "b"?')).toBe(true);
  expect(pattern?.test('There is a column "a".')).toBe(false);
});

function partsOf(example: string): { what: string } & Record<"where" | "expected" | "got" | "fix", string | undefined> {
  const part = (label: string) => new RegExp(`^  ${label}: +(.*)$`, "m").exec(example)?.[1];
  const what = (example.split("\n")[0] ?? "").replace(/ \[[a-z-]+\]$/, "");
  return { what, where: part("where"), expected: part("expected"), got: part("got"), fix: part("do") };
}
