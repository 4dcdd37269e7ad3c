import type { TrapId } from "../../../src/core/trap.ts";
import { cellsOf, featuresOf, outcomeOf, rowsOf, type Table } from "../table.ts";
import { bars, type Dot, dots, excerpt, histogram, line, type Picture } from "./draw.ts";
import { byKey, numbersOf, planted, some } from "./planted.ts";

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
const percent = (share: number) => `${Math.round(100 * share)} %`;

/** Rows that stand twice, but for some columns, beside rows that do not: two pairs and two others. */
function pairs(table: Table, ignoring: readonly string[], digits = 20): { readonly rows: number[]; readonly isPaired: boolean[] } {
  const names = [...table.columns.keys()].filter((name) => !ignoring.includes(name));
  const round = (cell: string) => (digits < 20 && cell !== "" && Number.isFinite(Number(cell)) ? Number(cell).toPrecision(digits) : cell);
  const places = new Map<string, number[]>();
  for (const row of range(0, rowsOf(table))) {
    const key = names.map((name) => round(cellsOf(table, name)[row] ?? "")).join("|");
    places.set(key, [...(places.get(key) ?? []), row]);
  }
  const all = [...places.values()];
  const twice = all.filter(({ length }) => length > 1).slice(0, 2);
  const once = all.filter(({ length }) => length === 1).slice(0, 2);
  const rows = [...(once[0] ?? []), ...(twice[0]?.slice(0, 2) ?? []), ...(once[1] ?? []), ...(twice[1]?.slice(0, 2) ?? [])];
  return { rows, isPaired: rows.map((row) => twice.some((pair) => pair.includes(row))) };
}

function repeatedRows(
  trap: TrapId,
  alt: string,
  ignoring: readonly string[] = [],
  digits = 20,
  isStrong: (name: string) => boolean = () => true,
): Picture {
  const { table } = planted(trap, "binary");
  const { rows, isPaired } = pairs(table, ignoring, digits);
  const names = [...ignoring, ...featuresOf(table, "number").slice(0, 3), ...featuresOf(table, "name").slice(0, 1), table.target]
    .filter((name, i, all) => all.indexOf(name) === i)
    .slice(0, 6);
  return excerpt(alt, some(table, names, rows), (row, column) => row > 0 && isPaired[row - 1] === true && isStrong(names[column] ?? ""));
}

/** Share of the class, or mean of the target, of parts of the rows in order. */
export function alongRows(values: readonly number[], parts: number, isStrong: (part: number) => boolean): Dot[] {
  return range(0, parts).map((part) => {
    const own = values.slice(Math.floor((part * values.length) / parts), Math.floor(((part + 1) * values.length) / parts));
    return {
      x: Math.round(((part + 0.5) * values.length) / parts),
      y: own.reduce((sum, one) => sum + one, 0) / own.length,
      isStrong: isStrong(part),
    };
  });
}

function oversampled(): Picture {
  const { table } = planted("oversampled", "binary");
  const names = [...table.columns.keys()];
  const key = (row: number) => names.map((name) => cellsOf(table, name)[row]).join("|");
  const counts = new Map<string, number>();
  for (const row of range(0, rowsOf(table))) counts.set(key(row), (counts.get(key(row)) ?? 0) + 1);
  const target = cellsOf(table, table.target);
  const share = (label: string) => {
    const own = range(0, rowsOf(table)).filter((row) => target[row] === label);
    return own.filter((row) => (counts.get(key(row)) ?? 0) > 1).length / own.length;
  };
  return bars(
    "Rows of the class yes stand several times, rows of the class no once",
    "rows that stand more than once (%)",
    ["yes", "no"].map((label) => ({
      label: `outcome is ${label}`,
      value: 100 * share(label),
      text: percent(share(label)),
      isStrong: label === "yes",
    })),
    100,
  );
}

function appended(): Picture {
  const { before, table } = planted("appended-rows", "binary");
  const name = featuresOf(table, "number").find((one) => cellsOf(before, one).some((cell, row) => cell !== cellsOf(table, one)[row])) ?? "";
  const from = cellsOf(table, name).findIndex((cell, row) => cell !== cellsOf(before, name)[row]);
  return dots(
    `${name} along the rows of the file: the last quarter comes from another source`,
    { x: "row", y: name },
    numbersOf(table, name).map((y, row) => ({ x: row, y, isStrong: row >= from })),
  );
}

function irregular(): Picture {
  const { table } = planted("irregular-time", "binary");
  const days = cellsOf(table, "measured_on").map((cell) => Date.parse(cell) / 86_400_000);
  const steps = days.slice(1, 400).map((day, row) => ({ x: row + 1, y: day - (days[row] ?? day) }));
  return line(
    "Days from one row to the next: one day, but for gaps of twenty",
    { x: "row", y: "days since the row before" },
    steps.filter(({ x, y }) => y > 1 || x % 6 === 0).map((step) => ({ ...step, isStrong: step.y > 1 })),
  );
}

function counts(trap: TrapId, alt: string, isStrong: (level: string, rows: number) => boolean): Picture {
  const { table } = planted(trap, "binary");
  const groups = [...byKey(table, (row) => cellsOf(table, table.target)[row] ?? "")];
  return bars(
    alt,
    "rows",
    groups
      .map(([level, { rows }]) => ({
        label: level === "" ? "(empty)" : level,
        value: rows,
        text: rows.toLocaleString("en"),
        isStrong: isStrong(level, rows),
      }))
      .sort((a, b) => b.value - a.value),
  );
}

