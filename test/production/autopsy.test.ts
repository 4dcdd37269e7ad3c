import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import { autopsy, blamesSoFar, type Player } from "../../src/production/index.ts";

const player = (id: string, stage = "data"): Player => ({ id, stage, title: `omission ${id}` });
const [A, B, C] = [player("a", "data"), player("b", "model"), player("c", "production")] as const;

type Loss = (omitted: ReadonlySet<string>) => number;
const play = (players: readonly Player[], loss: Loss, promised = loss(new Set())) =>
  autopsy({ players, value: async (omitted) => loss(omitted), promised, seed: 1 });
const share = (result: Awaited<ReturnType<typeof play>>, id: string) =>
  result.shapley.find(({ player: { id: own } }) => own === id)!.shapley.value;

test("single omissions come before their combinations, and say what they can when it is stopped", async () => {
  const losses = new Map<string, number>();
  const key = (omitted: ReadonlySet<string>) => [...omitted].sort().join();
  const stopped = autopsy({
    players: [A, B, C],
    value: async (omitted) => {
      if (losses.size === 5) throw new Error("the budget is over");
      losses.set(key(omitted), omitted.size);
      return omitted.size;
    },
    promised: 0,
    seed: 1,
  });
  await expect(stopped).rejects.toThrow("over");
  expect([...losses.keys()]).toEqual(["", "a", "b", "c", "a,b,c"]);
  const so = blamesSoFar([A, B, C], (omitted) => losses.get(key(omitted)));
  expect(so.map(({ alone, leaveOneOut }) => [alone, leaveOneOut])).toEqual([1, 1, 1].map((alone) => [alone, null]));
  losses.set("b,c", 2);
  expect(blamesSoFar([A, B, C], (omitted) => losses.get(key(omitted)))[0]!.leaveOneOut).toBe(1);
});

describe("games worked out by hand", () => {
  test("additive: each omission costs what it costs, no pair", async () => {
    const cost: Record<string, number> = { a: 3, b: 2, c: 0.5 };
    const result = await play([A, B, C], (omitted) => 10 + [...omitted].reduce((sum, id) => sum + cost[id]!, 0));
    expect([share(result, "a"), share(result, "b"), share(result, "c")]).toEqual([3, 2, 0.5].map((value) => expect.closeTo(value, 12)));
    expect(result.pairs.every(({ kind }) => kind === "none")).toBe(true);
    expect(result.minimalRepairs).toEqual([["a", "b", "c"]]);
    expect(result.stages[0]).toMatchObject({ stage: "data", share: { value: expect.closeTo(3, 12) } });
    expect(result.runs).toBe(8);
  });

  test.each([
    ["most", 10, { a: 0.0872, b: 0.0611 }, "Most of it (0.087 of 0.148) comes from the data stage"],
    ["the largest of three", 10, { a: 0.06, b: 0.05, c: 0.04 }, "The largest part of it (0.060 of 0.150) comes from the data stage"],
    ["one", 10, { a: 0.148 }, "All of it (0.148) comes from the data stage"],
    ["less promised than was to be had", 10.002, { a: 0.15 }, "More than all of it (0.150 against 0.148: with nothing omitted"],
    ["one that helps", 10, { a: 0.15, b: -0.01 }, "More than all of it (0.150 against 0.140: other omissions made up"],
  ] as const)("part and whole have the same digits, and a part above the whole says why: %s", async (_, promised, cost, words) => {
    const loss = (omitted: ReadonlySet<string>) =>
      10 + [...omitted].reduce((sum, id) => sum + ((cost as Record<string, number>)[id] ?? 0), 0);
    expect((await play([A, B, C], loss, promised)).why.join(" ")).toContain(words);
  });

  test("masking pair: either alone does all the harm; repairing one wins nothing", async () => {
    const result = await play([A, B], (omitted) => (omitted.size > 0 ? 1 : 0));
    expect(share(result, "a")).toBeCloseTo(0.5, 12);
    expect(result.shapley.every(({ leaveOneOut }) => leaveOneOut.value === 0)).toBe(true);
    expect(result.pairs[0]).toMatchObject({ kind: "masking", interaction: { value: -1 } });
    expect(result.minimalRepairs).toEqual([["a", "b"]]);
    expect(result.why.join(" ")).toContain("mask each other");
  });

  test("synergistic pair: harm only together; repairing either is enough", async () => {
    const result = await play([A, B, C], (omitted) => (omitted.has("a") && omitted.has("b") ? 4 : 0));
    expect([share(result, "a"), share(result, "b"), share(result, "c")]).toEqual([2, 2, 0].map((value) => expect.closeTo(value, 12)));
    expect(result.pairs[0]).toMatchObject({ a: "a", b: "b", kind: "synergy", interaction: { value: 4 } });
    expect(result.minimalRepairs).toEqual([["a"], ["b"]]);
  });

  test("masking that misleads: repairing one alone makes it worse, and that is said", async () => {
    const loss: Record<string, number> = { "": 0.35, a: 0.38, b: 0.4, "a,b": 0.36 };
    const result = await play([A, B], (omitted) => loss[[...omitted].sort().join(",")]!);
    expect(result.pairs[0]!.interaction.value).toBeCloseTo(0.36 - 0.38 - 0.4 + 0.35, 12);
    expect(result.shapley.find(({ player: { id } }) => id === "b")!.leaveOneOut.value).toBeCloseTo(-0.02, 12);
    expect(result.why.join(" ")).toContain('Repairing only "omission b" would make things worse');
  });

  test("three of which the majority decides (known values 1/3 each, pair index 0)", async () => {
    const result = await play([A, B, C], (omitted) => (omitted.size >= 2 ? 1 : 0));
    for (const id of ["a", "b", "c"]) expect(share(result, id)).toBeCloseTo(1 / 3, 12);
    for (const { interaction } of result.pairs) expect(interaction.value).toBeCloseTo(0, 12);
    expect(result.minimalRepairs).toEqual([
      ["a", "b"],
      ["a", "c"],
      ["b", "c"],
    ]);
  });

  test("nothing to repair", async () => {
    const result = await play([A, B], () => 0.2);
    expect(result.minimalRepairs).toEqual([[]]);
    expect(result.why[1]).toContain("nothing to repair");
  });
});

