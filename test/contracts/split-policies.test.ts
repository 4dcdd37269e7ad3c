import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Column, Frame } from "../../src/core/column.ts";
import { columnOf } from "../../src/core/column.ts";
import { OldhandError } from "../../src/core/error.ts";
import { createRandom } from "../../src/core/random.ts";
import type { Fold, SplitPolicy } from "../../src/core/split.ts";
import type { Task } from "../../src/core/task.ts";
import { foldsOf, splitInputOf } from "../../src/lab/index.ts";

const TASKS: Record<string, Task> = {
  binary: { kind: "binary", classes: ["a", "b"] },
  multiclass: { kind: "multiclass", classes: ["a", "b", "c", "d"] },
  regression: { kind: "regression" },
};

interface Case {
  readonly frame: Frame;
  readonly task: Task;
  readonly seed: number;
  readonly policy: SplitPolicy;
}

/** Tables with missing targets, missing keys, ties in time, rare classes and groups of all sizes. */
function cases(policyFor: (folds: number, rows: number) => SplitPolicy): fc.Arbitrary<Case> {
  return fc
    .record({
      rows: fc.integer({ min: 12, max: 90 }),
      seed: fc.integer({ min: 0, max: 10_000 }),
      folds: fc.integer({ min: 2, max: 5 }),
      groups: fc.integer({ min: 1, max: 30 }),
      times: fc.integer({ min: 1, max: 40 }),
      task: fc.constantFrom(...Object.values(TASKS)),
      missing: fc.constantFrom(0, 0, 0.1, 0.4),
    })
    .map(({ rows, seed, folds, groups, times, task, missing }) => {
      const random = createRandom(seed, "case");
      const classes = task.kind === "regression" ? 0 : task.classes.length;
      const gone = () => random.next() < missing;
      const column = (name: string, value: () => number): Column => ({
        name,
        type: "number",
        values: Float64Array.from({ length: rows }, () => (gone() ? Number.NaN : value())),
      });
      const codes = Int32Array.from({ length: rows }, () => (gone() ? -1 : Math.floor(random.next() ** 3 * classes)));
      const target: Column =
        classes === 0
          ? column("target", () => Math.round(random.normal() * 3))
          : { name: "target", type: "category", codes, levels: ["a", "b", "c", "d"] };
      const columns = [
        column("group", () => Math.floor(random.next() ** 2 * groups)),
        column("part", () => random.integer(3)),
        column("time", () => random.integer(times)),
        target,
      ];
      return { frame: { rows, columns, rowNumbers: null }, task, seed, policy: policyFor(folds, rows) };
    });
}

const inputOf = ({ frame, task }: Case) => splitInputOf(frame, "target", task);

/** null when the table has too few rows, groups or times for the policy: that must be a user's error. */
function foldsOrNull(one: Case, seed = one.seed): Fold[] | null {
  try {
    return foldsOf(one.policy, inputOf(one), seed);
  } catch (error) {
    expect(error).toBeInstanceOf(OldhandError);
    return null;
  }
}

function holds(arbitrary: fc.Arbitrary<Case>, law: (one: Case, folds: Fold[]) => void): void {
  let checked = 0;
  fc.assert(
    fc.property(arbitrary, (one) => {
      const folds = foldsOrNull(one);
      if (folds === null) return;
      checked++;
      law(one, folds);
    }),
    { numRuns: 50, seed: 42 },
  );
  expect(checked).toBeGreaterThan(20);
}

const labelled = (one: Case) => [...inputOf(one).target].flatMap((value, row) => (Number.isNaN(value) ? [] : [row]));
const numbers = (one: Case, name: string) => (columnOf(one.frame, name) as { values: Float64Array }).values;
const timed = (one: Case) => labelled(one).filter((row) => !Number.isNaN(numbers(one, "time")[row]));
const sorted = (rows: Iterable<number>) => [...rows].sort((a, b) => a - b);

const POLICIES: Record<string, (folds: number, rows: number) => SplitPolicy> = {
  random: (folds) => ({ policy: "random", folds, repeats: 2 }),
  stratified: (folds) => ({ policy: "stratified", folds, repeats: 2 }),
  group: (folds) => ({ policy: "group", by: ["group"], folds, repeats: 2 }),
  "group of two columns": (folds) => ({ policy: "group", by: ["group", "part"], folds, repeats: 1 }),
  time: (folds) => ({ policy: "time", by: "time", folds }),
  "time by row order": (folds) => ({ policy: "time", by: null, folds }),
  blocks: (folds) => ({ policy: "blocks", by: "time", folds }),
  "blocks by row order": (folds) => ({ policy: "blocks", by: null, folds }),
  given: (_folds, rows) => ({ policy: "given", testRows: Math.ceil(rows / 4) }),
};

