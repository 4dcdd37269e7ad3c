import { createRandom } from "../../../src/core/random.ts";
import type { TrapId } from "../../../src/core/trap.ts";
import { expectedMaximum } from "../../../src/stats/index.ts";
import { cellsOf, featuresOf, outcomeOf, type Table } from "../table.ts";
import { type Bar, bars, type Dot, dots, histogram, line, type Picture, twoLines } from "./draw.ts";
import { byKey, numbersOf, planted, testOf } from "./planted.ts";
import { alongRows } from "./rows.ts";

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
const percent = (share: number) => `${Math.round(100 * share)} %`;

/** A number by class: dots spread over the height of their class. */
function byClass(table: Table, name: string, alt: string): Picture {
  const outcome = outcomeOf(table);
  const all = numbersOf(table, name).map(
    (x, row): Dot => ({ x, y: (outcome[row] ?? 0) + 0.6 * (((row * 37) % 100) / 100 - 0.5), isStrong: outcome[row] === 1 }),
  );
  return dots(
    alt,
    { x: name, y: "outcome" },
    all,
    {
      height: 170,
      y: { domain: [-0.5, 1.5], ticks: [0, 1], tickFormat: (y: number) => (y === 1 ? "yes" : "no"), label: "outcome", labelArrow: "none" },
    },
    220,
  );
}

/** Share of yes of each level of a column. */
function byLevel(table: Table, key: (row: number) => string, alt: string, isStrong: (level: string, share: number) => boolean): Picture {
  const all = [...byKey(table, key)].map(
    ([label, { outcome }]): Bar => ({ label, value: 100 * outcome, text: percent(outcome), isStrong: isStrong(label, outcome) }),
  );
  return bars(
    alt,
    'rows with outcome "yes" (%)',
    all.sort((a, b) => b.value - a.value),
    100,
  );
}

function combination(): Picture {
  const { table } = planted("combination-leak", "regression");
  const [a, b] = [numbersOf(table, "part_one"), numbersOf(table, "part_two")];
  return dots(
    "The sum of two columns is the outcome in every row; neither is it alone",
    { x: "part_one + part_two", y: table.target },
    numbersOf(table, table.target).map((y, row) => ({ x: (a[row] ?? 0) + (b[row] ?? 0), y, isStrong: true })),
  );
}

function future(): Picture {
  const random = createRandom(1, "future leak");
  let at = 0;
  const values = range(0, 1200).map(() => {
    at = 0.6 * at + random.normal();
    return at;
  });
  const ahead = values.map((_, row) => [1, 2, 3].reduce((sum, step) => sum + (values[row + step] ?? 0), 0) / 3 + 0.2 * random.normal());
  const correlation = (lag: number) => {
    const rows = range(10, 1180);
    const [x, y] = [rows.map((row) => ahead[row] ?? 0), rows.map((row) => values[row + lag] ?? 0)];
    const mean = (of: readonly number[]) => of.reduce((sum, one) => sum + one, 0) / of.length;
    const [mx, my] = [mean(x), mean(y)];
    const cross = (p: readonly number[], q: readonly number[], mp: number, mq: number) =>
      p.reduce((sum, one, i) => sum + (one - mp) * ((q[i] ?? 0) - mq), 0);
    return cross(x, y, mx, my) / Math.sqrt(cross(x, x, mx, mx) * cross(y, y, my, my));
  };
  const all = range(-5, 6).map((lag) => ({ x: lag, y: correlation(lag), isStrong: lag > 0 }));
  return line(
    "A column goes together with the outcome of later rows more than with that of earlier ones: its window reaches past the row",
    { x: "rows later (+) or earlier (-)", y: "correlation with the outcome there" },
    all,
  );
}

function preprocessing(): Picture {
  const { table } = planted("preprocessing-leak", "binary");
  const [name = ""] = featuresOf(table, "number");
  const values = numbersOf(table, name);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return histogram(
    `${name} over all rows: mean ${Math.abs(mean).toFixed(6)}, standard deviation ${sd.toFixed(6)}; it was scaled before the split`,
    values,
    { x: `${name}: mean ${Math.abs(mean).toFixed(6)}, deviation ${sd.toFixed(6)}`, strong: () => true, bins: 40 },
  );
}

