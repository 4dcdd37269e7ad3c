import { describe, expect, test } from "vitest";
import type { CheckedLabel } from "../../../src/core/dataset.ts";
import { createRandom } from "../../../src/core/random.ts";
import { wrongLabel } from "../../../src/data/checks/wrong-label.ts";
import { labelReview, reviewFile } from "../../../src/data/labels/label-review.ts";
import { contextOf, numbers, tableOf } from "../table.ts";

const ROWS = 1200;
const SITES = ["east", "mid", "north"];

interface World {
  /** Log odds per unit of the direction that both columns make. */
  readonly steep: number;
  readonly rate: (label: number, site: number) => number;
  readonly seed?: number;
}

/** Classes that two columns tell, some turned, and answers as trees give them: they know the rate of turned labels, with errors of their own. */
function world({ steep, rate, seed = 1 }: World) {
  const random = createRandom(seed, "lapses");
  const [a, b] = [numbers(ROWS, () => random.normal()), numbers(ROWS, () => random.normal())];
  const site = numbers(ROWS, () => random.integer(3));
  const clean = a.map((value, row) => 1 / (1 + Math.exp(-steep * (value + 0.7 * b[row]!))));
  const truth = clean.map((p) => Number(random.next() < p));
  const turned = new Set<number>();
  const label = truth.map((value, row) => {
    if (random.next() >= rate(value, site[row]!)) return value;
    turned.add(row);
    return 1 - value;
  });
  const outputs = Float64Array.from(clean, (p, row) => {
    const [lost, won] = [rate(1, site[row]!), rate(0, site[row]!)];
    const foreseen = (1 - lost) * p + won * (1 - p);
    const odds = Math.log(Math.max(1e-3, foreseen) / Math.max(1e-3, 1 - foreseen));
    return 1 / (1 + Math.exp(-0.8 * odds - 0.8 * random.normal()));
  });
  const table = tableOf([
    ["a", a],
    ["b", b],
    ["site", site.map((one) => SITES[one]!)],
    ["y", label.map((value) => (value === 1 ? "yes" : "no"))],
  ]);
  return { context: contextOf(table, "y", { outOfFold: { rows: Int32Array.from(a.keys()), outputs, repeats: 1 } }), turned };
}

test.each([
  ["in all rows", () => 0.05, 0.6],
  ["in one class", (label: number) => 0.09 * label, 0.6],
  ["by one site", (_: number, site: number) => (site === 1 ? 0.16 : 0.005), 0.6],
])("labels turned %s are listed and asked about, though the answers foresee them", async (_, rate, found) => {
  const { context, turned } = world({ steep: 10, rate });
  const listed = labelReview(context)!.rows.map(({ row }) => row);
  const right = listed.filter((row) => turned.has(row)).length;
  expect(right / turned.size).toBeGreaterThan(found);
  expect(right / listed.length).toBeGreaterThan(0.8);
  const [suspicion] = await wrongLabel.inspect(context);
  expect(suspicion!.confidence).toBeLessThan(0.5);
  // Nobody has shown that anything is damaged.
  expect(suspicion!.severity).toBe("costly");
});

test("the site whose labels are wrong most often is named", async () => {
  const { context } = world({ steep: 10, rate: (_, site) => (site === 1 ? 0.16 : 0.005) });
  const [suspicion] = await wrongLabel.inspect(context);
  expect(suspicion!.why).toContain('Most often where `site` is "mid"');
});

test.each([1, 2.5, 6, 30])("an outcome that is chance with odds of %d per unit has no wrong labels", async (steep) => {
  for (let seed = 2; seed <= 4; seed++) expect(await wrongLabel.inspect(world({ steep, rate: () => 0, seed }).context)).toEqual([]);
});

test("a level that gives the label makes nothing else sure: the other rows are no lapses", async () => {
  for (let seed = 1; seed <= 6; seed++) {
    const random = createRandom(seed, "given away");
    const a = numbers(ROWS, () => random.normal());
    const clean = a.map((value) => 1 / (1 + Math.exp(-0.7 * value)));
    const label = clean.map((p) => Number(random.next() < p));
    const route = label.map((value) => (value === 1 && random.next() < 0.4 ? "R9" : ["A", "B", "C"][random.integer(3)]!));
    const outputs = Float64Array.from(clean, (p, row) => {
      const odds = route[row] === "R9" ? 99 : (0.6 * p) / (1 - p);
      return 1 / (1 + Math.exp(-Math.log(odds) - 0.8 * random.normal()));
    });
    const table = tableOf([
      ["a", a],
      ["route", route],
      ["y", label.map((value) => (value === 1 ? "yes" : "no"))],
    ]);
    const outOfFold = { rows: Int32Array.from(a.keys()), outputs, repeats: 1 };
    expect(await wrongLabel.inspect(contextOf(table, "y", { outOfFold }))).toEqual([]);
  }
});

/** Some rows of a world, in that order. */
function taken({ context: { frame, outOfFold } }: ReturnType<typeof world>, places: readonly number[]) {
  const cell = (column: (typeof frame.columns)[number], row: number) =>
    "values" in column ? column.values[row]! : column.levels[column.codes[row]!]!;
  const table = tableOf(frame.columns.map((column) => [column.name, places.map((row) => cell(column, row))] as never));
  const outputs = Float64Array.from(places, (row) => outOfFold!.outputs[row]!);
  return contextOf(table, "y", { outOfFold: { rows: Int32Array.from(places.keys()), outputs, repeats: 1 } });
}

