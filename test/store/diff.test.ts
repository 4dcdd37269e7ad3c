import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import { diffDatasets, openDataset } from "../../src/store/index.ts";
import { temporaryFolder } from "./temporary.ts";

const limits = { memoryBytes: 1e9, threads: 1, seed: 1 };

interface Given {
  readonly key?: readonly string[];
  readonly kept?: Int32Array;
}

async function diffOf(before: string, after: string, { key = [], kept }: Given = {}) {
  const folder = temporaryFolder();
  const dataFolder = join(folder, "data");
  const open = async (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return { dataset: await openDataset(join(folder, name), { ...limits, dataFolder }), dataFolder };
  };
  return diffDatasets(await open("a.csv", before), await open("b.csv", after), { ...limits, key, kept: kept ?? null, sampleRows: 100 });
}

const LETTERS = "abcdefghijklmnopqrstuvwxyz".split("");
/** id, x, kind: 26 rows. */
const rows = LETTERS.map((id, i) => [id, String(10 * i + 0.5), i % 3 === 0 ? "red" : "blue"]);
const csv = (head: string, body: readonly (readonly string[])[]) => `${head}\n${body.map((row) => row.join(",")).join("\n")}\n`;
const BASE = csv("id,x,kind", rows);

test("a table and itself differ in nothing", async () => {
  const { diff } = await diffOf(BASE, BASE);
  expect(diff).toMatchObject({
    match: { by: "position" },
    columns: { added: [], removed: [], renamed: [], retyped: [], reordered: false },
    rows: { matched: 26, added: 0, removed: 0, changed: 0 },
    cells: [],
  });
});

test("of a category it is counted which values the rows took and left", async () => {
  const turned = (kind: string, i: number) => (i === 1 ? "red" : kind === "red" ? "green" : kind);
  const after = rows.map(([id = "", x = "", kind = ""], i) => [id, x, i === 25 ? "" : turned(kind, i)]);
  const { diff } = await diffOf(BASE, csv("id,x,kind", after), { key: ["id"] });
  // Of 26: 9 red ones turn green, a blue one turns red, another is emptied.
  expect(diff.cells).toMatchObject([{ column: "kind", cells: 11, emptied: 1 }]);
  expect(diff.cells[0]!.levels).toEqual({
    count: 3,
    net: 9,
    cells: 10,
    most: [
      { level: "green", before: 0, after: 9, came: 9, went: 0 },
      { level: "red", before: 9, after: 1, came: 1, went: 9 },
      { level: "blue", before: 16, after: 15, came: 0, went: 1 },
    ],
  });
});

test("rows are found by a column whose values all differ, whatever their order", async () => {
  const after = [...rows.slice(2), ["zz", "1", "red"]].reverse().map(([id = "", x = "", kind = ""]) => [id, id === "m" ? "" : x, kind]);
  const { diff, rows: sets } = await diffOf(BASE, csv("id,x,kind", after));
  expect(diff.match).toMatchObject({ by: "key", key: ["id"], repeated: { before: 0, after: 0 } });
  expect(diff.rows).toEqual({ matched: 24, added: 1, removed: 2, changed: 1, addedRows: [0], removedRows: [0, 1] });
  expect(diff.cells).toEqual([
    {
      column: "x",
      cells: 1,
      emptied: 1,
      filled: 0,
      up: 0,
      down: 0,
      samples: [{ rowBefore: 12, rowAfter: after.findIndex(([id]) => id === "m"), before: "120.5", after: null }],
    },
  ]);
  expect([[...sets.added], [...sets.removed], sets.stayed.length]).toEqual([[0], [0, 1], 24]);
});

test("a key that comes more than once pairs the first with the first; a missing key is a key", async () => {
  const { diff } = await diffOf("k,x\na,1\na,2\n,3\nb,4\n", "k,x\na,1\n,3\na,5\n", { key: ["k"] });
  expect(diff.match).toMatchObject({ by: "key", repeated: { before: 1, after: 1 } });
  expect(diff.rows).toMatchObject({ matched: 3, removed: 1, added: 0, changed: 1 });
  expect(diff.cells).toMatchObject([{ column: "x", cells: 1, up: 1, down: 0, samples: [{ before: "2", after: "5" }] }]);
});

test("without a key rows of other numbers are compared as wholes", async () => {
  const some = rows.map(([, x = "", kind = ""]) => [x, kind]);
  const both = [...some, ...some];
  const { diff } = await diffOf(csv("x,kind", both), csv("x,kind", [...both.slice(3), ["7", "red"]]));
  expect(diff.match.by).toBe("content");
  expect(diff.rows).toMatchObject({ matched: 49, removed: 3, added: 1 });
  expect(diff.cells).toEqual([]);
});

