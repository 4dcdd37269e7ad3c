import { mean, standardDeviation } from "../../../src/stats/index.ts";
import { cellsOf, outcomeOf, rowsOf, takeRows, withColumn, written } from "../table.ts";
import type { Plant } from "./plant.ts";

export const TARGET_PLANTS: readonly Plant[] = [
  {
    trap: "imbalance",
    combines: false,
    plant: (table, random, strength) => {
      if (table.task !== "binary") return null;
      const outcome = outcomeOf(table);
      const kept = outcome.flatMap((one, row) => (one === 0 || random.next() < 0.25 - 0.2 * strength ? [row] : []));
      return { table: takeRows(table, kept), columns: [], also: ["too-few-rows"] };
    },
  },
  {
    trap: "rare-class",
    combines: false,
    plant: (table, random, strength) => {
      if (table.task === "regression") return null;
      const rare = new Set(Array.from({ length: Math.round(6 - 4 * strength) }, () => random.integer(rowsOf(table))));
      const cells = cellsOf(table, table.target).map((cell, row) => (rare.has(row) ? "other" : cell));
      return { table: { ...withColumn(table, table.target, cells), task: "multiclass" }, columns: [], also: ["imbalance", "too-few-rows"] };
    },
  },
  {
    trap: "missing-label",
    combines: true,
    plant: (table, random, strength) => ({
      table: withColumn(
        table,
        table.target,
        cellsOf(table, table.target).map((cell) => (random.next() < 0.02 + 0.1 * strength ? "" : cell)),
      ),
      columns: [],
      also: ["missing"],
    }),
  },
  {
    trap: "censored-target",
    combines: false,
    plant: (table, _, strength) => {
      if (table.task !== "regression") return null;
      const values = cellsOf(table, table.target).map(Number);
      const limit = [...values].sort((a, b) => a - b)[Math.floor(values.length * (1 - 0.12 * strength - 0.01))] ?? 0;
      return {
        table: withColumn(
          table,
          table.target,
          values.map((value) => written(Math.min(value, limit))),
        ),
        columns: [],
      };
    },
  },
  {
    trap: "zero-inflated",
    combines: false,
    plant: (table, random, strength) => {
      if (table.task !== "regression") return null;
      // Amounts whose logarithms are the target in its standard deviations, whatever its size.
      const values = Float64Array.from(cellsOf(table, table.target), Number);
      const [middle, spread] = [mean(values), standardDeviation(values)];
      const cells = Array.from(values, (value) =>
        random.next() < 0.2 + 0.4 * strength ? "0" : written(Math.exp((value - middle) / spread)),
      );
      return { table: withColumn(table, table.target, cells), columns: [], also: ["skewed", "censored-target", "outlier"] };
    },
  },
  {
    trap: "unobserved-as-zero",
    combines: false,
    plant: (table, random) => {
      if (table.task !== "regression") return null;
      const site = cellsOf(table, table.target).map(() => ["north", "south", "east", "west", "hill"][random.integer(5)] ?? "");
      const cells = cellsOf(table, table.target).map((cell, row) => (site[row] === "hill" ? "0" : cell));
      return {
        table: withColumn(withColumn(table, table.target, cells), "station", site),
        columns: [],
        also: ["zero-inflated", "partial-leak", "site-effect", "censored-target"],
      };
    },
  },
  {
    trap: "conflicting-label",
    combines: false,
    plant: (table, random, strength) => {
      if (table.task === "regression") return null;
      const rows = rowsOf(table);
      const classes = [...new Set(cellsOf(table, table.target))];
      const every = Array.from({ length: rows }, (_, row) => row);
      // Each row once, or two contradictions of one row would be copies of each other.
      const copied = random.shuffle([...every]).slice(0, Math.ceil(0.15 * strength * rows));
      const taken = takeRows(table, [...every, ...copied]);
      const cells = cellsOf(taken, taken.target).map((cell, row) => (row < rows ? cell : (classes.find((one) => one !== cell) ?? cell)));
      const order = random.shuffle(Array.from({ length: rows + copied.length }, (_, row) => row));
      return {
        table: takeRows(withColumn(taken, taken.target, cells), order),
        columns: [],
        also: ["wrong-label", "near-duplicate", "hidden-duplicate"],
      };
    },
  },
  {
    trap: "wrong-label",
    combines: false,
    plant: (table, random, strength) => {
      if (table.task === "regression") return null;
      // A feature that tells the class well: else no method can tell a wrong label from a hard row.
      const classes = [...new Set(cellsOf(table, table.target))].sort();
      const place = cellsOf(table, table.target).map((cell) => classes.indexOf(cell));
      const seen = () => place.map((one) => written(2.6 * one + random.normal(), 3));
      const cells = cellsOf(table, table.target).map((cell) =>
        random.next() < 0.02 + 0.08 * strength ? (classes[(classes.indexOf(cell) + 1) % classes.length] ?? cell) : cell,
      );
      return {
        table: withColumn(withColumn(withColumn(table, "signal_a", seen()), "signal_b", seen()), table.target, cells),
        columns: [],
        also: ["target-leak", "combination-leak", "multicollinear"],
      };
    },
  },
  {
    trap: "label-shift-in-time",
    combines: false,
    plant: (table, random, strength) => {
      if (table.task !== "binary") return null;
      const rows = rowsOf(table);
      const days = Array.from({ length: rows }, (_, row) =>
        new Date(Date.UTC(2019, 0, 1 + Math.floor(row / 2))).toISOString().slice(0, 10),
      );
      const label = [...new Set(cellsOf(table, table.target))].sort().at(-1) ?? "";
      const cells = cellsOf(table, table.target).map((cell, row) =>
        row > 0.6 * rows && random.next() < 0.3 + 0.5 * strength ? label : cell,
      );
      return {
        table: withColumn(withColumn(table, "recorded_on", days), table.target, cells),
        columns: [],
        also: ["time-leak", "order-leak", "imbalance", "appended-rows"],
      };
    },
  },
];
