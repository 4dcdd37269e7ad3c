import type { Random } from "../../../src/core/random.ts";
import { cellsOf, outcomeOf, rowsOf, type Table, takeRows, withColumn, written } from "../table.ts";
import type { Plant } from "./plant.ts";

/** Tells every class, or the rank of the value; ranks lie closer than classes, so they want five times the signal to be told as well. */
function noisy(table: Table, random: Random, signal: number): string[] {
  const cells = cellsOf(table, table.target);
  const classes = [...new Set(cells)].sort();
  const outcome = table.task === "regression" ? outcomeOf(table) : cells.map((cell) => classes.indexOf(cell));
  return outcome.map((one) => written((table.task === "regression" ? 5 : 1) * signal * one + random.normal(), 3));
}

export const LEAK_PLANTS: readonly Plant[] = [
  {
    trap: "target-leak",
    combines: true,
    plant: (table, random, strength) => ({
      table: withColumn(table, "marker", noisy(table, random, 4 + 8 * strength)),
      columns: ["marker"],
      also: ["post-outcome", "combination-leak", "sibling-target"],
    }),
  },
  {
    trap: "post-outcome",
    combines: true,
    plant: (table, random, strength) => {
      const name = ["call_duration", "days_until_closed", "refund_amount", "discharge_score"][random.integer(4)] ?? "call_duration";
      const cells = outcomeOf(table).map((one) => written(Math.max(0, 5 + (1.2 + 1.2 * strength) * one + random.normal()), 2));
      return { table: withColumn(table, name, cells), columns: [name], also: ["target-leak", "combination-leak"] };
    },
  },
  {
    trap: "partial-leak",
    combines: true,
    plant: (table, random, strength) => {
      if (table.task === "regression") return null;
      const cells = outcomeOf(table).map((one) =>
        one === 1 && random.next() < 0.2 + 0.3 * strength ? "R9" : (["A1", "B2", "C3"][random.integer(3)] ?? ""),
      );
      return { table: withColumn(table, "route", cells), columns: ["route"], also: ["target-leak", "post-outcome", "site-effect"] };
    },
  },
  {
    trap: "missingness-leak",
    combines: true,
    plant: (table, random, strength) => {
      const cells = outcomeOf(table).map((one) =>
        random.next() < 0.5 + (0.2 + 0.28 * strength) * (one - 0.5) * 2 ? written(random.normal()) : "",
      );
      return {
        table: withColumn(table, "second_reading", cells),
        columns: ["second_reading"],
        also: ["missing", "structural-missing", "target-leak", "post-outcome"],
      };
    },
  },
  {
    trap: "combination-leak",
    combines: false,
    plant: (table, random) => {
      if (table.task !== "regression") return null;
      const part = cellsOf(table, table.target).map((cell) => written(Number(cell) * random.next(), 2));
      const rest = cellsOf(table, table.target).map((cell, row) => written(Number(cell) - Number(part[row]), 2));
      return {
        table: withColumn(withColumn(table, "part_one", part), "part_two", rest),
        columns: ["part_one", "part_two"],
        also: ["derived-column", "sibling-target", "target-leak"],
      };
    },
  },
  {
    trap: "sibling-target",
    combines: false,
    plant: (table, random, strength) => {
      if (table.task === "regression") return null;
      const own = cellsOf(table, table.target);
      const cells = own.map((cell) => (random.next() < 0.1 + 0.15 * (1 - strength) ? (own[random.integer(own.length)] ?? cell) : cell));
      return {
        table: withColumn(table, `${table.target}_final`, cells),
        columns: [`${table.target}_final`],
        also: ["target-leak", "post-outcome", "partial-leak"],
      };
    },
  },
  {
    trap: "order-leak",
    combines: false,
    plant: (table, random, strength) => {
      const outcome = outcomeOf(table);
      const order = outcome
        .map((one, row) => ({ row, key: strength * one + (1.2 - strength) * random.next() }))
        .sort((a, b) => a.key - b.key)
        .map(({ row }) => row);
      const sorted = takeRows(table, order);
      const ids = cellsOf(sorted, sorted.target).map((_, row) => String(5000 + 3 * row));
      return {
        table: withColumn(sorted, "ticket_no", ids),
        columns: [],
        also: ["identifier", "target-leak", "time-leak", "label-shift-in-time", "appended-rows"],
      };
    },
  },
  {
    trap: "group-leak",
    combines: false,
    plant: (table, random, strength) => {
      const rows = rowsOf(table);
      const groups = Math.max(12, Math.round(rows / (6 + 8 * strength)));
      const mood = Array.from({ length: groups }, () => ({ x: 3 * random.normal(), y: random.normal() }));
      const member = Array.from({ length: rows }, () => random.integer(groups));
      const x = member.map((group) => written((mood[group]?.x ?? 0) + 0.1 * random.normal(), 3));
      const z = member.map((group) => written((mood[group]?.x ?? 0) ** 2 + 0.1 * random.normal(), 3));
      const classes = [...new Set(cellsOf(table, table.target))].sort();
      const cells =
        table.task === "regression"
          ? member.map((group) => written(50 + 10 * (mood[group]?.y ?? 0) + 2 * random.normal()))
          : member.map((group) => ((mood[group]?.y ?? 0) + 0.2 * random.normal() > 0 ? (classes.at(-1) ?? "") : (classes[0] ?? "")));
      const made = withColumn(withColumn(withColumn(table, table.target, cells), "gait", x), "reach_span", z);
      return {
        table: withColumn(
          made,
          "patient_id",
          member.map((group) => `P${1000 + group}`),
        ),
        columns: ["patient_id"],
        beside: ["gait", "reach_span"],
        also: [
          "hidden-duplicate",
          "near-duplicate",
          "high-cardinality",
          "identifier",
          "multicollinear",
          "derived-column",
          "personal-data",
          "target-leak",
          "site-effect",
        ],
      };
    },
  },
  {
    trap: "time-leak",
    combines: false,
    plant: (table, random, strength) => {
      const rows = rowsOf(table);
      const memory = 0.9 + 0.09 * strength;
      const walk = () => {
        let at = 0;
        return Array.from({ length: rows }, () => {
          at = memory * at + Math.sqrt(1 - memory ** 2) * random.normal();
          return at;
        });
      };
      const [level, wave, swell] = [walk(), walk(), walk()];
      const classes = [...new Set(cellsOf(table, table.target))].sort();
      const cells =
        table.task === "regression"
          ? level.map((value) => written(100 + 20 * value))
          : level.map((value) => (value > 0 ? (classes.at(-1) ?? "") : (classes[0] ?? "")));
      const days = Array.from({ length: rows }, (_, row) => new Date(Date.UTC(2012, 0, 1 + row)).toISOString().slice(0, 10));
      const made = withColumn(
        withColumn(table, table.target, cells),
        "tide",
        wave.map((value) => written(value, 3)),
      );
      return {
        table: withColumn(
          withColumn(
            made,
            "current",
            swell.map((value) => written(value, 3)),
          ),
          "day",
          days,
        ),
        columns: [],
        also: ["label-shift-in-time", "appended-rows", "order-leak", "concept-shift", "near-duplicate", "future-leak"],
      };
    },
  },
  {
    trap: "preprocessing-leak",
    combines: false,
    plant: (table) => {
      const columns = new Map(
        [...table.columns].map(([name, cells]) => {
          if (name === table.target || cells.some((cell) => !Number.isFinite(Number(cell)) || cell === "")) return [name, cells];
          const values = cells.map(Number);
          const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
          const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
          return [name, values.map((value) => String((value - mean) / sd))];
        }),
      );
      return { table: { ...table, columns }, columns: [] };
    },
  },
  {
    trap: "site-effect",
    combines: false,
    plant: (table, random, strength) => {
      if (table.task === "regression") return null;
      const sites = ["Aachen", "Bergen", "Cork", "Dijon"];
      const outcome = outcomeOf(table);
      const cells = outcome.map(
        (one) =>
          sites[random.next() < 0.25 + 0.6 * strength ? (one === 1 ? random.integer(2) : 2 + random.integer(2)) : random.integer(4)] ?? "",
      );
      return {
        table: withColumn(table, "hospital", cells),
        columns: ["hospital"],
        also: ["target-leak", "post-outcome", "group-leak", "partial-leak"],
      };
    },
  },
];
