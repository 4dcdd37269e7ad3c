import { describe, expect, test } from "vitest";
import { missingnessLeak } from "../../../src/data/checks/missingness-leak.ts";
import { type Cells, cells, contextOf } from "./context.ts";

const ROWS = 1500;
const SITES = ["a", "b", "c", "d", "e"];
const site = cells(ROWS, 7, "site", (random) => SITES[random.integer(SITES.length)] ?? null);
const at = (row: number) => SITES.indexOf(String(site[row]));
const draw = (
  label: string,
  share: (row: number) => number,
  value: (random: { normal(): number }) => number | string = (r) => r.normal(),
) => cells(ROWS, 7, label, (random, row) => (random.next() < share(row) ? null : value(random)));
const classes = (share: (row: number) => number) => cells(ROWS, 7, "y", (random, row) => (random.next() < share(row) ? "yes" : "no"));
const look = (columns: Record<string, Cells>) => missingnessLeak.inspect(contextOf({ columns, target: "y" }));

describe("silent where another column accounts for it", () => {
  test("what only some kinds of things have, where the name of the column says that they are kinds", async () => {
    const names = ["flat", "house", "terrace"];
    const kinds = cells(ROWS, 8, "kinds", (random) => names[random.integer(3)]!);
    const price = cells(ROWS, 8, "price", (random, row) => 3 * names.indexOf(String(kinds[row])) + 2 * random.normal());
    const floor = cells(ROWS, 8, "floor", (random, row) => (kinds[row] === "flat" ? 1 + random.integer(9) : null));
    const of = (kind: string) => missingnessLeak.inspect(contextOf({ columns: { floor, [kind]: kinds, price }, target: "price" }));
    expect(await of("seen")).toMatchObject([{ columns: ["floor"] }]);
    expect(await of("typ")).toEqual([]);
  });

  const y = classes((row) => (at(row) < 2 ? 0.75 : 0.2));
  const lab = draw("lab", (row) => (at(row) < 2 ? 0.85 : 0.05));

  test("values missing at sites whose outcome is another", async () => {
    expect(await look({ lab, y })).toMatchObject([{ columns: ["lab"] }]);
    expect(await look({ lab, site, y })).toEqual([]);
  });

  test("and in years, of a number to be predicted", async () => {
    const year = cells(ROWS, 7, "year", (random) => 2000 + random.integer(12));
    const price = cells(ROWS, 7, "price", (random, row) => Number(year[row]) / 3 + random.normal());
    const rooms = draw("rooms", (row) => (Number(year[row]) < 2005 ? 0.8 : 0.05));
    const of = (columns: Record<string, Cells>) => missingnessLeak.inspect(contextOf({ columns: { ...columns, price }, target: "price" }));
    expect(await of({ rooms })).toMatchObject([{ columns: ["rooms"] }]);
    expect(await of({ rooms, year })).toEqual([]);
  });

  test("and in the years of a column that orders the rows, which is no feature", async () => {
    const day = cells(ROWS, 7, "day", (_, row) => Date.UTC(2000, 0, 1 + row));
    const early = (row: number) => row < 600;
    const outcome = classes((row) => (early(row) ? 0.75 : 0.2));
    const test = draw("test", (row) => (early(row) ? 0.85 : 0.05));
    const given = { columns: { test, day, y: outcome }, target: "y", dates: ["day"] };
    expect(await missingnessLeak.inspect(contextOf({ ...given, roles: { time: "day" } }))).toEqual([]);
    expect(await missingnessLeak.inspect(contextOf({ ...given, roles: { ignored: ["day"] } }))).toMatchObject([{ columns: ["test"] }]);
  });

  test("a site that never fills it in, whose outcome others have too", async () => {
    const shares = [0.7, 0.7, 0.8, 0.15, 0.15];
    const outcome = classes((row) => shares[at(row)] ?? 0);
    const empty = draw("empty", (row) => Number(at(row) < 2));
    expect(await look({ empty, site, y: outcome })).toEqual([]);
    const small = [...empty, ...Array.from({ length: 10 }, () => 1)];
    const few = [...site, ...Array.from({ length: 10 }, () => "f")];
    const rare = [...classes((row) => (at(row) < 2 ? 0.75 : 0.2)), ...Array.from({ length: 10 }, () => "yes")];
    expect(await look({ empty: small, site: few, y: rare })).toMatchObject([{ columns: ["empty"] }]);
    const three = site.map((one) => (one === "d" || one === "e" ? "rest" : one));
    expect(await look({ empty, site: three, y: outcome })).toMatchObject([{ columns: ["empty"] }]);
    const alone = classes((row) => (at(row) < 2 ? 0.75 : 0.2));
    expect(await look({ empty, site, y: alone })).toMatchObject([{ columns: ["empty"] }]);
  });
});

describe("told all the same", () => {
  const y = classes((row) => (at(row) < 2 ? 0.7 : 0.3));

  test("where the outcome makes the gaps within each site too", async () => {
    const score = draw("score", (row) => (y[row] === "yes" ? 0.7 : 0.1) + (at(row) < 2 ? 0.2 : 0));
    expect(await look({ score, site, y })).toMatchObject([{ columns: ["score"] }]);
  });

  test("where the column that goes with the gaps is empty in the same rows, or says no more than whether there is one", async () => {
    const isGap = cells(ROWS, 7, "gap", (random, row) => Number(random.next() < (y[row] === "yes" ? 0.8 : 0.2)));
    const kept = (value: (row: number) => string) => isGap.map((gap, row) => (gap === 1 ? null : value(row)));
    const left = draw("left", () => 0);
    const gone = left.map((value, row) => (isGap[row] === 1 ? null : value));
    const twin = kept((row) => `k${row % 4}`);
    expect((await look({ gone, twin, y })).flatMap(({ columns }) => columns)).toEqual(["gone", "twin"]);
    const more = cells(ROWS, 7, "more", (random, row) => isGap[row] !== 1 && random.next() < 0.1);
    const wider = gone.map((value, row) => (more[row] ? null : row % 8 === 0 ? 1 : value));
    const mostly = twin.map((value, row) => (more[row] ? "k0" : value));
    expect((await look({ wider, mostly, y })).flatMap(({ columns }) => columns)).toEqual(["wider", "mostly"]);
    const flag = isGap.map((gap) => (gap === 1 ? "without" : "with"));
    expect(await look({ gone, flag, y })).toMatchObject([{ columns: ["gone"] }]);
  });

  test("where the column that accounts for it may know the outcome itself", async () => {
    const outcome = classes(() => 0.5);
    const area = cells(ROWS, 7, "area", (random, row) => {
      const side = outcome[row] === "yes" ? 0 : 3;
      return `v${(random.next() < 0.88 ? side : 3 - side) + random.integer(3)}`;
    });
    const note = draw("note", (row) => (Number(String(area[row]).slice(1)) < 3 ? 0.9 : 0.1));
    expect(await look({ note, area, y: outcome })).toMatchObject([{ columns: ["note"] }]);
  });
});
