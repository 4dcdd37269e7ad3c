import { createRandom, type Random } from "../../src/core/random.ts";
import { pick, type Table, written } from "./table.ts";

/** Kinds of honest columns: how a number is made and written. The names say nothing that a lexicon could take for a trap. */
const NUMBERS: readonly (readonly [names: readonly string[], make: (random: Random) => string])[] = [
  [["elevation", "slope", "bearing", "tilt"], (random) => written(40 * random.normal())],
  [["thickness", "density", "hardness", "gloss"], (random) => written(50 + 8 * random.normal(), 1)],
  [["throughput", "area", "budget", "reach"], (random) => written(Math.exp(3 + 0.8 * random.normal()))],
  [["visits", "orders", "siblings", "errors"], (random) => String(poisson(random, 3))],
  [["ratio", "humidity", "coverage", "purity"], (random) => written(random.next(), 3)],
  [["age", "tenure", "floor_space", "mileage"], (random) => String(18 + random.integer(60))],
];
const NAMES: readonly (readonly [name: string, levels: readonly string[]])[] = [
  ["city", ["Utrecht", "Lyon", "Porto", "Graz", "Turin", "Leeds", "Gdansk"]],
  ["plan", ["basic", "plus", "family"]],
  ["colour", ["red", "green", "blue", "white"]],
  ["fuel", ["diesel", "petrol", "electric", "hybrid"]],
  ["channel", ["web", "shop", "phone", "partner", "mail"]],
];

/** Columns that make the target, by seed. */
const DRIVERS = [4, 1, 4, 2];

/** What makes the cells of one column, and what a cell does to the target. */
interface Part {
  readonly name: string;
  readonly make: (random: Random) => string;
  readonly effect: (cell: string) => number;
}

/**
 * A table without a trap: independent numbers and names, of which four, two or one make the target, together equally much. Rows are drawn one by one from one world, so nothing in their order, and
 * no column knows more than it may. draw: other rows of the same world, for each number above 0, and as many as `drawn` says.
 */
export function cleanTable(seed: number, rows: number, task: Table["task"], draw = 0, drawn = rows): Table {
  const random = createRandom(seed, "clean table");
  const columns = new Map<string, string[]>();
  const parts: Part[] = [];
  const cellsFrom = (from: Random, make: Part["make"], count = rows) => Array.from({ length: count }, () => make(from));
  for (const [names, make] of NUMBERS) {
    const cells = cellsFrom(random, make);
    const name = pick(random, names);
    columns.set(name, cells);
    parts.push({ name, make, effect: standard(cells) });
  }
  for (const [name, levels] of shuffled(random, NAMES).slice(0, 3)) {
    const shares = levels.map((_, i) => 1 / (i + 1.5));
    const make = (from: Random) => levels[levelOf(from, shares)] ?? "";
    columns.set(name, cellsFrom(random, make));
    const weight = new Map(levels.map((level) => [level, random.normal()]));
    parts.push({ name, make, effect: (cell) => weight.get(cell) ?? 0 });
  }
  const drivers = DRIVERS[seed % DRIVERS.length] ?? 4;
  const chosen = shuffled(random, parts).slice(0, drivers);
  const weight = 1.4 / Math.sqrt(drivers);
  const other = draw === 0 ? random : createRandom(seed, "clean table", draw);
  if (draw > 0) for (const { name, make } of parts) columns.set(name, cellsFrom(other, make, drawn));
  const score = (row: number) => chosen.reduce((sum, { name, effect }) => sum + weight * effect(columns.get(name)?.[row] ?? ""), 0);
  columns.set("outcome", targetCells(other, draw === 0 ? rows : drawn, task, score));
  return { name: `synthetic-${task}-${rows}-${seed}`, target: "outcome", task, columns, test: null, flags: [] };
}

function targetCells(random: Random, rows: number, task: Table["task"], score: (row: number) => number): string[] {
  return Array.from({ length: rows }, (_, row) => {
    const s = score(row);
    if (task === "regression") return written(120 + 30 * (s + 0.7 * random.normal()), 2);
    if (task === "binary") return random.next() < 1 / (1 + Math.exp(-s)) ? "yes" : "no";
    const noisy = s + 0.8 * random.normal();
    return noisy < -0.5 ? "low" : noisy < 0.5 ? "mid" : "high";
  });
}

function standard(cells: readonly string[]): (cell: string) => number {
  const values = cells.map(Number);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return (cell) => (Number(cell) - mean) / (sd || 1);
}

function poisson(random: Random, mean: number): number {
  let count = 0;
  for (let product = random.next(); product > Math.exp(-mean); product *= random.next()) count++;
  return count;
}

function levelOf(random: Random, shares: readonly number[]): number {
  let at = random.next() * shares.reduce((sum, share) => sum + share, 0);
  return Math.max(
    0,
    shares.findIndex((share) => {
      at -= share;
      return at < 0;
    }),
  );
}

function shuffled<T>(random: Random, items: readonly T[]): T[] {
  return random.shuffle([...items]);
}