describe("properties of any game", () => {
  const games = fc
    .integer({ min: 1, max: 5 })
    .chain((n) =>
      fc.tuple(fc.constant(n), fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 2 ** n, maxLength: 2 ** n })),
    );
  const playersOf = (n: number) => Array.from({ length: n }, (_, i) => player(`p${i}`));
  const maskOf = (omitted: ReadonlySet<string>) => [...omitted].reduce((mask, id) => mask | (1 << Number(id.slice(1))), 0);

  test("efficiency: the shares sum to what went wrong", () =>
    fc.assert(
      fc.asyncProperty(games, async ([n, values]) => {
        const result = await play(playersOf(n), (omitted) => values[maskOf(omitted)]!);
        const sum = result.shapley.reduce((total, { shapley }) => total + shapley.value, 0);
        expect(sum).toBeCloseTo(values.at(-1)! - values[0]!, 9);
        expect(result.stages.reduce((total, stage) => total + stage.share.value, 0)).toBeCloseTo(sum, 9);
      }),
      { numRuns: 60 },
    ));

  test("null player: who changes nothing is blamed for nothing and interacts with nobody", () =>
    fc.assert(
      fc.asyncProperty(games, async ([n, values]) => {
        const result = await play(
          [...playersOf(n), player("idle")],
          (omitted) => values[maskOf(new Set([...omitted].filter((id) => id !== "idle")))]!,
        );
        expect(share(result, "idle")).toBeCloseTo(0, 9);
        for (const { a, b, interaction } of result.pairs) if (a === "idle" || b === "idle") expect(interaction.value).toBeCloseTo(0, 9);
        for (const repair of result.minimalRepairs) expect(repair).not.toContain("idle");
      }),
      { numRuns: 40 },
    ));

  test("symmetry: who does the same is blamed the same", () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 5, maxLength: 5 }), async (bySize) => {
        const result = await play(playersOf(4), (omitted) => bySize[omitted.size]!);
        for (const { shapley } of result.shapley) expect(shapley.value).toBeCloseTo((bySize[4]! - bySize[0]!) / 4, 9);
      }),
      { numRuns: 40 },
    ));

  test("every minimal repair repairs, and nothing smaller in it does", () =>
    fc.assert(
      fc.asyncProperty(games, fc.double({ min: -5, max: 5, noNaN: true }), async ([n, values], acceptable) => {
        const players = playersOf(n);
        const loss = (repaired: readonly string[]) =>
          values[maskOf(new Set(players.map(({ id }) => id).filter((id) => !repaired.includes(id))))]!;
        const result = await autopsy({ players, value: async (omitted) => values[maskOf(omitted)]!, promised: 0, acceptable, seed: 1 });
        for (const repair of result.minimalRepairs) {
          expect(loss(repair)).toBeLessThanOrEqual(acceptable);
          for (const left of repair) expect(loss(repair.filter((id) => id !== left)) <= acceptable && repair.length === 1).toBe(false);
        }
        const isRepairable = Array.from({ length: 2 ** n }, (_, mask) => values[mask]!).some((value) => value <= acceptable);
        expect(result.minimalRepairs.length > 0).toBe(isRepairable);
      }),
      { numRuns: 40 },
    ));
});

test("several draws give intervals; a pair inside its interval is none", async () => {
  const noisy = async (omitted: ReadonlySet<string>, seed: number) =>
    (omitted.has("a") ? 2 : 0) + createRandom(seed, ...omitted).normal() / 10;
  const result = await autopsy({ players: [A, B], value: noisy, promised: 0, seed: 1, draws: 8 });
  const [top] = result.shapley;
  expect(top!.player.id).toBe("a");
  expect(top!.shapley.low!).toBeLessThan(2);
  expect(top!.shapley.high!).toBeGreaterThan(2 - 0.2);
  expect(result.pairs[0]!.kind).toBe("none");
  expect(result.runs).toBe(32);
});

test("no players, too many, twice the same, and a loss that is no number", async () => {
  await expect(play([], () => 0)).rejects.toThrow(RangeError);
  await expect(
    play(
      Array.from({ length: 8 }, (_, i) => player(`${i}`)),
      () => 0,
    ),
  ).rejects.toThrow(RangeError);
  await expect(play([A, A], () => 0)).rejects.toThrow(/same id/);
  await expect(play([A], () => Number.NaN, 0)).rejects.toThrow(/omitted is NaN/);
});
