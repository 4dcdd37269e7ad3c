import type { Random } from "../../../src/core/random.ts";
import { cellsOf, csvOf, featuresOf, gridOf, pick, rowsOf, type Table, withColumn, written } from "../table.ts";
import type { Plant, Planted } from "./plant.ts";

const some = (random: Random, table: Table, kind: "number" | "name"): string | null => {
  const names = featuresOf(table, kind);
  return names.length === 0 ? null : pick(random, names);
};

/** A plant that changes cells of one column of a kind. */
function inColumn(
  trap: Plant["trap"],
  kind: "number" | "name",
  change: (cells: readonly string[], random: Random, strength: number) => readonly string[],
  also: Planted["also"] = [],
  without?: "mended" | "unmended",
): Plant {
  return {
    trap,
    combines: true,
    plant: (table, random, strength) => {
      const name = some(random, table, kind);
      if (name === null) return null;
      const cells = cellsOf(table, name);
      const changed = change(cells, random, strength);
      // Names in capitals have no letters that are damaged here.
      if (changed.every((cell, row) => cell === cells[row])) return null;
      const emptied = () =>
        withColumn(
          table,
          name,
          changed.map((cell, row) => (cell === cells[row] ? cell : "")),
        );
      return { table: withColumn(table, name, changed), columns: [name], also, ...(without === undefined ? {} : { [without]: emptied() }) };
    },
  };
}

const share = (random: Random, of: number) => random.next() < of;

const spread = (cells: readonly string[]) => {
  const values = cells.map(Number);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return { mean, sd, low: Math.min(...values), high: Math.max(...values) };
};

