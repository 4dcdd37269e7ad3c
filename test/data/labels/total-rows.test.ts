import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { saysTotal } from "../../../src/core/total-words.ts";
import { readTrainingLabels } from "../../../src/data/labels/label-reading.ts";
import { emptiedRows, totalRows } from "../../../src/data/labels/total-rows.ts";
import { inferTask } from "../../../src/data/roles/task.ts";
import { type Cells, tableOf } from "../table.ts";

type Row = readonly [plot: string, season: number, farm: string | null, area: number | null, height: number | null, kilos: number | null];

const FARMS = ["Norte", "Sur", "Este"];

/** 40 plots in each of 5 seasons. */
function harvest(seed: number, perArea = 4): Row[] {
  const random = createRandom(seed, "harvest");
  return Array.from({ length: 200 }, (_, i) => {
    const area = Math.round(100 * (1 + 4 * random.next())) / 100;
    return [
      `P${i % 40}`,
      2018 + Math.floor(i / 40),
      FARMS[i % 3] ?? "",
      area,
      300 + random.integer(200),
      Math.round(1000 * perArea * area),
    ];
  });
}

const sum = (rows: readonly Row[], place: 3 | 5) => rows.reduce((all, row) => all + (row[place] ?? 0), 0);
const totalOf = (word: string, rows: readonly Row[], season: number, farm: string | null = null): Row => [
  word,
  season,
  farm,
  sum(rows, 3),
  null,
  sum(rows, 5),
];

function tableFrom(rows: readonly Row[]) {
  const column = (place: number): Cells => rows.map((row) => row[place] ?? null);
  return tableOf(["plot", "season", "farm", "area", "height", "kilos"].map((name, place) => [name, column(place)]));
}

const found = (rows: readonly Row[]) => totalRows(tableFrom(rows), "kilos");
const ofSeason = (rows: readonly Row[], season: number) => rows.filter((row) => row[1] === season);
const seasons = [2018, 2019, 2020, 2021, 2022];

test("the words, alone and with what they are of, and no word that only begins like one", () => {
  for (const word of [
    "TOTAL",
    "Gesamt",
    "Total Norte",
    "Norte Total",
    "Итого",
    "Итого за год",
    "Summe: Nord",
    "Grand total",
    "合計",
    "Total 2019",
  ])
    expect(saysTotal(word), word).toBe(true);
  for (const word of ["Totalschaden", "summer", "Sumatra", "Somme-Leuze x", "gesamtlich"])
    expect(saysTotal(word), word).toBe(word.startsWith("Somme"));
});

describe("rows that are sums of others are told, wherever they stand", () => {
  const plain = harvest(1);
  test.each<[string, readonly Row[], number, string]>([
    ["one below", [...plain, totalOf("TOTAL", plain, 2022)], 1, "all others"],
    [
      "one behind each season",
      seasons.flatMap((year) => [...ofSeason(plain, year), totalOf("Total", ofSeason(plain, year), year)]),
      5,
      "those since the last such row",
    ],
    [
      "one for each farm and season, all at the end",
      [
        ...plain,
        ...seasons.flatMap((year) =>
          FARMS.map((farm) =>
            totalOf(
              `Total ${farm}`,
              ofSeason(plain, year).filter((row) => row[2] === farm),
              year,
              farm,
            ),
          ),
        ),
      ],
      15,
      "those of the same `season` and `farm`",
    ],
  ])("%s", (_, rows, count, of) => {
    const told = found(rows);
    expect(told).toMatchObject({ column: "plot", suspicion: { trap: "impossible-value", confidence: 0.95, question: null } });
    expect(told?.suspicion.rows.count).toBe(count);
    expect(told?.suspicion.evidence).toMatchObject({ kind: "total-rows", sumOf: of, rowsThatAreSums: count, columns: ["area", "kilos"] });
  });

  test("a few of them may be rounded otherwise or have another sum", () => {
    const rows = seasons.flatMap((year) => [...ofSeason(plain, year), totalOf("Total", ofSeason(plain, year), year)]);
    const spoilt = rows.map(
      (row): Row => (row[0] === "Total" && row[1] < 2020 ? ([...row.slice(0, 3), 999, null, 2e6] as unknown as Row) : row),
    );
    expect(found(spoilt)?.suspicion).toMatchObject({ confidence: 0.95, rows: { count: 5 } });
  });
});

