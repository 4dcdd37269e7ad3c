import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { codeAsNumber } from "../../../src/data/checks/code-as-number.ts";
import { groupLeak } from "../../../src/data/checks/group-leak.ts";
import { groupKeys } from "../../../src/data/split/group-keys.ts";
import { type Cells, contextOf } from "../checks/context.ts";

/** Forty children of five visits, of whom nothing is known but a number and the visit. `own`: what of the target is the child's. */
function visits(key: string, own: number, seed = 1, children = 40): Record<string, Cells> {
  const random = createRandom(seed, "visits");
  const level = Array.from({ length: children }, () => own * random.normal());
  const rows = Array.from({ length: 5 * children }, (_, row) => ({ child: Math.floor(row / 5), visit: row % 5 }));
  return {
    [key]: rows.map(({ child }) => (child * 7919) % 1009),
    visit: rows.map(({ visit }) => visit),
    y: rows.map(({ child }) => level[child]! + random.normal()),
  };
}

/** The same rows in another order, so that only names speak. */
function shuffled(columns: Record<string, Cells>): Record<string, Cells> {
  const order = [...createRandom(3, "order").shuffle(Int32Array.from(Object.values(columns)[0]!.keys()))];
  return Object.fromEntries(Object.entries(columns).map(([name, cells]) => [name, order.map((row) => cells[row]!)]));
}

const asked = (columns: Record<string, Cells>) => groupLeak.inspect(contextOf({ columns, target: "y" }));

