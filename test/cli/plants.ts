import type { Finding, Severity } from "../../src/core/finding.ts";
import { createRandom, type Random } from "../../src/core/random.ts";
import type { RecipeStep } from "../../src/core/recipe.ts";
import type { TrapId } from "../../src/core/trap.ts";

type Cell = string | number;
export type Row = Record<string, Cell>;

/** A small table with one trap in it, and what the audit must say about it. */
export interface Plant {
  readonly trap: TrapId;
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  readonly target: string;
  /** Rows of a given test set; null without one. */
  readonly test: readonly Row[] | null;
  /** The same table without the trap. */
  readonly without: { readonly rows: readonly Row[]; readonly test: readonly Row[] | null };
  readonly severity: Severity;
  readonly state: Finding["state"];
  /** A number of the evidence that shows the plant, and its least and greatest value. */
  readonly evidence: readonly [name: string, least: number, most: number];
  /** What experiments say: the trap flatters beyond chance, or they measured it without a wish; none: no experiment can. */
  readonly harm: "flatters" | "measured" | "none";
  /** Whether each side has an experiment, or the same predictions are judged twice. */
  readonly predictions: "two" | "same";
  /** What mends it: the step that is in the recipe, the split, the metric or the words of the advice. */
  readonly mends: RecipeStep["op"] | { readonly split: string } | { readonly metric: string } | RegExp;
  readonly asks: boolean;
}

const ROWS = 400;

export function toCsv(rows: readonly Row[]): string {
  const names = Object.keys(rows[0] ?? {});
  return [names, ...rows.map((row) => names.map((name) => row[name] ?? ""))].map((cells) => cells.join(",")).join("\n");
}

const rounded = (value: number, digits = 2): number => Number(value.toFixed(digits));

/** Four numbers and a town tell together whether somebody bought; the best number alone reaches an AUC of about 0.75, unless its weight is another. */
function honest(rows: number, stream: string, ofHeight = 1.2): Row[] {
  const random = createRandom(3, stream);
  return Array.from({ length: rows }, () => {
    const [height, weight, income, noise] = [0, 1, 2, 3].map(() => random.normal()) as [number, number, number, number];
    const town = random.integer(5);
    const odds = ofHeight * height + 0.8 * weight - 0.5 * income + 0.3 * (town - 2);
    const bought = random.next() < 1 / (1 + Math.exp(-odds)) ? "yes" : "no";
    return {
      height: rounded(height),
      weight: rounded(weight),
      income: rounded(income),
      noise: rounded(noise),
      town: `town ${town}`,
      bought,
    };
  });
}

/** The honest rows, each changed by the plant. */
function changed(change: (row: Row, random: Random, place: number) => Row, rows = honest(ROWS, "train")): Row[] {
  const random = createRandom(5, "plant");
  return rows.map((row, place) => change(row, random, place));
}

const is = (row: Row) => Number(row.bought === "yes");

type Made = Partial<Plant> & Pick<Plant, "trap" | "rows" | "severity" | "evidence" | "harm" | "mends">;

const base = honest(ROWS, "train");
const tested = honest(200, "test");
const tellingHeight = honest(ROWS, "train", 3);

const planted = (made: Made): Plant => ({
  columns: [],
  target: "bought",
  test: null,
  without: { rows: base, test: made.test === undefined ? null : tested },
  state: "mended",
  asks: false,
  predictions: "two",
  ...made,
});

/** The rows with the first `copied` of them once more at the end. */
const withCopies = (copied: number): Row[] => [...base, ...base.slice(0, copied)];

