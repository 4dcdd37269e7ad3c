import { createRandom } from "../../src/core/random.ts";
import { cleanTable } from "./clean.ts";
import type { Sown } from "./judge.ts";
import { PLANTS, type Plant } from "./plants/index.ts";
import type { Table } from "./table.ts";

/** A table and what was planted in it; nothing in a clean one. */
export interface Case {
  readonly table: Table;
  readonly sown: readonly Sown[];
  readonly where: string;
}

export interface CaseOptions {
  /** Tables for each trap and strength. */
  readonly tables: number;
  readonly rows: number;
  readonly clean: number;
  /** Tables with two to four traps. */
  readonly combinations: number;
  /** null = all traps. */
  readonly only: ReadonlySet<string> | null;
}

export const STRENGTHS = [0.3, 0.6, 1] as const;
const TASKS = ["binary", "multiclass", "regression"] as const;

const taskOf = (seed: number) => TASKS[seed % TASKS.length] ?? "binary";

/** Seeded: the same options give the same tables. */
export function* cases(options: CaseOptions): Generator<Case> {
  for (const plant of PLANTS.filter(({ trap }) => options.only === null || options.only.has(trap))) yield* alone(plant, options);
  if (options.only !== null) return;
  for (let seed = 100; seed < 100 + options.clean; seed++) {
    const table = cleanTable(seed, seed % 2 === 0 ? options.rows : Math.round(options.rows / 3), taskOf(seed));
    yield { table, sown: [], where: table.name };
  }
  for (let seed = 200; seed < 200 + options.combinations; seed++) yield together(seed, options.rows);
}

function* alone(plant: Plant, { tables, rows }: CaseOptions): Generator<Case> {
  for (const strength of STRENGTHS) {
    let done = 0;
    for (let seed = 1; done < tables && seed < 40; seed++) {
      const table = cleanTable(seed, rows, taskOf(seed));
      const one = sow(plant, table, seed, strength);
      if (one === null) continue;
      done++;
      yield { table: one.planted.table, sown: [one], where: `${plant.trap} ${strength} in ${table.name}` };
    }
  }
}

function together(seed: number, rows: number): Case {
  const random = createRandom(seed, "combination");
  const start = cleanTable(seed, rows, taskOf(seed));
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
  return { table, sown, where: `${sown.map(({ trap }) => trap).join(" + ")} in ${start.name}` };
}

function sow(plant: Plant, table: Table, seed: number, strength: number): Sown | null {
  const planted = plant.plant(table, createRandom(seed, `plant ${plant.trap}`), strength);
  return planted === null ? null : { trap: plant.trap, strength, planted };
}