describe.each(Object.entries(POLICIES))("%s", (_name, policyFor) => {
  const all = cases(policyFor);

  test("rows ascend, are labelled, and none is on both sides; no side is empty", () => {
    holds(all, (one, folds) => {
      const known = new Set(labelled(one));
      for (const { train, test: judged } of folds) {
        for (const side of [train, judged]) {
          expect(side.length).toBeGreaterThan(0);
          expect(side.every((row, i) => known.has(row) && (i === 0 || row > side[i - 1]!))).toBe(true);
        }
        expect(new Set([...train, ...judged]).size).toBe(train.length + judged.length);
      }
    });
  });

  test("folds are as many as asked, and their index continues over repeats", () => {
    holds(all, ({ policy }, folds) => {
      const wanted = "folds" in policy ? policy.folds * ("repeats" in policy ? policy.repeats : 1) : 1;
      expect(folds.map(({ index }) => index)).toEqual(Array.from({ length: wanted }, (_, i) => i));
    });
  });

  test("the same seed gives the same folds, and the input is not touched", () => {
    holds(all, (one, folds) => {
      const before = structuredClone(one.frame);
      expect(foldsOrNull(one)).toEqual(folds);
      expect(one.frame).toEqual(before);
    });
  });

  test("the order of columns, and of the columns that name a group, is irrelevant", () => {
    holds(all, (one, folds) => {
      const { policy, frame } = one;
      const turned = policy.policy === "group" ? { ...policy, by: policy.by.toReversed() } : policy;
      expect(foldsOrNull({ ...one, policy: turned, frame: { ...frame, columns: frame.columns.toReversed() } })).toEqual(folds);
    });
  });
});

describe.each(["random", "stratified", "group", "group of two columns", "blocks", "blocks by row order"])("%s", (name) => {
  test("every row is judged once in every repeat and else trained on", () => {
    holds(cases(POLICIES[name]!), (one, folds) => {
      const { policy } = one;
      const rows = policy.policy === "blocks" && policy.by !== null ? timed(one) : labelled(one);
      const perRepeat = "folds" in policy ? policy.folds : 1;
      for (let first = 0; first < folds.length; first += perRepeat) {
        expect(sorted(folds.slice(first, first + perRepeat).flatMap(({ test: judged }) => [...judged]))).toEqual(rows);
      }
      for (const { train, test: judged } of folds) expect(sorted([...train, ...judged])).toEqual(rows);
    });
  });
});

describe("group", () => {
  const keyOf = (one: Case, row: number) => {
    const [group, part] = [numbers(one, "group")[row]!, numbers(one, "part")[row]!];
    const { by } = one.policy as Extract<SplitPolicy, { policy: "group" }>;
    const own = by.length === 1 ? Number.isNaN(group) : Number.isNaN(group) && Number.isNaN(part);
    return own ? `row ${row}` : by.length === 1 ? `${group}` : `${group} ${part}`;
  };

  test.each(["group", "group of two columns"])("%s: no group on both sides", (name) => {
    holds(cases(POLICIES[name]!), (one, folds) => {
      for (const { train, test: judged } of folds) {
        const trained = new Set([...train].map((row) => keyOf(one, row)));
        expect([...judged].filter((row) => trained.has(keyOf(one, row)))).toEqual([]);
      }
    });
  });

  test("with three folds or more, both classes are in every training part if two groups hold them", () => {
    const binary = cases((folds) => ({ policy: "group", by: ["group"], folds: Math.max(3, folds), repeats: 2 })).filter(
      ({ task }) => task.kind === "binary",
    );
    holds(binary, (one, folds) => {
      const { target } = inputOf(one);
      for (const label of [0, 1]) {
        const rows = labelled(one).filter((row) => target[row] === label);
        if (new Set(rows.map((row) => keyOf(one, row))).size < 2) continue;
        for (const { train } of folds) expect([...train].some((row) => target[row] === label)).toBe(true);
      }
    });
  });

  test("a class of two groups is parted even where another deal would be more even", () => {
    const sizes = { large: [0, 59], first: [1, 1], second: [1, 40] };
    const rows = Object.values(sizes).flatMap(([rare = 0, usual = 0], group) => [
      ...Array.from({ length: rare }, () => ({ group, label: 1 })),
      ...Array.from({ length: usual }, () => ({ group, label: 0 })),
    ]);
    const frame: Frame = {
      rows: rows.length,
      rowNumbers: null,
      columns: [
        { name: "group", type: "number", values: Float64Array.from(rows, ({ group }) => group) },
        { name: "target", type: "category", codes: Int32Array.from(rows, ({ label }) => label), levels: ["a", "b"] },
      ],
    };
    const input = splitInputOf(frame, "target", TASKS.binary!);
    for (const { train } of foldsOf({ policy: "group", by: ["group"], folds: 2, repeats: 20 }, input, 1)) {
      expect([...train].some((row) => rows[row]!.label === 1)).toBe(true);
    }
  });

  test("fewer groups than folds is a user's error", () => {
    const frame: Frame = {
      rows: 20,
      rowNumbers: null,
      columns: [
        { name: "group", type: "number", values: Float64Array.from({ length: 20 }, (_, row) => row % 3) },
        { name: "target", type: "number", values: Float64Array.from({ length: 20 }, (_, row) => row) },
      ],
    };
    const policy: SplitPolicy = { policy: "group", by: ["group"], folds: 4, repeats: 1 };
    expect(() => foldsOf(policy, splitInputOf(frame, "target", { kind: "regression" }), 1)).toThrow(/too-few-groups/);
  });
});