/** One plant for each check that must work from end to end. */
export const PLANTS: readonly Plant[] = [
  planted({
    trap: "target-leak",
    columns: ["copy"],
    rows: changed((row, random) => ({ copy: rounded(6 * is(row) + random.normal()), ...row })),
    severity: "blocker",
    evidence: ["score", 0.99, 1],
    harm: "flatters",
    mends: "drop",
    asks: true,
  }),
  planted({
    trap: "post-outcome",
    columns: ["call_duration"],
    rows: changed((row, random) => ({ call_duration: rounded(1.8 * is(row) + random.normal()), ...row })),
    severity: "blocker",
    evidence: ["score", 0.85, 0.95],
    harm: "flatters",
    mends: "drop",
    asks: true,
  }),
  planted({
    trap: "order-leak",
    columns: ["ticket"],
    rows: [...base].sort((a, b) => is(a) - is(b)).map((row, i) => ({ ticket: 1000 + 3 * i, ...row })),
    severity: "blocker",
    evidence: ["score", 0.95, 1],
    harm: "flatters",
    mends: "drop",
    asks: true,
  }),
  planted({
    trap: "group-leak",
    columns: ["patient_id"],
    rows: grouped(true),
    target: "y",
    without: { rows: grouped(false), test: null },
    severity: "blocker",
    evidence: ["gapZ", 3.9, 1000],
    harm: "flatters",
    mends: { split: "group" },
    asks: true,
  }),
  planted({
    trap: "time-leak",
    columns: ["day"],
    rows: ordered(0.98),
    target: "y",
    without: { rows: ordered(0), test: null },
    severity: "blocker",
    evidence: ["persistenceZ", 10, 1000],
    harm: "measured",
    mends: { split: "time" },
  }),
  planted({
    trap: "identifier",
    columns: ["serial"],
    rows: changed((row, random) => ({ serial: 1e8 + random.integer(9e8), ...row })),
    severity: "cosmetic",
    evidence: ["distinctShare", 1, 1],
    harm: "measured",
    mends: "drop",
  }),
  planted({
    trap: "duplicate-row",
    rows: withCopies(80),
    severity: "blocker",
    evidence: ["surplusRows", 80, 80],
    harm: "flatters",
    mends: "drop-duplicate-rows",
    asks: true,
  }),
  planted({
    trap: "hidden-duplicate",
    columns: ["row_id"],
    rows: createRandom(8, "order")
      .shuffle(withCopies(80))
      .map((row, i) => ({ row_id: i + 1, ...row })),
    without: { rows: base.map((row, i) => ({ row_id: i + 1, ...row })), test: null },
    severity: "blocker",
    evidence: ["surplusRows", 80, 80],
    harm: "flatters",
    mends: "drop-duplicate-rows",
    asks: true,
  }),
  planted({
    trap: "split-overlap",
    rows: base,
    test: [...tested.slice(0, 120), ...base.slice(0, 80)],
    severity: "blocker",
    evidence: ["overlappingTestRows", 80, 80],
    harm: "flatters",
    mends: "drop-duplicate-rows",
    asks: true,
  }),
  planted({
    trap: "sentinel",
    columns: ["height"],
    rows: changed((row, random) => ({ ...row, height: random.next() < 0.25 ? -999 : row.height! })),
    severity: "cosmetic",
    evidence: ["largestShare", 0.2, 0.3],
    harm: "measured",
    mends: "null-out",
  }),
  planted({
    trap: "null-spelling",
    columns: ["town"],
    rows: changed((row, random) => ({ ...row, town: random.next() < 0.25 ? "?" : row.town! })),
    severity: "cosmetic",
    evidence: ["rowShare", 0.2, 0.3],
    harm: "measured",
    mends: "null-out",
  }),
  planted({
    trap: "missingness-leak",
    columns: ["boat"],
    rows: changed((row, random) => ({ boat: random.next() < (is(row) ? 0.9 : 0.03) ? rounded(random.normal()) : "", ...row })),
    severity: "blocker",
    evidence: ["auc", 0.85, 1],
    harm: "flatters",
    mends: "drop",
    asks: true,
  }),
  planted({
    trap: "mixed-types",
    columns: ["height"],
    // So much hangs on the height that what is lost counts wherever the words stand: in each of 20 draws.
    rows: changed((row, random) => ({ ...row, height: random.next() < 0.25 ? "tall" : row.height! }), tellingHeight),
    without: { rows: tellingHeight, test: null },
    severity: "costly",
    state: "open",
    evidence: ["share", 0.2, 0.3],
    harm: "measured",
    mends: /Write "tall" as numbers/,
  }),
  planted({
    trap: "constant",
    columns: ["country"],
    rows: changed((row) => ({ ...row, country: "NL" })),
    severity: "cosmetic",
    evidence: ["constantColumns", 1, 1],
    harm: "measured",
    mends: "drop",
  }),
  planted({
    trap: "spelling-variant",
    columns: ["town"],
    rows: changed((row, random) => ({ ...row, town: random.next() < 0.3 ? String(row.town).toUpperCase() : row.town! })),
    severity: "cosmetic",
    evidence: ["variants", 5, 5],
    harm: "measured",
    mends: "map",
  }),
  planted({
    trap: "conflicting-label",
    columns: ["bought"],
    rows: base.flatMap((row, i) => (i < 60 ? [row, { ...row, bought: row.bought === "yes" ? "no" : "yes" }] : [row])),
    severity: "costly",
    state: "open",
    evidence: ["conflictingRows", 120, 120],
    harm: "none",
    mends: /Look at some of these rows/,
  }),
  planted({
    trap: "imbalance",
    columns: ["bought"],
    rows: changed((row, random) => ({ ...row, bought: is(row) && random.next() < 0.06 ? "yes" : "no" })),
    severity: "costly",
    state: "open",
    evidence: ["largestShare", 0.95, 0.99],
    harm: "flatters",
    predictions: "same",
    mends: { metric: "average-precision" },
  }),
  planted({
    trap: "rare-class",
    columns: ["bought"],
    rows: changed((row, _, place) => ({ ...row, bought: place < 4 ? "maybe" : row.bought! })),
    severity: "harmful",
    state: "open",
    evidence: ["needed", 10, 10],
    harm: "flatters",
    predictions: "same",
    mends: /Collect at least 10 rows of each class/,
  }),
  planted({
    trap: "too-few-rows",
    rows: base.slice(0, 40).map((row, i) => ({ ...row, ...spare(i) })),
    severity: "harmful",
    state: "open",
    evidence: ["eventsPerParameter", 0.1, 2],
    harm: "measured",
    mends: /rows of the rarer class are usual/,
  }),
  planted({
    trap: "covariate-shift",
    columns: ["height"],
    rows: base,
    test: tested.map((row) => ({ ...row, height: rounded(Number(row.height) + 1.5) })),
    severity: "cosmetic",
    state: "open",
    evidence: ["columnsShifted", 1, 1],
    harm: "measured",
    mends: /Find out how the test set was chosen/,
  }),
];

