import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ROOT, sources } from "./sources.ts";

/** Room -> rooms that it may import, as decided. Types of core may be imported everywhere. */
const PAGE = "docs/decisions/0018-which-room-imports-which.md";
const TABLE = tableOf(readFileSync(join(ROOT, PAGE), "utf8"));

function tableOf(page: string): Record<string, readonly string[]> {
  const rows = [...page.matchAll(/^\| `([a-z]+)` \|(.*)\|$/gm)];
  return Object.fromEntries(rows.map(([, room, cell]) => [room, [...(cell ?? "").matchAll(/`([a-z]+)`/g)].map(([, name]) => name ?? "")]));
}

/** Files over 400 lines, each with its reason. */
const LONG: Record<string, string> = {};

/** Files of data that may import checks: the list of them, and the door of the room. */
const CHECK_USERS = new Set(["data/apart-worker.ts", "data/index.ts", "data/checks/index.ts"]);

const all = sources();

describe("the house", () => {
  const between = all.flatMap((source) =>
    source.imports
      .filter(({ target }) => target.includes("/") && target.endsWith(".ts"))
      .map(({ target, typeOnly }) => ({ path: source.path, from: source.room, to: target.split("/")[0] ?? "", target, typeOnly }))
      .filter(({ from, to, typeOnly }) => from !== "" && from !== to && !(typeOnly && to === "core")),
  );

  test("the rooms of the table are the folders under src", () => {
    expect(Object.keys(TABLE).sort()).toEqual([...new Set(all.map((source) => source.room).filter((room) => room !== ""))].sort());
  });

  test("rooms import only what the table allows", () => {
    expect(between.filter(({ from, to }) => !(TABLE[from] ?? []).includes(to)).map(({ path, target }) => `${path} -> ${target}`)).toEqual(
      [],
    );
  });

  test("the table allows nothing that no room does", () => {
    const used = new Set(between.map(({ from, to }) => `${from} -> ${to}`));
    const allowed = Object.entries(TABLE).flatMap(([from, names]) => names.map((to) => `${from} -> ${to}`));
    expect(allowed.filter((pair) => !used.has(pair))).toEqual([]);
  });

  test("a room is entered through its index, core and the two engines by their files", () => {
    const open = new Set(["core", "engine"]);
    const wrong = all.flatMap((source) =>
      source.imports
        .filter(({ target }) => target.endsWith(".ts") && target.includes("/"))
        .filter(({ target }) => {
          const room = target.split("/")[0] ?? "";
          return room !== source.room && !open.has(room) && !/^[a-z]+(\/[a-z]+)?\/index\.ts$/.test(target) && source.room !== "";
        })
        .filter(({ target, typeOnly }) => !(typeOnly && target === "lab/contracts.ts"))
        .map(({ target }) => `${source.path} -> ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  test("no import circles", () => {
    const graph = new Map(
      all.map((source) => [source.path, source.imports.filter(({ typeOnly }) => !typeOnly).map(({ target }) => target)]),
    );
    const circles: string[] = [];
    const done = new Set<string>();
    const walk = (path: string, trail: readonly string[]): void => {
      if (trail.includes(path)) circles.push([...trail.slice(trail.indexOf(path)), path].join(" -> "));
      else if (!done.has(path)) {
        for (const next of graph.get(path) ?? []) if (graph.has(next)) walk(next, [...trail, path]);
        done.add(path);
      }
    };
    for (const path of graph.keys()) walk(path, []);
    expect(circles).toEqual([]);
  });

  test("a check uses no other check; only their list names them", () => {
    const inside = all.filter(({ path }) => path.startsWith("data/"));
    const wrong = inside.flatMap(({ path, imports }) =>
      imports
        .filter(({ target }) => target.startsWith("data/checks/") && !CHECK_USERS.has(path))
        .map(({ target }) => `${path} -> ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  test("the folders of data use one another without a circle", () => {
    const folder = (path: string) => /^data\/([a-z]+)\//.exec(path)?.[1];
    const uses = new Map<string, Set<string>>();
    for (const { path, imports } of all)
      for (const { target } of imports) {
        const [from, to] = [folder(path), folder(target)];
        if (from !== undefined && to !== undefined && from !== to) uses.set(from, (uses.get(from) ?? new Set()).add(to));
      }
    expect(uses.size).toBeGreaterThan(1);
    const reached = (from: string, seen = new Set<string>()): Set<string> => {
      for (const next of uses.get(from) ?? []) if (!seen.has(next)) reached(next, seen.add(next));
      return seen;
    };
    expect([...uses.keys()].filter((name) => reached(name).has(name))).toEqual([]);
  });

  test("only the store touches files and SQL", () => {
    const wrong = all.filter(
      ({ room, imports }) =>
        room !== "store" && imports.some(({ target }) => /^(node:)?fs(\/promises)?$/.test(target) || target.startsWith("@duckdb/")),
    );
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  test("shared rooms name no kind of problem", () => {
    const kinds = /["'`](tabular|recommender|image)["'`]/;
    const wrong = all.filter(({ room, text }) => room !== "problems" && kinds.test(text));
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  test("named exports only", () => {
    const wrong = all.filter(({ text }) => /^export\s+(\*|default)/m.test(text));
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  test("files have at most 400 lines and half of them at most 120", () => {
    const lengths = all.map(({ path, text }) => ({ path, lines: text.split("\n").length }));
    expect(lengths.filter(({ path, lines }) => lines > 400 && !(path in LONG))).toEqual([]);
    const sorted = lengths.map(({ lines }) => lines).sort((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(120);
  });

  test("no drawer for leftovers", () => {
    expect(all.filter(({ path }) => /(^|\/)(utils?|helpers?|common|misc|legacy)(\/|\.ts)/.test(path)).map(({ path }) => path)).toEqual([]);
  });
});