function groups(): Picture {
  const { table } = planted("group-leak", "binary");
  const patient = cellsOf(table, "patient_id");
  const marked = new Set([...new Set(patient)].slice(0, 5));
  const [x, y] = [numbersOf(table, "gait"), numbersOf(table, "reach_span")];
  const all = x.map((value, row) => ({ x: value, y: y[row] ?? 0, isStrong: marked.has(patient[row] ?? "") }));
  return dots(
    "Rows of five patients, marked, stand in five heaps: a model knows the patient again",
    { x: "gait", y: "reach_span" },
    [...all.filter(({ isStrong }, i) => !isStrong && i % 9 === 0), ...all.filter(({ isStrong }) => isStrong)],
    {},
    240,
  );
}

function timeLeak(): Picture {
  const { table } = planted("time-leak", "regression");
  const values = numbersOf(table, table.target);
  return line(
    "The outcome of one day is nearly that of the day before: a random split asks for what stands next to it",
    { x: "day", y: table.target },
    range(0, 120).map((row) => ({ x: row, y: values[row] ?? 0, isStrong: row % 5 === 2 })),
  );
}

function overlap(trap: "split-overlap" | "split-group-overlap"): Picture {
  const { table } = planted(trap, "binary");
  const test = testOf(table);
  const names = trap === "split-overlap" ? [...table.columns.keys()] : ["shop"];
  const keys = (one: Table) => cellsOf(one, one.target).map((_, row) => names.map((name) => cellsOf(one, name)[row]).join("|"));
  const known = new Set(keys(table));
  const all = keys(test);
  const shared = all.filter((key) => known.has(key)).length;
  const [alt, yes, no] =
    trap === "split-overlap"
      ? ["Test rows that also stand in the training rows", "also in training", "only in the test set"]
      : ["Test rows whose shop is known from the training rows", "of a known shop", "of a new shop"];
  return bars(alt, "test rows", [
    { label: yes, value: shared, text: `${shared}`, isStrong: true },
    { label: no, value: all.length - shared, text: `${all.length - shared}` },
  ]);
}

function timeOverlap(): Picture {
  const { table } = planted("split-time-overlap", "binary");
  const months = (one: Table) => cellsOf(one, "sold_on").map((day) => (Date.parse(day) - Date.UTC(2020, 0, 1)) / 86_400_000 / 30.4);
  const counted = (values: readonly number[]) =>
    range(0, 23).map((month): Dot => ({ x: month, y: values.filter((value) => Math.floor(value) === month).length }));
  return twoLines(
    "Rows per month: the test rows are of the same months as the training rows, not later",
    { x: "months since January 2020", y: "rows" },
    counted(months(table)),
    counted(months(testOf(table))),
  );
}

/** Share of rows in equal steps of a number. */
function shares(values: readonly number[], low: number, high: number, steps: number): Dot[] {
  const width = (high - low) / steps;
  return range(0, steps).map((step) => ({
    x: low + (step + 0.5) * width,
    y: (100 * values.filter((value) => Math.floor((value - low) / width) === step).length) / values.length,
  }));
}

function covariate(): Picture {
  const { table, columns } = planted("covariate-shift", "binary");
  const [name = ""] = columns;
  const [train, test] = [numbersOf(table, name), numbersOf(testOf(table), name)];
  const [low, high] = [Math.min(...train, ...test), Math.max(...train, ...test)];
  return twoLines(
    `${name} is larger in the test rows than in the training rows`,
    { x: name, y: "rows of the set (%)" },
    shares(train, low, high, 18),
    shares(test, low, high, 18),
  );
}

