import { createRandom } from "../../../src/core/random.ts";
import type { TrapId } from "../../../src/core/trap.ts";
import { cellsOf, featuresOf, gridOf, pick, type Table } from "../table.ts";
import { type Bar, bars, dots, excerpt, histogram, type Picture } from "./draw.ts";
import { byKey, numbersOf, planted, some } from "./planted.ts";

const percent = (share: number) => `${share > 0 && share < 0.01 ? (100 * share).toFixed(1) : Math.round(100 * share)} %`;
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
const isNumberColumn = (table: Table, name: string) => numbersOf(table, name).every((value) => !Number.isNaN(value));

/** Rows of each value of a column, the most frequent first. */
function levelBars(cells: readonly string[], isStrong: (level: string) => boolean, most = 12): Bar[] {
  const counts = new Map<string, number>();
  for (const cell of cells) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  const all = [...counts].sort(([, a], [, b]) => b - a).slice(0, most);
  return all.map(([level, value]) => ({
    label: level === "" ? "(empty)" : JSON.stringify(level),
    value,
    text: value.toLocaleString("en"),
    isStrong: isStrong(level),
  }));
}

/** The first rows in which `strong` holds for some and not for others, so that both are seen. */
function mixedRows(table: Table, name: string, isStrong: (cell: string) => boolean, most = 7): number[] {
  const cells = cellsOf(table, name);
  const from = cells.findIndex((cell, row) => row > 2 && isStrong(cell));
  return range(Math.max(0, from - 3), from - 3 + most);
}

function spoiltCells(trap: TrapId, alt: string, isStrong: (cell: string, before: string) => boolean): Picture {
  const { before, table, columns } = planted(trap, "binary", (seen) => seen.columns.length > 0);
  const [name = ""] = columns;
  const old = before.columns.get(name) ?? [];
  const bad = cellsOf(table, name).map((cell, row) => isStrong(cell, old[row] ?? ""));
  const first = bad.findIndex((one, row) => one && row > 3);
  const rows = range(first - 3, first + 4);
  const shown = [
    name,
    ...featuresOf(table, "number")
      .filter((one) => one !== name)
      .slice(0, 2),
    table.target,
  ];
  return excerpt(
    alt.replace("COLUMN", name),
    some(table, shown, rows),
    (row, column) => column === 0 && row > 0 && bad[rows[row - 1] ?? 0] === true,
  );
}

function wholeColumn(trap: TrapId, alt: string): Picture {
  const { table, columns } = planted(trap, "binary");
  const [name = ""] = columns;
  const others = featuresOf(table, "number").filter((one) => one !== name);
  const shown = [name, ...others.slice(0, 2), table.target];
  return excerpt(alt.replace("COLUMN", name), some(table, shown, range(0, 6)), (row, column) => column === 0 && row > 0);
}

function rawLines(trap: TrapId, alt: string, isStrong: (line: number) => boolean): Picture {
  const { table } = planted(trap, "binary");
  const grid = gridOf(table.columns).slice(0, 6);
  const text = String((table.write ?? (() => ""))(grid));
  return excerpt(
    alt,
    text
      .trim()
      .split("\n")
      .map((line) => [line.slice(0, 60)]),
    (row) => isStrong(row),
    { hasHeader: false },
  );
}

function dialect(): Picture {
  const { table } = planted("dialect", "binary");
  const lines = String((table.write ?? (() => ""))(gridOf(table.columns).slice(0, 5)))
    .trim()
    .split("\n");
  const cut = (line: string) => ['"', line.length > 64 ? `${line.slice(1, 60)} ...` : line.slice(1, -1), '"'];
  return excerpt(
    "Five lines of a file: a quote opens each line and closes it, so the whole row is one cell",
    lines.map(cut),
    (_, column) => column !== 1,
    { hasHeader: false, mostPx: 560 },
  );
}

