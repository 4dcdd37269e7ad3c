import { createRandom } from "../../src/core/random.ts";
import { cleanTable } from "./clean.ts";
import type { Sown } from "./judge.ts";
import { PLANTS, type Plant, type Planted } from "./plants/index.ts";
import type { CleanReal } from "./real.ts";
import type { Table } from "./table.ts";

/** A table and what was planted in it; nothing in a clean one. */
export interface Case {
  readonly table: Table;
  readonly sown: readonly Sown[];
  readonly where: string;
  readonly ground: "made" | "real";
  /** The same plant in other rows of the same world, and those rows without it; null of none or several plants, or where the other rows do not suit it. */
  readonly again: ((draw: number) => { readonly before: Table; readonly planted: Planted } | null) | null;
  /** Other rows of a clean world, as many as these times a factor; null where there are not so many, or something was planted. */
  readonly wider: ((draw: number, factor: number) => Table) | null;
}

export interface CaseOptions {
  /** Tables of each ground for each trap and strength. */
  readonly tables: number;
  readonly rows: number;
  readonly clean: number;
  /** Tables with two to four traps. */
  readonly combinations: number;
  /** null = all traps. */
  readonly only: ReadonlySet<string> | null;
  readonly real: readonly CleanReal[];
  /** Added to all seeds: other tables and plants of the same kinds. */
  readonly shift: number;
}

export const STRENGTHS = [0.3, 0.6, 1] as const;
const TASKS = ["binary", "multiclass", "regression"] as const;

/** A world to draw rows from: draw 0 is what is audited. */
type World = (draw: number) => Table;

const taskOf = (seed: number) => TASKS[seed % TASKS.length] ?? "binary";
const madeWorld =
  (seed: number, rows: number): World =>
  (draw) =>
    cleanTable(seed, rows, taskOf(seed), draw);

/** Seeded: the same options give the same tables. */
export function* cases(options: CaseOptions): Generator<Case> {
  const { rows, real, shift } = options;
  const realWorld = (seed: number): World | null => {
    const one = real[seed % Math.max(1, real.length)];
    return one === undefined ? null : (draw) => one.draw(seed, rows, draw);
  };
  const grounds = real.length === 0 ? (["made"] as const) : (["made", "real"] as const);
  const worldOf = (ground: Case["ground"], seed: number) => (ground === "made" ? madeWorld(seed, rows) : realWorld(seed));
  for (const plant of PLANTS.filter(({ trap }) => options.only === null || options.only.has(trap)))
    for (const ground of grounds) yield* alone(plant, options, ground, (seed) => worldOf(ground, seed + shift));
  if (options.only !== null) return;
  for (let seed = 100 + shift; seed < 100 + shift + options.clean; seed++)
    yield cleanMade(seed, seed % 2 === 0 ? rows : Math.round(rows / 3));
  for (const one of real)
    for (const seed of [1, 2])
      yield { ...CLEAN, table: one.draw(seed + shift, rows, 0), where: one.draw(seed + shift, rows, 0).name, ground: "real" };
  for (let seed = 200 + shift; seed < 200 + shift + options.combinations; seed++) {
    yield together(seed, madeWorld(seed, rows)(0), "made");
    const other = seed % 2 === 0 ? realWorld(seed)?.(0) : undefined;
    if (other !== undefined) yield together(seed, other, "real");
  }
}

const CLEAN = { sown: [], again: null, wider: null };

function cleanMade(seed: number, rows: number): Case {
  const table = cleanTable(seed, rows, taskOf(seed));
  const wider = (draw: number, factor: number) => cleanTable(seed, rows, taskOf(seed), draw, factor * rows);
  return { ...CLEAN, table, where: table.name, ground: "made", wider };
}

function* alone(plant: Plant, { tables }: CaseOptions, ground: Case["ground"], worldOf: (seed: number) => World | null): Generator<Case> {
  // Traps of real ground begin at another table each, or all would stand in the first that suits.
  const first = ground === "made" ? 1 : 1 + (PLANTS.indexOf(plant) % 9);
  for (const strength of STRENGTHS) {
    let done = 0;
    for (let seed = first; done < tables && seed < first + 40; seed++) {
      const world = worldOf(seed);
      const one = world === null ? null : sow(plant, world(0), seed, strength);
      if (world === null || one === null) continue;
      done++;
      const again = (draw: number) => {
        const before = world(draw);
        const planted = sow(plant, before, seed, strength)?.planted ?? null;
        return planted === null ? null : { before, planted };
      };
      yield { table: one.planted.table, sown: [one], where: `${plant.trap} ${strength} in ${world(0).name}`, ground, again, wider: null };
    }
  }
}

function together(seed: number, start: Table, ground: Case["ground"]): Case {
  const random = createRandom(seed, "combination");
  let table = start;
  const sown: Sown[] = [];
  const plants = random.shuffle(PLANTS.filter(({ combines }) => combines));
  for (const plant of plants.filter(({ trap }, i) => plants.findIndex((one) => one.trap === trap) === i)) {
    if (sown.length === 2 + (seed % 3)) break;
    const one = sow(plant, table, seed, STRENGTHS[random.integer(STRENGTHS.length)] ?? 1);
    // A plant may not spoil another's columns.
    if (one === null || one.planted.columns.some((name) => sown.some(({ planted }) => planted.columns.includes(name)))) continue;
    sown.push(one);
    table = one.planted.table;
  }
  return { table, sown, where: `${sown.map(({ trap }) => trap).join(" + ")} in ${start.name}`, ground, again: null, wider: null };
}

function sow(plant: Plant, table: Table, seed: number, strength: number): Sown | null {
  const planted = plant.plant(table, createRandom(seed, `plant ${plant.trap}`), strength);
  return planted === null ? null : { trap: plant.trap, strength, planted };
}