function concept(): Picture {
  const { table } = planted("concept-shift", "binary");
  const yes = (one: Table) => {
    const [x, y] = [numbersOf(one, "drive"), outcomeOf(one)];
    return range(-4, 5).map((step): Dot => {
      const rows = x.flatMap((value, row) => (Math.round(2 * value) === step ? [row] : []));
      return { x: step / 2, y: rows.reduce((sum, row) => sum + (y[row] ?? 0), 0) / Math.max(1, rows.length) };
    });
  };
  return twoLines(
    "At equal values of drive the outcome is the opposite in the test rows",
    { x: "drive", y: "share of yes" },
    yes(table),
    yes(testOf(table)),
  );
}

function sides(trap: "new-category" | "sampling-bias", alt: string): Picture {
  const { table, columns } = planted(trap, "binary");
  const name = trap === "new-category" ? (columns[0] ?? "") : table.target;
  const share = (one: Table, level: string) => cellsOf(one, name).filter((cell) => cell === level).length / cellsOf(one, name).length;
  const test = testOf(table);
  const levels = [...new Set([...cellsOf(table, name), ...cellsOf(test, name)])].sort();
  const isStrong = (level: string) => (trap === "new-category" ? level === "Atlantis" : level === "yes");
  return bars(
    alt,
    "rows of the set (%)",
    levels.flatMap((level) =>
      [["training", table] as const, ["test", test] as const].map(([set, one]) => ({
        label: `${level}, ${set}`,
        value: 100 * share(one, level),
        text: percent(share(one, level)),
        isStrong: set === "test" && isStrong(level),
      })),
    ),
  );
}

function sibling(): Picture {
  const { table } = planted("sibling-target", "binary");
  const other = cellsOf(table, "outcome_final");
  return byLevel(
    table,
    (row) => `outcome_final is ${other[row]}`,
    "outcome_final nearly is the outcome",
    () => true,
  );
}

export const LEAK_PICTURES: readonly (readonly [TrapId, () => Picture])[] = [
  ["target-leak", () => byClass(planted("target-leak", "binary").table, "marker", "marker parts the classes without overlap")],
  [
    "post-outcome",
    () => {
      const { table, columns } = planted("post-outcome", "binary", ({ columns: [name] }) => name === "call_duration");
      return byClass(table, columns[0] ?? "", "call_duration is longer where the outcome is yes: it is known once the call is over");
    },
  ],
  [
    "partial-leak",
    () => {
      const { table } = planted("partial-leak", "binary");
      return byLevel(
        table,
        (row) => `route is ${cellsOf(table, "route")[row]}`,
        "One value of route stands in rows of one class only",
        (_, share) => share === 1,
      );
    },
  ],
  ["combination-leak", combination],
  ["sibling-target", sibling],
  [
    "order-leak",
    () => {
      const { table } = planted("order-leak", "binary");
      return line(
        "Share of yes along the rows of the file: it was sorted by the outcome, and ticket_no keeps the order",
        { x: "row", y: "share of yes" },
        alongRows(outcomeOf(table), 30, () => true),
      );
    },
  ],
  ["future-leak", future],
  ["preprocessing-leak", preprocessing],
  ["group-leak", groups],
  ["time-leak", timeLeak],
  [
    "site-effect",
    () => {
      const { table } = planted("site-effect", "binary");
      return byLevel(
        table,
        (row) => cellsOf(table, "hospital")[row] ?? "",
        "The hospital tells the outcome",
        (_, share) => share > 0.5,
      );
    },
  ],
  ["split-overlap", () => overlap("split-overlap")],
  ["split-group-overlap", () => overlap("split-group-overlap")],
  ["split-time-overlap", timeOverlap],
  ["sampling-bias", () => sides("sampling-bias", "The share of yes is another one in the test rows")],
  ["covariate-shift", covariate],
  ["new-category", () => sides("new-category", "Atlantis stands in the test rows and in no training row")],
  ["concept-shift", concept],
  [
    "reused-test",
    () => {
      const points = [1, 2, 3, 5, 8, 12, 20, 30, 50, 80].map((looks) => ({ x: looks, y: expectedMaximum(looks), isStrong: looks > 1 }));
      return line(
        "The best of several equally good models looks better the more often the same test rows are asked",
        { x: "models judged by the same test rows", y: "expected gain by luck (standard errors)" },
        points,
      );
    },
  ],
];