function spare(place: number): Row {
  const random = createRandom(place, "spare");
  return Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`q${i}`, rounded(random.normal())]));
}

/** Fifty patients with eight rows each; without `known` the name of the patient is drawn anew for each row. */
function grouped(known: boolean): Row[] {
  const random = createRandom(9, "groups");
  const centre = Array.from({ length: 50 }, () => ({ x: 3 * random.normal(), z: 3 * random.normal(), y: random.integer(2) }));
  return random.shuffle(Array.from({ length: ROWS }, (_, i) => i % 50)).map((place) => {
    const { x, z, y } = centre[place]!;
    return {
      patient_id: `p${known ? place : random.integer(50)}`,
      x: rounded(x + 0.2 * random.normal()),
      z: rounded(z + 0.2 * random.normal()),
      y: y === 1 ? "ill" : "well",
    };
  });
}

/** A load, and heat and damp beside it, that remember the day before by `memory`: who knows heat and damp knows the day. */
function ordered(memory: number): Row[] {
  const random = createRandom(11, "series");
  const state = { load: 0, heat: 0, damp: 0 };
  const next = (value: number) => memory * value + 0.25 * random.normal();
  return Array.from({ length: ROWS }, (_, day) => {
    for (const name of ["load", "heat", "damp"] as const) state[name] = next(state[name]);
    return {
      day: new Date(Date.UTC(2023, 0, 1 + day)).toISOString().slice(0, 10),
      heat: rounded(state.heat, 3),
      damp: rounded(state.damp, 3),
      wind: rounded(random.normal(), 3),
      y: rounded(state.load, 3),
    };
  });
}
