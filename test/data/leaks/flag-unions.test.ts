import { describe, expect, test } from "vitest";
import { createRandom, type Random } from "../../../src/core/random.ts";
import { combinationLeak } from "../../../src/data/checks/combination-leak.ts";
import { partialLeak } from "../../../src/data/checks/partial-leak.ts";
import { oneFindingPerCause } from "../../../src/data/findings/one-cause.ts";
import { flagUnion } from "../../../src/data/leaks/flag-unions.ts";
import { contextOf, numbers, tableOf } from "../table.ts";

const ROWS = 1_500;
const NAMES = ["fire", "flood", "theft", "hail"];

/** Flags of 15 % each, two measurements that tell nothing, and what is made of the flags. */
function policies(count: number, make: (flags: readonly number[], random: Random) => number | string, often = 0.15) {
  const random = createRandom(6, "policies");
  const flags = Array.from({ length: count }, () => numbers(ROWS, () => Number(random.next() < often)));
  return contextOf(
    tableOf([
      ...flags.map((cells, i) => [NAMES[i]!, cells] as const),
      ["size", numbers(ROWS, () => random.normal())],
      ["insured", numbers(ROWS, () => Number(random.next() < 0.5))],
      [
        "loss",
        Array.from({ length: ROWS }, (_, i) =>
          make(
            flags.map((cells) => cells[i]!),
            random,
          ),
        ),
      ],
    ]),
    "loss",
  );
}

const any = (flags: readonly number[]) => Number(flags.includes(1));
const every = (flags: readonly number[]) => Number(!flags.includes(0));

describe("flags that together are the target", () => {
  test.each([2, 3, 4])("%i flags, of which one is enough, are one finding, and each alone is part of it", async (count) => {
    const context = policies(count, any);
    const alone = await partialLeak.inspect(context);
    expect(alone).toHaveLength(count);
    const found = oneFindingPerCause(context, [...alone, ...(await combinationLeak.inspect(context))]);
    const columns = NAMES.slice(0, count).sort();
    expect(found).toMatchObject([{ trap: "combination-leak", columns, severity: "blocker", evidence: { operation: "or", share: 1 } }]);
    expect(found[0]!.counterfactual).toMatchObject({ change: "steps", steps: [{ op: "drop", columns }], flatters: true });
    expect(found[0]!.why).toContain('`loss` is "1" where `fire` = "1" or `flood` = "1"');
  });

  test("all of them are found by their opposites", async () => {
    const [found] = await combinationLeak.inspect(policies(3, every, 0.7));
    expect(found).toMatchObject({ columns: ["fire", "flood", "theft"], evidence: { operation: "and", share: 1 } });
  });

  test("a few labels that are written otherwise hide it not", () => {
    const noisy = flagUnion(policies(3, (flags, random) => (random.next() < 0.005 ? 1 - any(flags) : any(flags))));
    expect(noisy?.flags.map(({ column }) => column).sort()).toEqual(["fire", "flood", "theft"]);
    expect(noisy!.share).toBeGreaterThan(0.99);
  });

  test("gaps beside one value are flags as well, and one that adds nothing is none of them", () => {
    const random = createRandom(7, "gaps");
    const [a, b] = [0, 1].map(() => numbers(ROWS, () => Number(random.next() < 0.2)));
    const table = tableOf([
      ["a", a!.map((one) => (one === 1 ? "x" : null))],
      ["b", b!],
      ["both", a!.map((one, i) => Number(one === 1 && b![i] === 1))],
      ["y", a!.map((one, i) => (one === 1 || b![i] === 1 ? "yes" : "no"))],
    ]);
    expect(flagUnion(contextOf(table, "y"))?.flags.toSorted((x, y) => (x.column < y.column ? -1 : 1))).toEqual([
      { column: "a", text: "x" },
      { column: "b", text: "1" },
    ]);
  });
});

describe("no flags that are the target", () => {
  test.each<[string, (flags: readonly number[], random: Random) => number]>([
    ["that only make it likelier", (flags, random) => Number(random.next() < (any(flags) ? 0.8 : 0.1))],
    ["that are pure and leave a part of the class", (flags, random) => Number(any(flags) === 1 || random.next() < 0.1)],
    ["beside a rare class", (flags, random) => Number(random.next() < (flags[0] === 1 ? 0.05 : 0.012))],
    ["of which one is it", (flags) => flags[0]!],
  ])("%s", (_, make) => {
    expect(flagUnion(policies(3, make))).toBeNull();
  });
});