test("rows that were copied are no new evidence", () => {
  const all = numbers(ROWS, (row) => row);
  const unclear = world({ steep: 3, rate: () => 0.02, seed: 3 });
  expect(labelReview(taken(unclear, all))).toBeNull();
  expect(labelReview(taken(unclear, [...all, ...all, ...all, ...all]))).toBeNull();
});

test("a handful of rows tells nothing", () => {
  const clear = world({ steep: 10, rate: () => 0.05, seed: 3 });
  const of = (first: number, rows: number) =>
    labelReview(
      taken(
        clear,
        numbers(rows, (row) => first + row),
      ),
    );
  expect(of(200, 40)).toBeNull();
  expect(of(200, 400)).not.toBeNull();
});

test("columns that were left out as leaks are not looked at", () => {
  const { context } = world({ steep: 10, rate: () => 0.05 });
  const roles = { ...context.roles, features: ["site"] };
  expect(labelReview({ ...context, roles })).toBeNull();
});

describe("a second round, after most of the list was corrected", () => {
  const first = world({ steep: 10, rate: () => 0.02, seed: 5 });
  const wrong = [...first.turned];
  // Two are left: too few to be told by themselves.
  const half = wrong.slice(2);
  const classes = ["no", "yes"];
  const target = first.context.target.map((label, row) => (half.includes(row) ? 1 - label : label));
  const label = (row: number) => classes[first.context.target[row]!]!;
  const later = (checked: CheckedLabel[], labels: Float64Array = target) => {
    const { context } = world({ steep: 10, rate: () => 0.02, seed: 5 });
    return { ...context, target: labels, dataset: { ...context.dataset, checked } };
  };
  const corrected = half.map((row) => ({ row, label: label(row), corrected: classes[target[row]!]!, by: "me" }));

  test("the rest is listed, though it is too little to be told by itself, and what was checked stands below", () => {
    const context = later(corrected);
    const listed = labelReview(context)!.rows.map(({ row }) => row);
    const rest = wrong.filter((row) => !half.includes(row));
    expect(rest.filter((row) => listed.includes(row)).length / rest.length).toBeGreaterThanOrEqual(0.5);
    expect(listed.some((row) => half.includes(row))).toBe(false);
    const lines = reviewFile(context)!.trim().split("\n");
    expect(lines.slice(1 + listed.length).map((line) => line.split(",").slice(0, 4))).toEqual(
      corrected.map((one) => [String(one.row), one.label, one.corrected, "me"]),
    );
    expect(labelReview(later([]))).toBeNull();
  });

  test("what is right of the first list stays on the second, without a question whether there is anything", async () => {
    const many = world({ steep: 10, rate: () => 0.05, seed: 5 });
    const list = labelReview(many.context)!.rows.map(({ row }) => row);
    const looked = list.slice(0, Math.round((2 * list.length) / 3));
    const checked = looked.map((row) => ({
      row,
      label: classes[many.context.target[row]!]!,
      corrected: many.turned.has(row) ? classes[1 - many.context.target[row]!]! : "",
      by: "me",
    }));
    const labels = many.context.target.map((one, row) => (looked.includes(row) && many.turned.has(row) ? 1 - one : one));
    const context = { ...world({ steep: 10, rate: () => 0.05, seed: 5 }).context, target: labels };
    const second = { ...context, dataset: { ...context.dataset, checked } };
    const rest = list.slice(looked.length).filter((row) => many.turned.has(row));
    const listed = labelReview(second)!.rows.map(({ row }) => row);
    expect(rest.length).toBeGreaterThan(5);
    expect(rest.filter((row) => listed.includes(row)).length / rest.length).toBeGreaterThan(0.9);
    expect(listed.some((row) => looked.includes(row))).toBe(false);
    const [found] = await wrongLabel.inspect(second);
    expect(found).toMatchObject({ question: null });
    expect(found!.confidence).toBeGreaterThan(0.99);
    expect(found!.why).toContain(`by the labels as they came (${checked.filter((one) => one.corrected !== "").length} corrected since)`);
  });

  test("where all that were wrong are corrected, little or nothing is left", async () => {
    const left = async (rate: number, seed: number) => {
      const { context: came, turned } = world({ steep: 10, rate: () => rate, seed });
      const looked = [...new Set([...turned, ...labelReview(came)!.rows.map(({ row }) => row)])];
      const name = (row: number, isTurned: boolean) => classes[isTurned ? 1 - came.target[row]! : came.target[row]!]!;
      const checked = looked.map((row) => ({ row, label: name(row, false), corrected: turned.has(row) ? name(row, true) : "", by: "me" }));
      const target = came.target.map((one, row) => (turned.has(row) ? 1 - one : one));
      const [found] = await wrongLabel.inspect({
        ...world({ steep: 10, rate: () => rate, seed }).context,
        target,
        dataset: { ...came.dataset, checked },
      });
      const isSure = (found?.confidence ?? 0) > 0.5;
      return [found?.severity, found?.why.split(": ").at(-1), ...(isSure ? [] : ["unsure"])];
    };
    expect(await left(0.02, 1)).toEqual(["cosmetic", "what is listed is likelier right than wrong.", "unsure"]);
    expect(await left(0.05, 2)).toEqual(["costly", "about 1 label of 1,200 looks wrong."]);
    expect(await left(0.05, 3)).toEqual(["costly", "about 2 labels of 1,200 look wrong."]);
  });

  test("where those looked at were right, nothing is asked again", () => {
    const looked = wrong.map((row) => ({ row, label: label(row), corrected: "", by: "me" }));
    expect(labelReview(later(looked, first.context.target))).toBeNull();
  });
});