function ownQuantities(
  trap: TrapId,
  alt: string,
  strong: (value: number, name: string) => boolean,
  also: { readonly domain?: (values: readonly number[]) => readonly [number, number] } = {},
): Picture {
  const { table, columns } = planted(trap, "binary", ({ table: one, columns: names }) => isNumberColumn(one, names[0] ?? ""));
  const [name = ""] = columns;
  const values = numbersOf(table, name);
  const domain = also.domain?.(values);
  return histogram(alt.replace("COLUMN", name), values, {
    x: name,
    strong: (value) => strong(value, name),
    ...(domain === undefined ? {} : { domain }),
  });
}

function farFrom(values: readonly number[], share: number): (value: number) => boolean {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const limit = values.map((value) => Math.abs(value - middle)).sort((a, b) => b - a)[Math.floor(share * values.length)] ?? 0;
  return (value) => Math.abs(value - middle) > limit;
}

function impossible(): Picture {
  const { before, table, columns } = planted("impossible-value", "binary");
  const [name = ""] = columns;
  const [old, now] = [cellsOf(before, name), numbersOf(table, name)];
  const all = now.map((value, row) => ({
    x: row,
    y: value,
    isStrong: String(value) !== old[row] && old[row] !== cellsOf(table, name)[row],
  }));
  const wrong = all.filter(({ isStrong }) => isStrong);
  return dots(`${name} along the rows: ${wrong.length} values lie far beyond all others`, { x: "row", y: name }, [
    ...all.filter(({ isStrong }) => !isStrong).filter((_, i) => i % 8 === 0),
    ...wrong,
  ]);
}

/** Values along the rows: all of the far ones, and some of the others. */
function farAlongRows(values: readonly number[], name: string, share: number, alt: string): Picture {
  const isFar = farFrom(values, share);
  const all = values.map((value, row) => ({ x: row, y: value, isStrong: isFar(value) }));
  const near = all.filter(({ isStrong }, i) => !isStrong && i % 8 === 0);
  return dots(alt, { x: "row", y: name }, [...near, ...all.filter(({ isStrong }) => isStrong)], {}, 200);
}

function scale(): Picture {
  const { table } = planted("scale", "binary");
  const spreads = featuresOf(table, "number").map((name) => {
    const values = numbersOf(table, name);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return { name, sd: Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length) };
  });
  const all = spreads.sort((a, b) => b.sd - a.sd);
  return bars(
    "Standard deviations of the columns: that of concentration is ten thousand times smaller than the others",
    "standard deviation (logarithmic axis)",
    all.map(({ name, sd }) => ({ label: name, value: sd, text: sd.toPrecision(2), isStrong: name === "concentration" })),
    100,
    1e-4,
  );
}

function gaps(): Picture {
  const { table, columns } = planted("missing", "binary");
  const all = [...table.columns].filter(([name]) => name !== table.target);
  return bars(
    "Share of rows without a value: one column is empty in most rows",
    "rows without a value (%)",
    all.map(([name, cells]) => {
      const share = cells.filter((cell) => cell === "").length / cells.length;
      return { label: name, value: 100 * share, text: percent(share), isStrong: columns.includes(name) };
    }),
    100,
  );
}

function missingnessLeak(): Picture {
  const { table } = planted("missingness-leak", "binary");
  const cells = cellsOf(table, "second_reading");
  const groups = byKey(table, (row) => (cells[row] === "" ? "second_reading is missing" : "second_reading is there"));
  return bars(
    "Whether a value is there tells the outcome: where it is, nearly all rows are yes",
    'rows with outcome "yes" (%)',
    [...groups].map(([label, { outcome }]) => ({ label, value: 100 * outcome, text: percent(outcome), isStrong: label.endsWith("there") })),
    100,
  );
}

function structural(): Picture {
  const { table } = planted("structural-missing", "binary");
  const [kind, area] = [cellsOf(table, "garage_kind"), cellsOf(table, "garage_area")];
  const share = (wanted: boolean) => {
    const rows = area.flatMap((cell, row) => ((cell === "0") === wanted ? [row] : []));
    return rows.filter((row) => kind[row] === "").length / rows.length;
  };
  return bars(
    "garage_kind is missing where garage_area is 0, and nowhere else",
    "garage_kind is missing (% of rows)",
    [
      { label: "garage_area is 0", value: 100 * share(true), text: percent(share(true)), isStrong: true },
      { label: "garage_area is more", value: 100 * share(false), text: percent(share(false)) },
    ],
    100,
  );
}

