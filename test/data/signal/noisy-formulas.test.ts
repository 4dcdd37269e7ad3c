import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { combinationLeak } from "../../../src/data/checks/combination-leak.ts";
import { targetLeak } from "../../../src/data/checks/target-leak.ts";
import { unitMix } from "../../../src/data/checks/unit-mix.ts";
import { noisyFormulas } from "../../../src/data/signal/noisy-formulas.ts";
import { type Cells, contextOf } from "../checks/context.ts";
import { numbers } from "../table.ts";

const ROWS = 800;

/** Fields: what a hectare bears, its price, and what it earned. */
interface Fields {
  /** Of what it earned, in logs. */
  readonly noise: number;
  /** Power of the price in what it earned. */
  readonly power: number;
  /** Deviation of the price, and of what a hectare bears, in logs. */
  readonly prices: number;
  readonly spread: number;
  /** Of the rows, those without a harvest. */
  readonly zeros: number;
  /** What the target is multiplied by in the rows of each source. */
  readonly units: Readonly<Record<string, number>>;
  readonly product: boolean;
}

const FIELDS: Fields = { noise: 0.03, power: 1, prices: 0.1, spread: 0.15, zeros: 0, units: { survey: 1 }, product: false };

function contextWith(change: Partial<Fields>, others: Readonly<Record<string, Cells>> = {}) {
  const { noise, power, prices, spread, zeros, units, product } = { ...FIELDS, ...change };
  const random = createRandom(30, "fields");
  const truth = numbers(ROWS, () => 8 * Math.exp(spread * random.normal()));
  const price = numbers(ROWS, () => Math.round(170 * Math.exp(prices * random.normal())));
  const earned = truth.map((value, i) => {
    const made = product ? value / price[i]! ** power : value * price[i]! ** power;
    return Number((made * Math.exp(noise * random.normal())).toPrecision(5));
  });
  const names = Object.keys(units);
  const source = truth.map((_, i) => names[i % 9 === 0 ? names.length - 1 : 0]!);
  const target = truth.map((value, i) => (random.next() < zeros ? 0 : Math.round(100 * value * units[source[i]!]!) / 100));
  const soil = truth.map((_, i) => ["clay", "loam", "sand"][i % 3]!);
  const columns = { soil, source, rain: numbers(ROWS, () => 300 + 50 * random.normal()), price, earned, ...others, harvest: target };
  return contextOf({ columns, target: "harvest" });
}

describe("a product or ratio of two columns that gives the target give or take a few percent", () => {
  test.each<[string, Partial<Fields>, string[]]>([
    ["a ratio", {}, ["earned", "price"]],
    ["with a few rows of 0", { zeros: 0.03 }, ["earned", "price"]],
    ["a product", { product: true }, ["price", "earned"]],
    ["a ratio with the third power of one, closely", { power: 3, noise: 0.01, spread: 0.3 }, ["earned", "price"]],
    ["the third power of one in a product, closely", { power: 3, noise: 0.01, spread: 0.3, product: true }, ["price", "earned"]],
  ])("%s is asked about", async (_, change, columns) => {
    const found = (await combinationLeak.inspect(contextWith(change))).filter(({ evidence }) => evidence.by === "few percent");
    expect(found.map((one) => one.columns.toSorted())).toEqual([columns.toSorted()]);
    expect(found[0]).toMatchObject({ severity: "blocker", confidence: 0.4, evidence: { within: null, hardForTrees: true } });
    expect(found[0]?.question).toMatch(/already written/);
  });

  test.each<[string, Partial<Fields>]>([
    ["off by more than a few percent", { noise: 0.06, spread: 0.4, prices: 0.5 }],
    ["off by more than the target leaves", { noise: 0.04, spread: 0.1, prices: 0.2 }],
    ["one column alone does nearly as well", { prices: 0.02 }],
    ["another power of the price", { power: 1.3, prices: 0.05 }],
    ["one column holds the other powers of all", { power: 0.8, prices: 0.1 }],
    ["many rows of 0", { zeros: 0.15 }],
    ["the square of one, give or take a few percent", { power: 2, noise: 0.03, spread: 0.3 }],
  ])("not where it is %s", (_, change) => {
    expect(noisyFormulas(contextWith(change))).toEqual([]);
  });
});

describe("a target in another unit in the rows of one source", () => {
  const units = { survey: 1, archive: 14.87 };

  test("the formula is found within the sources, the units are told, and the source is no leak", async () => {
    const context = contextWith({ units, zeros: 0.02 });
    const [formula] = await combinationLeak.inspect(context);
    expect(formula).toMatchObject({ columns: ["earned", "price"], evidence: { within: "source" } });
    const found = (await unitMix.inspect(context)).filter(({ evidence }) => evidence.kind === "target by kind");
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ columns: ["harvest", "source"], evidence: { beside: "earned / price", kinds: ["archive"] } });
    expect(found[0]?.why).toContain('times as much with `source` = "archive"');
    expect((await targetLeak.inspect(context)).filter(({ columns }) => columns.includes("source"))).toEqual([]);
  });

  test("with one unit the source that holds the larger ones is a leak", async () => {
    const large = contextWith({}).target;
    const source = Array.from(large, (value) => (value > 8 ? "large" : "small"));
    const context = contextWith({}, { source });
    expect((await targetLeak.inspect(context)).map(({ columns }) => columns)).toContainEqual(["source"]);
  });

  test("kinds that hold less than a third of what is off are no kinds", () => {
    expect(noisyFormulas(contextWith({ units: { survey: 1, archive: 1.02 } }))).toMatchObject([{ within: null }]);
  });
});
