import { createRandom, type Random } from "../../../src/core/random.ts";
import type { Given } from "../checks/context.ts";

type Row = readonly number[];
/** What a table without a copy draws first; gives the maker of its rows, the target first. */
type Family = (random: Random) => () => Row;

const coin = (random: Random, logit: number) => Number(random.next() < 1 / (1 + Math.exp(-logit)));
const times = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));
const snapped = (value: number, step: number) => Math.round(value / step);
const likert = (value: number) => Math.max(1, Math.min(5, Math.round(3 + value)));
/** Log-uniform. */
const between = (random: Random, low: number, high: number) => low * (high / low) ** random.next();
/** Steps of rounding, in standard deviations: one column that counts as measured, the others coarser. */
const steps = (random: Random, count: number) => times(count, (i) => (i === 0 ? between(random, 0.005, 0.07) : between(random, 0.05, 1)));

function poisson(random: Random, rate: number): number {
  let [count, product] = [0, random.next()];
  for (; product > Math.exp(-rate); product *= random.next()) count++;
  return count;
}

/** Tables without a copy, each with a column that counts as measured. How coarse a table is, is drawn too: from hardly an equal pair to hundreds. */
export const FAMILIES: Readonly<Record<string, Family>> = {
  "few discrete columns and a number of many values": (random) => {
    const most = Math.round(between(random, 50, 2000));
    return () => [coin(random, 0), ...[2, 3, 4].map((few) => random.integer(few)), random.integer(most)];
  },
  "3 rounded numbers of one factor and a name": (random) => {
    const own = steps(random, 3);
    return () => {
      const factor = random.normal();
      return [coin(random, factor), random.integer(3), ...own.map((step) => snapped((factor + random.normal()) / 1.4, step))];
    };
  },
  "6 rounded numbers of two factors": (random) => {
    const own = steps(random, 6);
    const loads = own.map(() => [random.normal(), random.normal()] as const);
    return () => {
      const [a, b] = [random.normal(), random.normal()];
      return [likert(0.7 * a), ...loads.map(([p, q], i) => snapped(p * a + q * b + 0.3 * random.normal(), own[i] ?? 1))];
    };
  },
  "3 whole numbers of many values and one size": (random) => {
    const mean = 2 + 2.5 * random.next();
    return () => {
      const size = Math.exp(mean + random.normal());
      return [coin(random, 0), ...times(3, () => Math.round(size + Math.sqrt(size) * random.normal()))];
    };
  },
  "4 counts of one log-normal rate and an age": (random) => {
    const [mean, most] = [random.normal() / 2, between(random, 50, 500)];
    return () => {
      const size = mean + random.normal();
      return [coin(random, size), ...times(4, () => poisson(random, Math.exp(size))), random.integer(Math.round(most))];
    };
  },
  "half of the rows idle, the rest measured": (random) => {
    const [own, most] = [steps(random, 4), between(random, 50, 2000)];
    return () => {
      const isIdle = random.next() < 0.5;
      return [
        coin(random, isIdle ? -1 : 1),
        random.integer(Math.round(most)),
        ...own.map((step) => (isIdle ? 0 : snapped(random.normal(), step))),
      ];
    };
  },
  "30 clusters, each narrow in every number": (random) => {
    const [own, width] = [steps(random, 5), between(random, 0.01, 0.3)];
    const centres = times(30, () => own.map(() => random.normal()));
    return () => {
      const centre = centres[random.integer(30)] ?? [];
      return [coin(random, centre[0] ?? 0), ...centre.map((value, i) => snapped(value + width * random.normal(), own[i] ?? 1))];
    };
  },
  "100 clusters of unlike sizes and widths": (random) => {
    const own = steps(random, 6);
    const centres = times(100, () => ({ values: own.map(() => random.normal()), width: between(random, 0.005, 0.5) }));
    return () => {
      const { values, width } = centres[Math.floor(100 * random.next() ** 2)] ?? { values: [], width: 0 };
      return [likert(values[0] ?? 0), ...values.map((value, i) => snapped(value + width * random.normal(), own[i] ?? 1))];
    };
  },
  "models with fixed features, sold at round prices": (random) => {
    const [count, step] = [Math.round(between(random, 10, 200)), between(random, 0.002, 0.05)];
    const models = times(count, () => ({ features: times(4, () => random.integer(4)), price: random.normal() / 2 }));
    return () => {
      const { features, price } = models[random.integer(count)] ?? { features: [], price: 0 };
      return [coin(random, 0), ...features, random.integer(40), snapped(Math.exp(price + 0.1 * random.normal()), step)];
    };
  },
  "lots of 3 samples, measured to about a step of rounding": (random) => {
    const [own, noise] = [steps(random, 6), between(random, 0.3, 2)];
    let [left, lot] = [0, own.map(() => 0)];
    return () => {
      if (left === 0) [left, lot] = [3, own.map(() => random.normal())];
      left--;
      return [likert(lot[0] ?? 0), ...lot.map((value, i) => snapped(value + noise * (own[i] ?? 1) * random.normal(), own[i] ?? 1))];
    };
  },
  "a sensor that drifts slowly": (random) => {
    const [own, keeps] = [steps(random, 4), 1 - between(random, 0.001, 0.1)];
    const now = own.map(() => random.normal());
    return () => {
      for (const [i, value] of now.entries()) now[i] = keeps * value + Math.sqrt(1 - keeps ** 2) * random.normal();
      return [coin(random, now[0] ?? 0), ...now.map((value, i) => snapped(value, own[i] ?? 1))];
    };
  },
};

/** A table of the family, 300 to 1,500 rows; the last fifth is the test set. copied: share of the rows that repeat others, at places by chance. */
export function drawnTable(family: string, table: number, copied = 0): Given {
  const random = createRandom(table, family);
  const rows = Math.round(between(random, 300, 1500));
  const draw = FAMILIES[family]!(random);
  const own = times(rows - Math.round(copied * rows), draw);
  const all = [...own, ...times(rows - own.length, () => own[random.integer(own.length)]!)];
  // Without copies the order stays that of drawing.
  const order = Array.from(all.keys());
  const placed = copied === 0 ? order : Array.from(random.shuffle(Int32Array.from(order)));
  const columns = Object.fromEntries(own[0]!.map((_, i) => [i === 0 ? "y" : `c${i}`, placed.map((place) => all[place]![i]!)]));
  return { columns, target: "y", testRows: Math.round(rows / 5) };
}