describe("order", () => {
  test("time never looks ahead: every training row is strictly before every judged row", () => {
    for (const name of ["time", "time by row order"]) {
      holds(cases(POLICIES[name]!), (one, folds) => {
        const time = name === "time" ? numbers(one, "time") : Float64Array.from({ length: one.frame.rows }, (_, row) => row);
        for (const { train, test: judged } of folds) {
          expect(Math.max(...[...train].map((row) => time[row]!))).toBeLessThan(Math.min(...[...judged].map((row) => time[row]!)));
        }
      });
    }
  });

  test("the window grows, and every row after the first window is judged once", () => {
    holds(cases(POLICIES.time!), (one, folds) => {
      const judged = folds.flatMap(({ test: rows }) => [...rows]);
      expect(sorted([...folds[0]!.train, ...judged])).toEqual(timed(one));
      folds.slice(1).forEach(({ train }, i) => {
        expect(train).toEqual(Int32Array.from(sorted([...folds[i]!.train, ...folds[i]!.test])));
      });
    });
  });

  test("without ties the first window holds half of the rows", () => {
    holds(cases(POLICIES["time by row order"]!), (one, folds) => {
      if (labelled(one).length < 2 * folds.length) return;
      expect(Math.abs(folds[0]!.train.length - labelled(one).length / 2)).toBeLessThanOrEqual(1);
    });
  });

  test("blocks part the order, and rows of equal time lie in one block", () => {
    holds(cases(POLICIES.blocks!), (one, folds) => {
      const time = numbers(one, "time");
      const spans = folds
        .map(({ test: rows }) => [...rows].map((row) => time[row]!))
        .map((times) => [Math.min(...times), Math.max(...times)]);
      spans.slice(1).forEach(([low], i) => {
        expect(low).toBeGreaterThan(spans[i]![1]!);
      });
    });
  });
});

describe("classes", () => {
  test("stratified: counts of a class, and sizes, differ by at most one between the folds of a repeat", () => {
    holds(cases(POLICIES.stratified!), (one, folds) => {
      const { task, policy } = one;
      if (task.kind === "regression" || policy.policy !== "stratified") return;
      const { target } = inputOf(one);
      const parts = folds.slice(0, policy.folds).map(({ test: rows }) => [...rows]);
      const counts = [
        parts.map((rows) => rows.length),
        ...task.classes.map((_, k) => parts.map((rows) => rows.filter((row) => target[row] === k).length)),
      ];
      for (const count of counts) expect(Math.max(...count) - Math.min(...count)).toBeLessThanOrEqual(1);
    });
  });

  test.each(["random", "stratified"])("%s: a class of two rows or more is in every training part", (name) => {
    holds(cases(POLICIES[name]!), (one, folds) => {
      if (one.task.kind === "regression") return;
      const { target } = inputOf(one);
      one.task.classes.forEach((_, k) => {
        if (labelled(one).filter((row) => target[row] === k).length < 2) return;
        for (const { train } of folds) expect([...train].some((row) => target[row] === k)).toBe(true);
      });
    });
  });

  test.each(["random", "stratified", "group"])("%s: another seed, and another repeat, part the rows differently", (name) => {
    const partition = (folds: readonly Fold[]) => folds.map(({ test: rows }) => String(rows)).sort();
    const same = { seed: 0, repeat: 0, checked: 0 };
    holds(cases(POLICIES[name]!), (one, folds) => {
      const { policy } = one;
      if (policy.policy !== "random" && policy.policy !== "stratified" && policy.policy !== "group") return;
      const things =
        policy.policy === "group" ? new Set(labelled(one).map((row) => numbers(one, "group")[row])).size : labelled(one).length;
      if (things < 3 * policy.folds) return;
      const [first, second] = [partition(folds.slice(0, policy.folds)), partition(folds.slice(policy.folds))];
      const other = partition((foldsOrNull(one, one.seed + 1) ?? []).slice(0, policy.folds));
      same.checked++;
      if (String(first) === String(second)) same.repeat++;
      if (String(first) === String(other)) same.seed++;
    });
    expect(same.checked).toBeGreaterThan(20);
    // Few groups of unequal size may have one even partition only.
    expect(Math.max(same.seed, same.repeat) / same.checked).toBeLessThan(name === "group" ? 0.1 : 0.001);
  });
});

test("given: the last rows are judged by the rows before them", () => {
  holds(cases(POLICIES.given!), (one, folds) => {
    const first = one.frame.rows - (one.policy as Extract<SplitPolicy, { policy: "given" }>).testRows;
    expect([...folds[0]!.train]).toEqual(labelled(one).filter((row) => row < first));
    expect([...folds[0]!.test]).toEqual(labelled(one).filter((row) => row >= first));
  });
});