function labelVariant(): Picture {
  const { table } = planted("label-variant", "binary");
  const rows = (cells: readonly string[], of: string) => {
    const found = new Map<string, number>();
    for (const cell of cells) found.set(cell, (found.get(cell) ?? 0) + 1);
    return [...found].map(([level, count]) => ({
      label: `${of}: ${JSON.stringify(level)}`,
      value: count,
      text: count.toLocaleString("en"),
      isStrong: of === "test",
    }));
  };
  return bars("Labels of the test set have a stop at their end, so none of them is known", "rows", [
    ...rows(cellsOf(table, table.target), "training"),
    ...rows(table.test?.get(table.target) ?? [], "test"),
  ]);
}

function target(trap: "censored-target" | "zero-inflated", alt: string): Picture {
  const { table } = planted(trap, "regression");
  const values = numbersOf(table, table.target);
  const end = trap === "censored-target" ? Math.max(...values) : 0;
  return histogram(alt, values, { x: table.target, bins: 50, strong: (value) => value === end });
}

function unobserved(): Picture {
  const { table } = planted("unobserved-as-zero", "regression");
  const station = cellsOf(table, "station");
  const names = [...new Set(station)].sort();
  const all = numbersOf(table, table.target).map((y, row) => ({
    x: names.indexOf(station[row] ?? "") + 0.5 * (((row * 37) % 100) / 100 - 0.5),
    y,
    isStrong: station[row] === "hill",
  }));
  return dots(
    "The outcome is 0 in all rows of the station hill, and in no other",
    { x: "station", y: table.target },
    all,
    {
      x: {
        ticks: names.map((_, i) => i),
        tickFormat: (i: number) => names[i] ?? "",
        domain: [-0.5, names.length - 0.5],
        label: "station",
        labelAnchor: "center",
        labelArrow: "none",
      },
    },
    200,
  );
}

function conflicting(): Picture {
  const { table } = planted("conflicting-label", "binary");
  const { rows, isPaired } = pairs(table, [table.target]);
  const names = [...featuresOf(table, "number").slice(0, 3), ...featuresOf(table, "name").slice(0, 1), table.target];
  return excerpt(
    "Rows with the same features and another outcome",
    some(table, names, rows),
    (row, column) => row > 0 && isPaired[row - 1] === true && column === names.length - 1,
  );
}

function wrongLabels(): Picture {
  const { before, table } = planted("wrong-label", "binary");
  const [a, b, was, is] = [
    numbersOf(table, "signal_a"),
    numbersOf(table, "signal_b"),
    cellsOf(before, table.target),
    cellsOf(table, table.target),
  ];
  const all = a
    .map((x, row) => ({ x, y: b[row] ?? 0, label: is[row], isStrong: was[row] !== is[row] && is[row] === "no" }))
    .filter(({ label }) => label === "no");
  return dots(
    "Rows labelled no: most lie at the lower left; the marked ones lie where yes lies, and were labelled wrong",
    { x: "signal_a", y: "signal_b" },
    [...all.filter(({ isStrong }, i) => !isStrong && i % 4 === 0), ...all.filter(({ isStrong }) => isStrong)],
    {},
    260,
  );
}

function shift(): Picture {
  const { table } = planted("label-shift-in-time", "binary");
  return line(
    "Share of yes along the time: it jumps at one day and stays",
    { x: "row, in order of recorded_on", y: "share of yes" },
    alongRows(outcomeOf(table), 30, (part) => part >= 18),
    { y: { domain: [0, 1], label: "share of yes", labelArrow: "none", ticks: 5 } },
  );
}

function fewRows(): Picture {
  const { table } = planted("too-few-rows", "binary");
  const counted = new Map<string, number>();
  for (const level of cellsOf(table, table.target)) counted.set(level, (counted.get(level) ?? 0) + 1);
  const rare = Math.min(...counted.values());
  return bars("35 rows for more than twenty columns: fewer rows of the rarer class than columns", "count", [
    { label: "rows", value: cellsOf(table, table.target).length, text: `${cellsOf(table, table.target).length}` },
    { label: "columns", value: table.columns.size - 1, text: `${table.columns.size - 1}` },
    { label: "rows of the rarer class", value: rare, text: `${rare}`, isStrong: true },
  ]);
}

export const ROW_PICTURES: readonly (readonly [TrapId, () => Picture])[] = [
  ["duplicate-row", () => repeatedRows("duplicate-row", "Two rows stand twice, equal in all columns")],
  [
    "hidden-duplicate",
    () => repeatedRows("hidden-duplicate", "Two rows stand twice under another key", ["row_key"], 20, (name) => name !== "row_key"),
  ],
  ["near-duplicate", () => repeatedRows("near-duplicate", "Two rows stand twice, equal but for the last digits", [], 2)],
  ["oversampled", oversampled],
  ["appended-rows", appended],
  ["irregular-time", irregular],
  ["too-few-rows", fewRows],
  ["imbalance", () => counts("imbalance", "One class has nearly all rows", (_, rows) => rows < 200)],
  ["rare-class", () => counts("rare-class", "The class other has two rows", (level) => level === "other")],
  ["missing-label", () => counts("missing-label", "Rows whose outcome is empty", (level) => level === "")],
  ["label-variant", labelVariant],
  ["censored-target", () => target("censored-target", "The outcome is cut off at one value, where all larger ones stand")],
  ["zero-inflated", () => target("zero-inflated", "The outcome is 0 in more than half of the rows, and never near 0 else")],
  ["unobserved-as-zero", unobserved],
  ["conflicting-label", conflicting],
  ["wrong-label", wrongLabels],
  ["label-shift-in-time", shift],
];
