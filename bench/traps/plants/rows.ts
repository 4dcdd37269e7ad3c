import { cellsOf, featuresOf, outcomeOf, rowsOf, takeRows, withColumn, written } from "../table.ts";
import type { Plant } from "./plant.ts";

const everyRow = (rows: number) => Array.from({ length: rows }, (_, row) => row);

export const ROW_PLANTS: readonly Plant[] = [
  {
    trap: "duplicate-row",
    combines: false,
    plant: (table, random, strength) => {
      const rows = rowsOf(table);
      const copied = Array.from({ length: Math.ceil(0.3 * strength * rows) }, () => random.integer(rows));
      return {
        table: takeRows(table, random.shuffle([...everyRow(rows), ...copied])),
        columns: [],
        also: ["oversampled", "near-duplicate"],
      };
    },
  },
  {
    trap: "hidden-duplicate",
    combines: false,
    plant: (table, random, strength) => {
      const rows = rowsOf(table);
      const copied = Array.from({ length: Math.ceil(0.3 * strength * rows) }, () => random.integer(rows));
      const taken = takeRows(table, random.shuffle([...everyRow(rows), ...copied]));
      const ids = Array.from({ length: rowsOf(taken) }, () => `r${random.integer(1e9)}`);
      return {
        table: withColumn(taken, "row_key", ids),
        columns: [],
        also: ["identifier", "oversampled", "near-duplicate", "duplicate-row"],
      };
    },
  },
  {
    trap: "near-duplicate",
    combines: false,
    plant: (table, random, strength) => {
      const rows = rowsOf(table);
      const copied = Array.from({ length: Math.ceil(0.3 * strength * rows) }, () => random.integer(rows));
      const numbers = featuresOf(table, "number");
      const both = takeRows(table, [...everyRow(rows), ...copied]);
      const columns = new Map(
        [...both.columns].map(([name, cells]) => {
          if (!numbers.includes(name)) return [name, cells];
          return [name, cells.map((cell, row) => (row < rows ? cell : written(Number(cell) * (1 + 0.0005 * random.normal()), 3)))];
        }),
      );
      const order = random.shuffle(everyRow(rows + copied.length));
      return { table: takeRows({ ...both, columns }, order), columns: [], also: ["oversampled", "duplicate-row", "hidden-duplicate"] };
    },
  },
  {
    trap: "oversampled",
    combines: false,
    plant: (table, random, strength) => {
      if (table.task !== "binary") return null;
      const rows = rowsOf(table);
      const outcome = outcomeOf(table);
      const kept = everyRow(rows).filter((row) => outcome[row] === 0 || random.next() < 0.25);
      const rare = kept.filter((row) => outcome[row] === 1);
      const wanted = Math.round(strength * (kept.length - 2 * rare.length));
      const copies = Array.from({ length: Math.max(0, wanted) }, () => rare[random.integer(rare.length)] ?? 0);
      return {
        table: takeRows(table, random.shuffle([...kept, ...copies])),
        columns: [],
        mended: takeRows(table, kept),
        also: ["duplicate-row", "hidden-duplicate", "imbalance", "preprocessing-leak"],
      };
    },
  },
  {
    trap: "appended-rows",
    combines: false,
    plant: (table, random, strength) => {
      const rows = rowsOf(table);
      const numbers = featuresOf(table, "number");
      // Another source differs in more than one column.
      if (numbers.length < 3) return null;
      const from = rows - Math.ceil(0.25 * rows);
      const columns = new Map(
        [...table.columns].map(([name, cells]) => {
          if (!numbers.includes(name)) return [name, cells];
          const sd = Math.sqrt(cells.reduce((sum, cell) => sum + Number(cell) ** 2, 0) / rows);
          const shift = strength * 1.5 * sd * (random.next() < 0.5 ? -1 : 1);
          return [name, cells.map((cell, row) => (row < from ? cell : written(Number(cell) + shift)))];
        }),
      );
      return { table: { ...table, columns }, columns: [], also: ["time-leak", "order-leak", "outlier", "impossible-value", "unit-mix"] };
    },
  },
  {
    trap: "empty-row",
    combines: false,
    plant: (table, random, strength) => {
      const rows = rowsOf(table);
      const empty = new Set(Array.from({ length: Math.ceil(0.02 * strength * rows) + 1 }, () => random.integer(rows)));
      const columns = new Map([...table.columns].map(([name, cells]) => [name, cells.map((cell, row) => (empty.has(row) ? "" : cell))]));
      return { table: { ...table, columns }, columns: [], also: ["missing", "missing-label", "duplicate-row"] };
    },
  },
  {
    trap: "irregular-time",
    combines: false,
    plant: (table, random, strength) => {
      const rows = rowsOf(table);
      let day = 0;
      const cells = everyRow(rows).map((row) => {
        const isGap = random.next() < 0.02 * strength || row === Math.floor(rows / 2);
        day += isGap ? 20 : 1;
        return new Date(Date.UTC(2015, 0, 1 + day)).toISOString().slice(0, 10);
      });
      return { table: withColumn(table, "measured_on", cells), columns: ["measured_on"], also: ["time-leak"] };
    },
  },
  {
    trap: "too-few-rows",
    combines: false,
    plant: (table, random) => {
      const few = takeRows(table, random.shuffle(everyRow(rowsOf(table))).slice(0, 35));
      let made = few;
      for (let i = 0; i < 15; i++)
        made = withColumn(
          made,
          `probe_${i}`,
          cellsOf(few, few.target).map(() => written(random.normal())),
        );
      return { table: made, columns: [], also: ["rare-class", "imbalance", "identifier", "multicollinear"] };
    },
  },
];