test("columns: renamed by their cells, added, removed, in another order; a number kept as text is the same value", async () => {
  const after = rows.map(([id = "", x = "", kind = ""]) => [kind, x === "0.5" ? "none at all" : `${x}0`, id, "1"]);
  const { diff } = await diffOf(
    csv(
      "id,x,kind,gone",
      rows.map((row) => [...row, "9"]),
    ),
    csv("colour,x,id,new", after),
  );
  expect(diff.columns).toEqual({
    added: ["new"],
    removed: ["gone"],
    renamed: [{ from: "kind", to: "colour", agreement: 1 }],
    retyped: [],
    reordered: true,
  });
  expect(diff.cells).toMatchObject([{ column: "x", cells: 1, emptied: 1 }]);
  const words = await diffOf(
    BASE,
    csv(
      "id,x,kind",
      rows.map(([id = "", x = "", kind = ""], i) => [id, i > 10 ? (["low", "high", "even"][i % 3] ?? "") : x, kind]),
    ),
  );
  expect(words.diff.columns.retyped).toEqual([{ name: "x", from: "number", to: "category" }]);
  expect(words.diff.cells).toMatchObject([{ column: "x", cells: 15, up: 0, down: 0 }]);
});

test("two columns that agree by chance are not one under another name", async () => {
  const flat = (name: string, other: string) =>
    csv(
      `id,${name}`,
      rows.map(([id = ""]) => [id, id === other ? "1" : "0"]),
    );
  expect((await diffOf(flat("a", "c"), flat("b", "d"))).diff.columns).toMatchObject({ added: ["b"], removed: ["a"], renamed: [] });
});

test("where the kept rows are known they are compared with themselves", async () => {
  const kept = Int32Array.from([0, 2, 25]);
  const { diff } = await diffOf(
    BASE,
    csv("x,kind", [
      ["0.5", "red"],
      ["20.5", "red"],
      ["250.5", "blue"],
    ]),
    { kept },
  );
  expect(diff.match.by).toBe("steps");
  expect(diff.rows).toMatchObject({ matched: 3, removed: 23, added: 0, changed: 1 });
  expect(diff.cells).toMatchObject([{ column: "kind", samples: [{ rowBefore: 2, rowAfter: 1, before: "blue", after: "red" }] }]);
});

test("a key that is not in both is refused", async () => {
  await expect(
    diffOf(
      BASE,
      csv(
        "x,kind",
        rows.map((row) => row.slice(1)),
      ),
      { key: ["id"] },
    ),
  ).rejects.toThrow(/no column "id" to tell rows by/);
});

test("tables without a column in common and of other lengths share no row", async () => {
  const { diff } = await diffOf(
    csv("a,b", [
      ["one", "1.5"],
      ["two", "2.5"],
      ["three", "3"],
    ]),
    csv("c,d", [
      ["x", "2020-01-01"],
      ["y", "2021-01-01"],
    ]),
  );
  expect(diff.match).toMatchObject({ by: "none", why: "they have no column in common, and not as many rows" });
  expect(diff).toMatchObject({ cells: [], rows: { matched: 0, added: 2, removed: 3, changed: 0 } });
});

test("tables of other rows are not compared row by row, numbered or not; one whose cells all moved a little is", async () => {
  const random = createRandom(5, "diff");
  const draw = () => Array.from({ length: 80 }, () => [random.next().toFixed(3), ["red", "blue"][random.integer(2)]!]);
  const numbered = (body: readonly (readonly string[])[]) => body.map((row, i) => [String(i + 1), ...row]);
  const [one, other] = [draw(), draw()];
  for (const { diff, rows: sets } of [
    await diffOf(csv("x,kind", one), csv("x,kind", other)),
    await diffOf(csv("no,x,kind", numbered(one)), csv("no,x,kind", numbered(other))),
  ]) {
    expect(diff.match).toMatchObject({ by: "none", key: [] });
    expect(diff).toMatchObject({ cells: [], rows: { matched: 0, added: 80, removed: 80, changed: 0 } });
    expect([sets.added.length, sets.stayed.length]).toEqual([80, 0]);
  }
  const moved = one.map(([x = ""], i) => [(Number(x) + random.next() / 100).toFixed(4), other[i]?.[1] ?? ""]);
  expect((await diffOf(csv("x,kind", one), csv("x,kind", moved))).diff.match.by).toBe("position");
  expect((await diffOf(csv("no,x,kind", numbered(one)), csv("no,x,kind", numbered(moved)))).diff.match.by).not.toBe("none");
});
