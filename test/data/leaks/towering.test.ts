import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { towers } from "../../../src/data/leaks/towering.ts";
import { type Association, associationsOf } from "../../../src/data/signal/associations.ts";
import { featureThreshold, fromLogit, logit } from "../../../src/data/signal/leak-odds.ts";
import { type Cells, cells, coin, contextOf } from "../checks/context.ts";

const ROWS = 1500;

/** What a column is said to tell of the target: its score, and whether it is more than chance. */
interface Told {
  readonly score: number;
  readonly z?: number;
  /** By being missing. */
  readonly byGaps?: boolean;
}

const TELLS = 99;

/** Whether `top` towers, beside columns of noise that are said to tell so much. columns: cells of those that are no noise. */
function isTowering(
  top: number,
  others: Readonly<Record<string, Told>>,
  more: { readonly knownAt?: Record<string, "before" | "after">; readonly columns?: Readonly<Record<string, Cells>> } = {},
): boolean {
  const told: Record<string, Told> = { top: { score: top, z: TELLS }, ...others };
  const noise = (name: string) => cells(ROWS, 1, name, (random) => random.normal());
  const columns = Object.fromEntries(Object.keys(told).map((name) => [name, more.columns?.[name] ?? noise(name)]));
  const given = contextOf({ columns: { ...columns, y: coin(ROWS) }, target: "y" });
  const context = { ...given, knownAt: more.knownAt ?? {} };
  const associations = Object.entries(told).map(([column, { score, z = 0, byGaps = false }]): [string, Association] => [
    column,
    {
      column,
      score,
      z,
      way: "monotone",
      ordered: score,
      direction: 1,
      rows: ROWS,
      coverage: 1,
      missingScore: byGaps ? score : 0.5,
      classScores: new Map(),
    },
  ]);
  context.shared("associations", () => new Map(associations));
  const found = associationsOf(context).get("top");
  if (found === undefined) throw new RangeError("no association");
  return towers(context, found);
}

/** So many columns of a score, called a1, a2, ... */
const some = (count: number, told: Told, letter = "a") =>
  Object.fromEntries(Array.from({ length: count }, (_, place) => [`${letter}${place + 1}`, told]));
const weak = { score: 0.53, z: TELLS };
const nothing = { score: 0.5 };
/** The score whose odds are a so many-th of those of another one. */
const below = (score: number, times: number) => fromLogit(logit(score) - Math.log(times));

describe("a column that tells far more than the others", () => {
  test("has a score of 0.8 or more, beside four others or more", () => {
    expect(isTowering(0.8, some(4, weak))).toBe(true);
    expect(isTowering(0.799, some(4, weak))).toBe(false);
    expect(isTowering(0.85, some(3, weak))).toBe(false);
  });

  test("has three and a half times the odds of the next one", () => {
    const beside = (times: number) => ({ ...some(3, weak), rival: { score: below(0.85, times), z: TELLS } });
    expect(isTowering(0.85, beside(3.51))).toBe(true);
    expect(isTowering(0.85, beside(3.49))).toBe(false);
  });

  test("is one honest cause beside noise where fewer than three others tell something, or two from 0.9 on", () => {
    const beside = (telling: number, z = TELLS) => ({ ...some(telling, { ...weak, z }), ...some(5, nothing, "n") });
    expect(isTowering(0.89, beside(3))).toBe(true);
    expect(isTowering(0.89, beside(2))).toBe(false);
    expect(isTowering(0.9, beside(2))).toBe(true);
    expect(isTowering(0.9, beside(1))).toBe(false);
  });

  test("counts those as telling that pass the bound for so many columns", () => {
    const others = { ...some(3, weak), ...some(2, nothing, "n") };
    const context = contextOf({
      columns: { ...Object.fromEntries(["top", ...Object.keys(others)].map((name) => [name, coin(ROWS)])), y: coin(ROWS) },
      target: "y",
    });
    const bound = featureThreshold(context);
    const at = (z: number) => isTowering(0.85, { ...some(3, { ...weak, z }), ...some(2, nothing, "n") });
    expect([at(bound - 1e-6), at(bound + 1e-6)]).toEqual([false, true]);
  });
});