export const COLUMN_PLANTS: readonly Plant[] = [
  inColumn(
    "sentinel",
    "number",
    (cells, random, strength) => {
      const code = pick(random, ["-999", "-9999", "9999", "-1000"]);
      const { high } = spread(cells);
      const isApart = Math.abs(Number(code)) > 3 * Math.abs(high);
      return cells.map((cell) => (share(random, 0.25 * strength) ? (isApart ? code : "-99999") : cell));
    },
    [],
    "mended",
  ),
  inColumn(
    "null-spelling",
    "name",
    (cells, random, strength) => {
      const word = pick(random, ["?", "N/A", "unknown", "-", "n.a.", "NULL"]);
      return cells.map((cell) => (share(random, 0.25 * strength) ? word : cell));
    },
    ["missing"],
    "mended",
  ),
  inColumn(
    "null-spelling",
    "number",
    (cells, random, strength) => {
      const word = pick(random, ["?", "N/A", "none", "-", "null"]);
      return cells.map((cell) => (share(random, 0.25 * strength) ? word : cell));
    },
    ["mixed-types", "text-number", "missing"],
    "mended",
  ),
  inColumn("missing", "number", (cells, random, strength) => cells.map((cell) => (share(random, 0.1 + 0.6 * strength) ? "" : cell))),
  inColumn(
    "mixed-types",
    "number",
    (cells, random, strength) => cells.map((cell) => (share(random, 0.2 * strength) ? pick(random, ["high", "medium", "see note"]) : cell)),
    ["missing"],
    "unmended",
  ),
  inColumn("text-number", "number", (cells) => cells.map((cell) => `${cell} kg`)),
  inColumn("spelling-variant", "name", (cells, random, strength) =>
    cells.map((cell) => (share(random, 0.4 * strength) ? pick(random, [cell.toUpperCase(), ` ${cell}`, cell.toLowerCase()]) : cell)),
  ),
  inColumn(
    "encoding",
    "name",
    (cells, random, strength) => cells.map((cell) => (share(random, strength) ? cell.replace(/[aeo]/, "Ã©") : cell)),
    ["spelling-variant"],
  ),
  inColumn(
    "impossible-value",
    "number",
    (cells, random, strength) => {
      const { mean, sd } = spread(cells);
      const wrong = () => written(mean + (40 + 40 * random.next()) * (sd || 1));
      return cells.map((cell) => (share(random, 0.003 * strength + 0.001) ? wrong() : cell));
    },
    ["outlier", "sentinel", "skewed"],
  ),
  {
    trap: "unit-mix",
    combines: true,
    plant: (table, random, strength) => {
      const cells = Array.from({ length: rowsOf(table) }, () => 160 + 9 * random.normal());
      const mixed = cells.map((value) => written(share(random, 0.35 * strength) ? value / 2.54 : value, 1));
      return { table: withColumn(table, "body_length", mixed), columns: ["body_length"], also: ["impossible-value", "outlier"] };
    },
  },
  {
    trap: "constant",
    combines: true,
    plant: (table) => ({
      table: withColumn(
        table,
        "country",
        cellsOf(table, table.target).map(() => "NL"),
      ),
      columns: ["country"],
    }),
  },
  {
    trap: "near-constant",
    combines: true,
    plant: (table, random, strength) => {
      const cells = cellsOf(table, table.target).map(() => (share(random, 0.008 - 0.005 * strength) ? "1" : "0"));
      return { table: withColumn(table, "archived", cells), columns: ["archived"] };
    },
  },
  {
    trap: "empty-column",
    combines: true,
    plant: (table) => ({
      table: withColumn(
        table,
        "remarks",
        cellsOf(table, table.target).map(() => ""),
      ),
      columns: ["remarks"],
    }),
  },
  {
    trap: "identifier",
    combines: true,
    plant: (table, random) => {
      const make = pick(random, [
        (row: number) => String(10_000 + row),
        () => String(1e8 + random.integer(9e8)),
        () => `K${random.integer(1e9).toString(36).toUpperCase()}${random.integer(1e6).toString(36)}`,
      ]);
      return {
        table: withColumn(
          table,
          "record_id",
          cellsOf(table, table.target).map((_, row) => make(row)),
        ),
        columns: ["record_id"],
      };
    },
  },
  {
    trap: "high-cardinality",
    combines: true,
    plant: (table, random, strength) => {
      const levels = Math.max(20, Math.floor(rowsOf(table) * (0.2 + 0.4 * strength)));
      const cells = cellsOf(table, table.target).map(() => `street ${random.integer(levels)}`);
      return { table: withColumn(table, "address_line", cells), columns: ["address_line"], also: ["identifier", "personal-data"] };
    },
  },
  {
    trap: "code-as-number",
    combines: true,
    plant: (table, random) => {
      const codes = Array.from({ length: 9 }, () => 1000 + random.integer(8999));
      const cells = cellsOf(table, table.target).map(() => String(pick(random, codes)));
      return { table: withColumn(table, "branch_code", cells), columns: ["branch_code"] };
    },
  },
  {
    trap: "duplicate-column",
    combines: true,
    plant: (table, random) => {
      const name = some(random, table, pick(random, ["number", "name"] as const));
      if (name === null) return null;
      const copy = `${name}_copy`;
      return { table: withColumn(table, copy, cellsOf(table, name)), columns: [name, copy], also: ["derived-column", "multicollinear"] };
    },
  },
  {
    trap: "derived-column",
    combines: true,
    plant: (table, random) => {
      const [one, other] = random.shuffle(featuresOf(table, "number"));
      if (one === undefined || other === undefined) return null;
      const [a, b] = [cellsOf(table, one), cellsOf(table, other)];
      const sum = a.map((cell, row) => written(Number(cell) + Number(b[row]), 3));
      return { table: withColumn(table, "both", sum), columns: ["both"], also: ["multicollinear", "duplicate-column"] };
    },
  },
  {
    trap: "personal-data",
    combines: true,
    plant: (table, random) => {
      const names = ["anna", "peter", "maria", "jan", "lucia", "tom"];
      const cells = cellsOf(table, table.target).map(
        () => `${pick(random, names)}${random.integer(9999)}@mail${random.integer(9)}.example`,
      );
      return { table: withColumn(table, "mail_address", cells), columns: ["mail_address"], also: ["identifier", "high-cardinality"] };
    },
  },
  {
    trap: "text-date",
    combines: true,
    plant: (table, random) => {
      const cells = cellsOf(table, table.target).map(
        () => `${1 + random.integer(12)}/${1 + random.integer(12)}/${2019 + random.integer(5)}`,
      );
      return { table: withColumn(table, "seen_on", cells), columns: ["seen_on"], also: ["irregular-time"] };
    },
  },
  {
    trap: "structural-missing",
    combines: true,
    plant: (table, random) => {
      const has = cellsOf(table, table.target).map(() => share(random, 0.35));
      const area = has.map((one) => (one ? String(10 + random.integer(60)) : "0"));
      const kind = has.map((one) => (one ? pick(random, ["brick", "wood", "steel"]) : ""));
      return {
        table: withColumn(withColumn(table, "garage_kind", kind), "garage_area", area),
        columns: ["garage_kind"],
        beside: ["garage_area"],
        also: ["missing", "zero-inflated", "sentinel", "missingness-leak"],
      };
    },
  },
  {
    trap: "dialect",
    combines: false,
    plant: (table) => ({
      table: {
        ...table,
        write: (rows) => rows.map((cells) => `"${cells.join(",").replaceAll('"', '""')}"\n`).join(""),
      },
      columns: [],
    }),
  },
  {
    trap: "missing-header",
    combines: false,
    plant: (table) => ({ table: { ...table, write: (rows) => csvOf(rows.slice(1)), target: `column_${table.columns.size}` }, columns: [] }),
  },
];

export { gridOf };