function unitMix(): Picture {
  const { table } = planted("unit-mix", "binary");
  const values = numbersOf(table, "body_length");
  return histogram("body_length in two heaps: one in cm, one 2.54 times smaller, in inches", values, {
    x: "body_length (cm, and inches)",
    strong: (value) => value < 100,
  });
}

function copyOf(trap: "duplicate-column" | "derived-column" | "multicollinear"): Picture {
  const { table, columns } = planted(
    trap,
    "binary",
    (seen) => trap !== "duplicate-column" || isNumberColumn(seen.table, seen.columns[0] ?? ""),
  );
  const points = (x: readonly number[], y: readonly number[]) => x.map((value, row) => ({ x: value, y: y[row] ?? 0, isStrong: true }));
  if (trap === "derived-column") {
    const both = numbersOf(table, "both");
    const names = featuresOf(table, "number").filter((name) => name !== "both");
    const pairs = names.flatMap((a, i) => names.slice(i + 1).map((b) => [a, b] as const));
    const sum = ([a, b]: readonly [string, string]) => numbersOf(table, a).map((value, row) => value + (numbersOf(table, b)[row] ?? 0));
    const found = pairs.find((pair) => sum(pair).every((value, row) => Math.abs(value - (both[row] ?? 0)) < 0.01));
    if (found === undefined) throw new Error("no sum");
    return dots(`"both" is ${found.join(" + ")} in every row`, { x: found.join(" + "), y: "both" }, points(sum(found), both));
  }
  const [a = "", b = ""] = columns;
  const alt =
    trap === "multicollinear" ? `${a} and ${b} rise together: each tells nearly all of the other` : `${a} and ${b} are equal in every row`;
  return dots(alt, { x: a, y: b }, points(numbersOf(table, a), numbersOf(table, b)));
}

function identifier(): Picture {
  const { table } = planted("identifier", "binary");
  const share = (cells: readonly string[]) => new Set(cells).size / cells.length;
  return bars(
    "Share of rows with a value that no earlier row has: all of them in record_id",
    "different values (% of rows)",
    [...table.columns]
      .map(([name, cells]) => ({ label: name, value: 100 * share(cells), text: percent(share(cells)), isStrong: name === "record_id" }))
      .sort((a, b) => b.value - a.value),
    100,
  );
}

function highCardinality(): Picture {
  const { table } = planted("high-cardinality", "binary");
  const rows = new Map<string, number>();
  for (const cell of cellsOf(table, "address_line")) rows.set(cell, (rows.get(cell) ?? 0) + 1);
  const counts = range(1, 7).map((count) => ({ count, levels: [...rows.values()].filter((one) => one === count).length }));
  return bars(
    "How many names of address_line stand in how many rows: most in one, two or three",
    "names",
    counts.map(({ count, levels }) => ({
      label: `in ${count} row${count === 1 ? "" : "s"}`,
      value: levels,
      text: `${levels}`,
      isStrong: count < 5,
    })),
  );
}

function codes(): Picture {
  const { table } = planted("code-as-number", "binary");
  const counts = new Map<number, number>();
  for (const value of numbersOf(table, "branch_code")) counts.set(value, (counts.get(value) ?? 0) + 1);
  return histogram(
    "branch_code has nine different values with nothing between them",
    [...counts].flatMap(([value, rows]) => Array<number>(rows).fill(value)),
    { x: "branch_code", bins: 150, strong: () => true },
  );
}

/** Notes of twelve words, of which two go with the outcome. */
function unreadText(): Picture {
  const random = createRandom(1, "unread text");
  const usual = ["order", "called", "about", "the", "parcel", "and", "asked", "again"];
  const notes = range(0, 1200).map(() => {
    const isYes = random.next() < 0.4;
    const own = random.next() < 0.5 ? [isYes ? "broken" : "thanks"] : [];
    return { isYes, words: new Set([...Array.from({ length: 11 }, () => pick(random, usual)), ...own]) };
  });
  const all = ["broken", "thanks", ...usual].map((word) => {
    const having = notes.filter(({ words }) => words.has(word));
    const share = having.filter(({ isYes }) => isYes).length / having.length;
    return { label: `"${word}" in the note`, value: 100 * share, text: percent(share), isStrong: word === "broken" || word === "thanks" };
  });
  return bars(
    "Two words of the notes tell the outcome; the notes as wholes are all different and tell nothing",
    'rows with outcome "yes" (%)',
    all.sort((a, b) => b.value - a.value),
    100,
  );
}