describe("beside a leak", () => {
  test("what is filled in when the outcome comes, as its gaps tell, is no rival", () => {
    const beside = (byGaps: boolean, score = 0.865) => ({ ...some(5, { score: 0.62, z: TELLS }), rival: { score, z: TELLS, byGaps } });
    expect(isTowering(0.94, beside(true))).toBe(true);
    expect(isTowering(0.94, beside(false))).toBe(false);
    // Gaps that tell little are those of any column.
    expect(isTowering(0.8, beside(true, 0.7))).toBe(false);
  });

  const AFTER = { knownAt: { late: "after" } } as const;
  const late = { late: { score: 0.7, z: TELLS } };

  test("two and a half times the odds of the next honest one are enough, noise or not", () => {
    const beside = (times: number) => ({ ...late, ...some(3, nothing), rival: { score: below(0.8, times) } });
    expect(isTowering(0.8, beside(2.51), AFTER)).toBe(true);
    expect(isTowering(0.8, beside(2.49), AFTER)).toBe(false);
    expect(isTowering(0.8, beside(2.51))).toBe(false);
  });

  test("a leak is what is said to be written afterwards, or nearly perfect and not said to be known before", () => {
    const beside = (score: number) => ({ leak: { score, z: TELLS }, ...some(4, nothing) });
    expect(isTowering(0.8, beside(0.95))).toBe(true);
    expect(isTowering(0.8, beside(0.949))).toBe(false);
    expect(isTowering(0.8, beside(0.95), { knownAt: { leak: "before" } })).toBe(false);
    // None is its own leak.
    expect(isTowering(0.96, some(5, nothing))).toBe(false);
    expect(isTowering(0.8, some(5, nothing), { knownAt: { top: "after" } })).toBe(false);
  });

  test("a column that is filled in for one class alone is one too, and no honest one", () => {
    const random = createRandom(7, "filled");
    const filled = coin(ROWS).map((y) => (y === "yes" ? (random.next() < 0.5 ? random.normal() : 0) : random.next() < 0.01 ? 1 : 0));
    const beside = { filled: { score: 0.78, z: TELLS }, ...some(4, nothing) };
    expect(isTowering(0.8, beside, { columns: { filled } })).toBe(true);
    expect(isTowering(0.8, beside)).toBe(false);
  });

  test("two of its kind may stand beside it where all of them tell six times the odds of the next one", () => {
    const beside = (kind: number, times: number, score = 0.84) => ({
      ...late,
      ...some(kind, { score }, "k"),
      ...some(3, nothing),
      rival: { score: below(0.9, times) },
    });
    expect(isTowering(0.9, beside(1, 6.01), AFTER)).toBe(true);
    expect(isTowering(0.9, beside(1, 5.99), AFTER)).toBe(false);
    expect(isTowering(0.9, beside(2, 6.01), AFTER)).toBe(true);
    expect(isTowering(0.9, beside(3, 6.01), AFTER)).toBe(false);
    // Of its kind is what reaches 0.8.
    expect(isTowering(0.9, beside(1, 6.01, 0.799), AFTER)).toBe(false);
  });

  test("there are four honest others or more that are not of its kind", () => {
    const beside = (honest: number, kind = 0) => ({
      ...late,
      leak: { score: 0.96, z: TELLS },
      ...some(kind, { score: 0.84 }, "k"),
      ...some(honest, nothing),
    });
    expect(isTowering(0.8, beside(4), AFTER)).toBe(true);
    expect(isTowering(0.8, beside(3), AFTER)).toBe(false);
    expect(isTowering(0.9, beside(4, 1), AFTER)).toBe(true);
    expect(isTowering(0.9, beside(3, 1), AFTER)).toBe(false);
  });

  test("a coarser copy of it is none of the others", () => {
    const top = cells(ROWS, 3, "top", (random) => random.normal());
    const copy = top.map((value) => Math.round(Number(value)));
    const beside = { ...late, copy: { score: 0.79, z: TELLS }, ...some(4, nothing) };
    expect(isTowering(0.8, beside, { ...AFTER, columns: { top, copy } })).toBe(true);
    expect(isTowering(0.8, beside, { ...AFTER, columns: { top } })).toBe(false);
  });
});
