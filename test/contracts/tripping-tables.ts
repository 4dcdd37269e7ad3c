import { cleanTable } from "../../bench/traps/clean.ts";
import { PLANTS } from "../../bench/traps/plants/index.ts";
import { rowsOf, type Table } from "../../bench/traps/table.ts";
import type { Dialect } from "../../src/core/dataset.ts";
import { createRandom } from "../../src/core/random.ts";
import type { TrapId } from "../../src/core/trap.ts";
import type { AuditContext, Check } from "../../src/data/check.ts";
import { readTrainingLabels } from "../../src/data/labels/label-reading.ts";
import { readTestLabels } from "../../src/data/labels/test-labels.ts";
import { type Cells, type ContextOptions, contextOf, honestColumns, numbers, tableOf } from "../data/table.ts";

/** A table that one check has something to say of, in memory. */
export interface Tripping {
  readonly columns: readonly (readonly [string, Cells])[];
  readonly target: string;
  readonly options: ContextOptions;
  /** How the file was written, where a check looks at that. */
  readonly dialect?: Dialect;
}

/** columns: of the table, in any order. */
export function trippingContext({ target, options, dialect }: Tripping, columns: Tripping["columns"]): AuditContext {
  const { dataset: plain, frame } = tableOf(columns);
  const dataset = dialect === undefined ? plain : { ...plain, source: { ...plain.source, dialect } };
  const context = contextOf({ dataset, frame }, target, options);
  if (options.testRows == null) return context;
  const training = readTrainingLabels({ dataset, frame }, target, {});
  const { suspicions } = readTestLabels({ dataset, frame }, target, options.testRows, { ...training, reading: undefined }, {});
  return { ...context, labels: suspicions };
}

/** Every few tables one more: the plants do not suit every task, and some want more rows. */
const SIZES = [120, 300, 1200];
const SEEDS = [1, 2, 3, 4, 5, 6];
const TASKS = ["binary", "multiclass", "regression"] as const;

/** The first planted table that the check fires on, of its own tables here where the plants cannot make one in memory. @throws RangeError when there is none. */
export async function tableThatTrips({ trap, inspect }: Check): Promise<Tripping> {
  const own = OWN[trap];
  for (const tripping of own === undefined ? planted(trap) : [own()])
    if ((await inspect(trippingContext(tripping, tripping.columns))).length > 0) return tripping;
  throw new RangeError(`no table trips ${trap}: add one to OWN or to bench/traps/plants`);
}

function* planted(trap: TrapId): Generator<Tripping> {
  const [plant] = PLANTS.filter((one) => one.trap === trap);
  for (const rows of SIZES)
    for (const seed of SEEDS) {
      const table = cleanTable(seed, rows, TASKS[seed % TASKS.length] ?? "binary");
      const made = plant?.plant(table, createRandom(seed, `plant ${trap}`), 1) ?? null;
      if (made !== null) yield inMemory(made.table);
    }
}

export function inMemory({ columns, test, target, flags }: Table): Tripping {
  const rows = rowsOf({ columns });
  const testRows = test === null ? null : Int32Array.from({ length: rowsOf({ columns: test }) }, (_, i) => rows + i);
  const flag = (name: string) => (flags.includes(name) ? { [name.slice(2)]: flags[flags.indexOf(name) + 1] } : {});
  return {
    columns: [...columns].map(([name, texts]) => [name, cellsFrom([...texts, ...(test?.get(name) ?? [])])]),
    target,
    options: { testRows, roles: { ...flag("--group"), ...flag("--time") } },
  };
}

function cellsFrom(texts: readonly string[]): Cells {
  const present = texts.filter((text) => text !== "");
  const as = (read: (text: string) => number | string | Date) => texts.map((text) => (text === "" ? null : read(text)));
  if (present.every((text) => Number.isFinite(Number(text)))) return as(Number);
  return present.every((text) => /^\d{4}-\d\d-\d\d/.test(text)) ? as((text) => new Date(text)) : as((text) => text);
}

const DIALECT: Dialect = { delimiter: ",", quote: '"', decimal: ".", header: true, wholeRowQuoted: false };

/** What lies in how the file was read, in earlier looks, in a model's answers, or in the target of a series. */
const OWN: Partial<Record<TrapId, () => Tripping>> = {
  "missing-header": () => ({ ...honest(120), dialect: { ...DIALECT, header: false } }),
  dialect: () => ({ ...honest(120), dialect: { ...DIALECT, delimiter: ";", decimal: ",", wholeRowQuoted: true } }),
  "reused-test": () => ({ ...honest(200), options: { testRows: lastRows(200), testLooks: 9 } }),
  "label-variant": () => {
    const { columns, ...table } = honest(200);
    const spelt = (cells: Cells) => cells.map((cell, row) => (row >= 150 ? String(cell).toUpperCase() : cell));
    return {
      ...table,
      columns: columns.map(([name, cells]) => [name, name === table.target ? spelt(cells) : cells]),
      options: { testRows: lastRows(200) },
    };
  },
  "impossible-value": () => {
    const { columns, ...table } = honest(200);
    return { ...table, columns: [["age", numbers(200, (row) => (row === 7 ? -4 : 20 + (row % 50)))], ...columns] };
  },
  "unread-text": () => {
    const { columns, ...table } = honest(200);
    const words = ["door", "window", "roof", "floor", "kitchen", "garden", "street"];
    const note = numbers(200, (row) => row).map((row) => `the ${words[row % 7]} ${words[(row * 3) % 5]} was seen on visit ${row}`);
    return { ...table, columns: [["note", note], ...columns] };
  },
  "future-leak": () => {
    const random = createRandom(3, "future");
    const y: number[] = [];
    for (let row = 0; row < 300; row++) y.push(0.8 * (y[row - 1] ?? 0) + random.normal());
    const around = y.map((_, row) => y.slice(Math.max(0, row - 3), row + 4).reduce((sum, value) => sum + value, 0));
    const day = y.map((_, row) => new Date(Date.UTC(2022, 0, 1 + row)));
    const options = { roles: { time: "day" }, task: { task: "regression" } } as const;
    return {
      columns: [
        ["day", day],
        ["made", around],
        ["y", y],
      ],
      target: "y",
      options,
    };
  },
  "wrong-label": () => {
    const random = createRandom(3, "labels");
    const x = numbers(3000, () => random.normal());
    const truth = x.map((value) => 1 / (1 + Math.exp(-12 * value)));
    const label = truth.map((p) => (random.next() < p !== random.next() < 0.06 ? "yes" : "no"));
    const outOfFold = { rows: Int32Array.from(x.keys()), outputs: Float64Array.from(truth), repeats: 1 };
    return {
      columns: [
        ["x", x],
        ["y", label],
      ],
      target: "y",
      options: { outOfFold },
    };
  },
};

function honest(rows: number): Tripping {
  return { columns: honestColumns(rows, createRandom(1, "honest")), target: "bought", options: {} };
}

function lastRows(rows: number): Int32Array {
  return Int32Array.from({ length: 50 }, (_, i) => rows - 50 + i);
}