export const COLUMN_PICTURES: readonly (readonly [TrapId, () => Picture])[] = [
  ["dialect", dialect],
  ["encoding", () => spoiltCells("encoding", "Cells of COLUMN with letters that were decoded twice", (cell) => cell.includes("Ã"))],
  ["missing-header", () => rawLines("missing-header", "The first line of the file is a row of data", (line) => line === 0)],
  ["mixed-types", () => spoiltCells("mixed-types", "COLUMN holds numbers, and words among them", (cell) => Number.isNaN(Number(cell)))],
  ["text-number", () => spoiltCells("text-number", "COLUMN is written with its unit, so it is text", () => true)],
  ["text-date", () => wholeColumn("text-date", "Dates as text: 3/4/2020 may be in March or in April")],
  ["code-as-number", codes],
  ["constant", () => wholeColumn("constant", "COLUMN holds one value in all rows")],
  [
    "near-constant",
    () => {
      const { table } = planted("near-constant", "binary");
      return bars(
        "archived is 0 in nearly all rows",
        "rows",
        levelBars(cellsOf(table, "archived"), (level) => level === "1"),
      );
    },
  ],
  ["empty-column", () => wholeColumn("empty-column", "COLUMN holds no value")],
  [
    "empty-row",
    () => {
      const { table } = planted("empty-row", "binary");
      const rows = mixedRows(table, table.target, (cell) => cell === "", 6);
      return excerpt(
        "A row without any value",
        some(table, [...table.columns.keys()].slice(0, 5), rows),
        (row) => row > 0 && cellsOf(table, table.target)[rows[row - 1] ?? 0] === "",
      );
    },
  ],
  ["missing", gaps],
  [
    "null-spelling",
    () => {
      const { before, table, columns } = planted("null-spelling", "binary", (seen) =>
        featuresOf(seen.before, "name").includes(seen.columns[0] ?? ""),
      );
      const [name = ""] = columns;
      const known = new Set(cellsOf(before, name));
      return bars(
        `A word among the names of ${name} stands for "no value"`,
        "rows",
        levelBars(cellsOf(table, name), (level) => !known.has(level)),
      );
    },
  ],
  [
    "sentinel",
    () => ownQuantities("sentinel", "COLUMN has one value far from all others in a quarter of the rows", (value) => Math.abs(value) >= 999),
  ],
  ["missingness-leak", missingnessLeak],
  ["structural-missing", structural],
  ["impossible-value", impossible],
  [
    "outlier",
    () =>
      farAlongRows(
        numbersOf(planted("outlier", "binary").table, "strain"),
        "strain",
        0.008,
        "strain along the rows: a few rows lie many deviations away on both sides",
      ),
  ],
  ["unit-mix", unitMix],
  [
    "spelling-variant",
    () => {
      const { before, table, columns } = planted("spelling-variant", "binary");
      const [name = ""] = columns;
      const known = new Set(cellsOf(before, name));
      return bars(
        `The names of ${name} in several spellings`,
        "rows",
        levelBars(cellsOf(table, name), (level) => !known.has(level), 9),
      );
    },
  ],
  ["high-cardinality", highCardinality],
  ["identifier", identifier],
  ["duplicate-column", () => copyOf("duplicate-column")],
  ["derived-column", () => copyOf("derived-column")],
  ["multicollinear", () => copyOf("multicollinear")],
  [
    "skewed",
    () =>
      farAlongRows(
        numbersOf(planted("skewed", "binary").table, "turnover"),
        "turnover",
        0.02,
        "turnover along the rows: nearly all stand near 0, and a few reach far above",
      ),
  ],
  ["scale", scale],
  ["personal-data", () => wholeColumn("personal-data", "COLUMN holds addresses of persons (made up)")],
  ["unread-text", unreadText],
];