describe("a word alone is none", () => {
  test("a name with such a word says nothing", () => {
    const brand = harvest(2).map((row): Row => (row[0] === "P7" ? (["Total", ...row.slice(1)] as unknown as Row) : row));
    expect(found(brand)).toBeNull();
  });

  test("where all that is filled in is larger than in any other row it asks, and in a sample too", () => {
    const plain = harvest(3);
    const rows: Row[] = [...plain, ["TOTAL", 2022, null, 900, null, 3_500_000]];
    expect(found(rows)?.suspicion).toMatchObject({
      confidence: 0.45,
      rows: { count: 1 },
      evidence: { columns: ["area", "kilos"], sumOf: null },
    });
    const { dataset, frame } = tableFrom([...plain, totalOf("TOTAL", plain, 2022)]);
    const sample = { ...frame, rowNumbers: Int32Array.from({ length: frame.rows }, (_, row) => 2 * row) };
    expect(totalRows({ dataset: { ...dataset, rows: 2 * frame.rows }, frame: sample }, "kilos")?.suspicion).toMatchObject({
      confidence: 0.45,
    });
  });
});

test("their labels are none, whatever they are, and nothing is seen in them; with the answer as well", () => {
  const plain = harvest(4);
  const rows = seasons.flatMap((year) => [...ofSeason(plain, year), totalOf("Total", ofSeason(plain, year), year)]);
  const { dataset, frame } = tableFrom(rows);
  const read = readTrainingLabels({ dataset, frame }, "kilos", {});
  expect(read.reading).toEqual({ spelt: {}, unknown: [], unrecorded: [{ column: "plot", values: ["Total"] }] });
  expect(read.totals).toEqual([40, 81, 122, 163, 204]);
  const { target } = inferTask(dataset, frame, "kilos", { labels: read.reading });
  expect([...target.keys()].filter((row) => Number.isNaN(target[row]))).toEqual(read.totals);
  const emptied = emptiedRows(frame, read.totals ?? [], ["kilos"]);
  expect(emptied.columns.map((column) => ("codes" in column ? column.codes[40] : column.values[40]))).toEqual([
    -1,
    NaN,
    -1,
    NaN,
    NaN,
    rows[40]?.[5],
  ]);
  const asked = tableFrom([...plain, ["TOTAL", 2022, null, 900, null, 3_500_000]]);
  expect(readTrainingLabels(asked, "kilos", {}).reading).toBeUndefined();
  expect(readTrainingLabels(asked, "kilos", { "impossible-value:plot": "yes" }).totals).toEqual([200]);
});

test("a name for a total among many amounts of which some fit some other rows by chance is none", () => {
  const random = createRandom(31, "chance sums");
  const whole = () => Math.round(Math.exp(3 + random.normal()));
  for (let table = 0; table < 20; table++) {
    const rows = Array.from({ length: 80 }, () => Array.from({ length: 40 }, whole));
    const keys = rows.map((_, row) => `k${row % 20}`);
    // Two amounts of forty are the sums of the others of its key.
    const others = [...rows.keys()].filter((row) => row > 0 && keys[row] === keys[0]);
    for (const place of [3, 17]) rows[0]![place] = others.reduce((all, row) => all + rows[row]![place]!, 0);
    const amounts = rows[0]!.map((_, place): [string, Cells] => [`a${place}`, rows.map((row) => row[place]!)]);
    const names: Cells = rows.map((_, row) => (row === 0 ? "Total" : `firm ${row}`));
    expect(totalRows(tableOf([["firm", names], ["key", keys], ...amounts, ["y", rows.map(whole)]]), "y")).toBeNull();
  }
});

test('"all" names totals where one count is the sum of the rows of its month and kind, beside medians that are none', () => {
  const random = createRandom(12, "sales");
  const kinds = ["Land", "Unit", "Building"];
  const months = [1, 2, 3, 4, 5, 6];
  const make = (word: string, isSum: boolean) => {
    const rows = months.flatMap((month) =>
      kinds.flatMap((kind) => {
        const own = Array.from(
          { length: 8 },
          (_, i) => [month, `area ${i}`, kind, 1 + random.integer(90), 1000 + random.integer(900)] as const,
        );
        const all = own.reduce((sum, row) => sum + row[3], 0);
        return [...own, [month, word, kind, isSum ? all : all + 17, 1500] as const];
      }),
    );
    const whole = months.map((month) => [month, word, word, 900 + month, 1500] as const);
    const column = (place: number): Cells => [...rows, ...whole].map((row) => row[place]!);
    return tableOf(["month", "area", "kind", "sales", "price"].map((name, place) => [name, column(place)]));
  };
  const told = totalRows(make("ALL", true), "price");
  expect(told).toMatchObject({
    column: "area",
    suspicion: { confidence: 0.95, evidence: { values: ["ALL"], columns: ["sales"] } },
  });
  expect(told!.rows).toHaveLength(24);
  expect(totalRows(make("All areas", true), "price")).not.toBeNull();
  expect(totalRows(make("ALL", false), "price")).toBeNull();
  expect(totalRows(make("Allerton", true), "price")).toBeNull();
});