describe("a key of things that no neighbour recognises", () => {
  test("of columns that tell the same things apart, the code is asked about, and not a measurement of them", async () => {
    const random = createRandom(1, "districts");
    const rows = Array.from({ length: 60 * 12 }, (_, row) => ({ district: Math.floor(row / 12), list: row % 12 }));
    const own = Array.from({ length: 60 }, () => random.normal());
    const columns = {
      abstained: rows.map(({ district }) => 2000 + ((district * 7919) % 1009) * 37),
      who: rows.map(({ district }) => `D${district + 10}`),
      list: rows.map(({ list }) => `list ${"ABCDEFGHIJKL"[list]}`),
      y: rows.map(({ district, list }) => 3 * list + own[district]! + random.normal()),
    };
    const found = await asked(columns);
    expect(found.map((one) => one.columns)).toEqual([["who"]]);
  });

  test("rows that certainly resemble each other a little are told as such, and no more is known of few", async () => {
    const told = async (children: number, seed: number) =>
      (await asked(shuffled(visits("id", 0.35, seed, children)))).map(({ evidence, why }) => ({ low: Number(evidence.iccLow), why }));
    const [many] = await told(300, 1);
    expect(many!.low).toBeGreaterThan(0);
    expect(many!.low).toBeLessThan(0.0975);
    expect(many!.why).toMatch(/Rows of one resemble each other in the target a little \(/);
    const few = (await Promise.all([2, 3, 4, 5].map((seed) => told(40, seed)))).flat().find(({ low }) => low <= 0);
    expect(few!.why).toContain("cannot be told (");
  });

  test.each(["id", "child_id", "custid", "subject"])("%s is asked about where its rows resemble each other", async (key) => {
    const [found, ...others] = await asked(visits(key, 1));
    expect(others).toEqual([]);
    expect(found).toMatchObject({ columns: [key], severity: "harmful", confidence: 0.45, choices: ["new", "same"] });
    expect(Number(found!.evidence.iccLow)).toBeGreaterThan(0.1);
  });

  test("is asked about where its rows are alike beside others of their visit, however much the visit tells", async () => {
    const grown = visits("pig", 1);
    const columns = { ...grown, y: grown.y!.map((value, row) => Number(value) + 8 * Number(grown.visit![row])) };
    const [found] = await asked(columns);
    expect(found).toMatchObject({ columns: ["pig"], confidence: 0.45 });
    const none = visits("pig", 0, 1, 400);
    expect(await asked(shuffled({ ...none, y: none.y!.map((value, row) => Number(value) + 8 * Number(none.visit![row])) }))).toEqual([]);
  });

  test("is as an amount wrong either way, and new things are judged without it", async () => {
    const context = contextOf({ columns: visits("id", 1), target: "y" });
    const [found] = await groupLeak.inspect(context);
    expect(found!.counterfactual).toMatchObject({ change: "split", without: ["id"] });
    expect(await codeAsNumber.inspect(context)).toMatchObject([{ columns: ["id"], severity: "cosmetic", fix: { action: "advice" } }]);
    const kinds = contextOf({ columns: shuffled(visits("id", 0, 1, 400)), target: "y" });
    expect(await codeAsNumber.inspect(kinds)).toMatchObject([{ columns: ["id"] }]);
  });

  test("is asked about, less sure, where so few rows cannot tell", async () => {
    const [found] = await asked(visits("id", 0, 1, 12));
    expect(found).toMatchObject({ columns: ["id"], confidence: 0.3 });
  });

  test("is left alone where its rows were shown to have nothing in common and only its name speaks", async () => {
    expect(await asked(shuffled(visits("id", 0, 1, 400)))).toEqual([]);
  });

  test.each([
    ["stands in series", visits("id", 0, 1, 400)],
    ["keeps a trait", shuffled({ ...visits("id", 0, 1, 400), sex: visits("id", 0, 1, 400).id!.map((id) => Number(id) % 2) })],
  ])("is noted where its rows have nothing in common, but the key %s", async (_, columns) => {
    expect(await asked(columns)).toMatchObject([{ columns: ["id"], severity: "cosmetic", confidence: 0.2 }]);
  });

  test("needs no name where the file stands in series, and is none where it does not", async () => {
    const [found] = await asked(visits("unit_x", 1));
    expect(found).toMatchObject({ columns: ["unit_x"], evidence: { from: "series" } });
    expect(await asked(shuffled(visits("x", 1)))).toEqual([]);
  });

  test("needs no name where it keeps two traits that go their own ways, and is none where they are levels of a hierarchy", async () => {
    const school = Array.from({ length: 1_200 }, (_, row) => (row * 7) % 40);
    const random = createRandom(5, "schools");
    const table = (size: (school: number) => number): Record<string, Cells> => ({
      town: school.map((one) => `t${one}`),
      church: school.map((one) => Math.floor(one / 8)),
      size: school.map(size),
      iq: school.map(() => random.integer(9)),
      y: school.map(() => random.normal()),
    });
    expect(await asked(table((one) => one % 5))).toMatchObject([{ columns: ["town"], evidence: { constant: 2 }, severity: "cosmetic" }]);
    expect(await asked(table((one) => Math.floor(one / 16)))).toEqual([]);
  });
});

test("a finishing time is no key cut at its colon", () => {
  const cut = (mark: string) => Array.from({ length: 200 }, (_, row) => `${10 + (row % 40)}${mark}${10 + Math.floor(row / 40)}`);
  const keys = (time: Cells) => groupKeys(contextOf({ columns: { time, y: visits("id", 0).y! }, target: "y" }));
  expect(keys(cut(":"))).toEqual([]);
  expect(keys(cut("_"))).toMatchObject([{ column: "time", from: "prefix", groups: 40 }]);
});

test("members that are counted behind their group name it; numbers behind a front part alone do not", async () => {
  const random = createRandom(6, "members");
  const rows = Array.from({ length: 300 }, (_, row) => ({ group: Math.floor(row / 2), member: (row % 2) + 1 }));
  const level = Array.from({ length: 150 }, () => random.normal());
  const columns = (id: (row: { group: number; member: number }) => string) => ({
    passenger: rows.map(id),
    age: rows.map(() => random.integer(60)),
    y: rows.map(({ group }) => level[group]! + random.normal()),
  });
  const counted = await asked(columns(({ group, member }) => `${String(group).padStart(4, "0")}_0${member}`));
  expect(counted).toMatchObject([{ columns: ["passenger"], severity: "harmful" }]);
  expect(await asked(columns(({ group, member }) => `${String(group).padStart(4, "0")}_${17 * group + member}`))).toEqual([]);
});

describe("a key of the rows of which some values come back", () => {
  const claims = (own: number) => {
    const random = createRandom(5, "claims");
    const things = Array.from({ length: 600 }, (_, thing) => ({ thing, level: own * random.normal() }));
    const rows = [...things, ...things.slice(0, 60)];
    return shuffled({
      claim_id: rows.map(({ thing }) => `C${1000 + thing}`),
      part: rows.map(() => "abcd"[random.integer(4)]!),
      days: rows.map(() => random.integer(30)),
      y: rows.map(({ level }) => level + 0.3 * random.normal()),
    });
  };

  test("is none where the same rows were loaded again", async () => {
    const { claim_id, part, days, y } = claims(1);
    const again = (cells: Cells) => [...cells.slice(0, 600), ...cells.slice(0, 60)];
    const loaded = claim_id!.map((_, row) => row);
    const ids = Array.from({ length: 600 }, (_, row) => `C${1000 + row}`);
    const copied = { claim_id: again(ids), part: again(part!), days: again(days!), loaded, y: again(y!) };
    expect(await asked(copied)).toEqual([]);
  });

  test("is asked about where their rows resemble each other, and only there", async () => {
    const [found, ...others] = await asked(claims(1));
    expect(others).toEqual([]);
    expect(found).toMatchObject({ columns: ["claim_id"], evidence: { from: "again", groups: 600 }, confidence: 0.45 });
    expect(await asked(claims(0))).toEqual([]);
  });
});

describe("names that no word calls a key, of which some come back", () => {
  const shares = (own: number) => {
    const random = createRandom(7, "shares");
    const firms = Array.from({ length: 600 }, (_, firm) => ({ firm, level: own * random.normal() }));
    const rows = [...firms, ...firms.slice(0, 60)];
    return shuffled({
      description: rows.map(({ firm }) => `${["Alpha", "Beta", "Gamma"][firm % 3]} ${["Works", "Mills"][firm % 2]} of place ${firm}`),
      exchange: rows.map(() => "abcd"[random.integer(4)]!),
      price: rows.map(() => random.integer(300)),
      y: rows.map(({ level }) => level + 0.3 * random.normal()),
    });
  };

  test("are asked about where their rows have the target in common, and only there", async () => {
    const [found, ...others] = await asked(shares(1));
    expect(others).toEqual([]);
    expect(found).toMatchObject({ columns: ["description"], evidence: { from: "again", groups: 600 }, confidence: 0.45 });
    expect(found!.why).toContain("different in nearly all rows, but some of its values come back");
    expect(await asked(shares(0))).toEqual([]);
  });

  test("are none where the same rows were loaded again, or a few come back", async () => {
    const table = shares(1);
    const once = [...new Set(table.description)].map((text) => table.description!.indexOf(text));
    const loaded = Object.fromEntries(
      Object.entries(table).map(([name, cells]) => [name, [...once, ...once.slice(0, 40)].map((row) => cells[row] ?? null)]),
    );
    expect(await asked(loaded)).toEqual([]);
    const few = Object.fromEntries(
      Object.entries(table).map(([name, cells]) => [name, [...once, 0, 1, 2].map((row) => cells[row] ?? null)]),
    );
    expect(await asked(few)).toEqual([]);
  });
});

describe("the unit of a panel", () => {
  const panel = (unit: string, time: (row: number) => number) => {
    const random = createRandom(6, "panel");
    const own = Array.from({ length: 12 }, () => random.normal());
    const rows = Array.from({ length: 120 }, (_, row) => row);
    return {
      [unit]: rows.map((row) => `${"abcdefghijkl"[row % 12]}${"abcdefghijkl"[row % 12]}`),
      year: rows.map((row) => time(row)),
      y: rows.map((row) => own[row % 12]! + 0.5 * random.normal()),
    };
  };

  test("is a key whatever it is called, where each has one row at each time", async () => {
    const inTurn = (row: number) => 2000 + Math.floor(row / 12);
    const [found] = await asked(panel("country", inTurn));
    expect(found).toMatchObject({ columns: ["country"], evidence: { from: "panel", groups: 12 } });
    // Not where the times of a unit are any.
    const any = createRandom(7, "years");
    expect(await asked(panel("country", () => 2000 + any.integer(10)))).toEqual([]);
  });
});

test("names that come back are asked about beside a reference that comes back too", async () => {
  const random = createRandom(9, "compounds");
  const level = Array.from({ length: 400 }, () => 3 * random.normal());
  const paper = Array.from({ length: 150 }, () => 2 * random.normal());
  // Of 400 compounds 40 were measured twice.
  const rows = [...level.keys(), ...Array.from({ length: 40 }, (_, i) => 7 * i)].map((compound) => ({
    compound,
    from: random.integer(150),
  }));
  const letters = (i: number) =>
    `${"bcdfg"[i % 5]}${"aeiou"[Math.floor(i / 5) % 5]}${"klmnp"[Math.floor(i / 25) % 5]}${"aeiou"[Math.floor(i / 125) % 5]}ne`;
  const columns = {
    solvent: rows.map(({ compound }) => letters(compound)),
    reference: rows.map(({ from }) => `p${from}`),
    x: rows.map(() => random.normal()),
    y: rows.map(({ compound, from }) => level[compound]! + paper[from]! + 0.1 * random.normal()),
  };
  const found = await asked(columns);
  expect(found.map((one) => one.columns[0]).toSorted()).toEqual(["reference", "solvent"]);
});
