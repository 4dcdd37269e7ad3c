import { cellsOf, featuresOf, outcomeOf, pick, rowsOf, type Table, takeRows, withColumn, written } from "../table.ts";
import type { Plant } from "./plant.ts";

/** A third of the rows becomes the test set. */
function divided(table: Table): { readonly train: Table; readonly test: Table } {
  const rows = rowsOf(table);
  const cut = Math.floor((2 * rows) / 3);
  const places = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
  return { train: takeRows(table, places(0, cut)), test: takeRows(table, places(cut, rows)) };
}

const joined = ({ train, test }: { readonly train: Table; readonly test: Table }): Table => ({ ...train, test: test.columns });

export const SPLIT_PLANTS: readonly Plant[] = [
  {
    trap: "split-overlap",
    combines: false,
    plant: (table, random, strength) => {
      const { train, test } = divided(table);
      const rows = rowsOf(test);
      const taken = Array.from({ length: Math.ceil(0.4 * strength * rows) }, () => random.integer(rowsOf(train)));
      const known = takeRows(train, taken);
      const columns = new Map([...test.columns].map(([name, cells]) => [name, [...cells.slice(taken.length), ...cellsOf(known, name)]]));
      const own = takeRows(
        test,
        Array.from({ length: rows - taken.length }, (_, i) => taken.length + i),
      );
      const mended = joined({ train, test: own });
      return { table: joined({ train, test: { ...test, columns } }), columns: [], mended, also: ["near-duplicate"] };
    },
  },
  {
    trap: "covariate-shift",
    combines: false,
    plant: (table, random, strength) => {
      if (featuresOf(table, "number").length === 0) return null;
      const { train, test } = divided(table);
      const name = pick(random, featuresOf(table, "number"));
      const values = cellsOf(table, name).map(Number);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
      const moved = withColumn(
        test,
        name,
        cellsOf(test, name).map((cell) => written(Number(cell) + (0.4 + 1.2 * strength) * sd, 3)),
      );
      return { table: joined({ train, test: moved }), columns: [name], also: ["sampling-bias", "concept-shift"] };
    },
  },
  {
    trap: "new-category",
    combines: false,
    plant: (table, random, strength) => {
      if (featuresOf(table, "name").length === 0) return null;
      const { train, test } = divided(table);
      const name = pick(random, featuresOf(table, "name"));
      const moved = withColumn(
        test,
        name,
        cellsOf(test, name).map((cell) => (random.next() < 0.1 + 0.3 * strength ? "Atlantis" : cell)),
      );
      return { table: joined({ train, test: moved }), columns: [name], also: ["covariate-shift", "sampling-bias"] };
    },
  },
  {
    trap: "label-variant",
    combines: false,
    plant: (table) => {
      if (table.task === "regression") return null;
      const { train, test } = divided(table);
      return {
        table: joined({
          train,
          test: withColumn(
            test,
            table.target,
            cellsOf(test, table.target).map((cell) => `${cell}.`),
          ),
        }),
        columns: [],
      };
    },
  },
  {
    trap: "sampling-bias",
    combines: false,
    plant: (table, random, strength) => {
      if (table.task !== "binary") return null;
      const { train, test } = divided(table);
      const kept = outcomeOf(test).flatMap((one, row) => (one === 1 || random.next() < 0.7 - 0.6 * strength ? [row] : []));
      return { table: joined({ train, test: takeRows(test, kept) }), columns: [], also: ["covariate-shift", "concept-shift"] };
    },
  },
  {
    trap: "split-time-overlap",
    combines: false,
    plant: (table, random) => {
      // Days as they fall, so that no step between them is the usual one.
      const days = Array.from({ length: rowsOf(table) }, () =>
        new Date(Date.UTC(2016, 0, 1 + random.integer(2500))).toISOString().slice(0, 10),
      );
      const dated = withColumn(table, "sold_on", days);
      return { table: { ...joined(divided(dated)), flags: [...table.flags, "--time", "sold_on"] }, columns: [] };
    },
  },
  {
    trap: "split-group-overlap",
    combines: false,
    plant: (table) => {
      const shops = Array.from({ length: rowsOf(table) }, (_, row) => `shop ${(row * 31) % 40}`);
      const grouped = withColumn(table, "shop", shops);
      return { table: { ...joined(divided(grouped)), flags: [...table.flags, "--group", "shop"] }, columns: [] };
    },
  },
  {
    trap: "concept-shift",
    combines: false,
    plant: (table, random, strength) => {
      if (table.task !== "binary") return null;
      const { train, test } = divided(table);
      const x = (rows: number) => Array.from({ length: rows }, () => random.normal());
      const label = (values: readonly number[], sign: number) =>
        values.map((value) => (sign * value + 0.6 * random.normal() > 0 ? "yes" : "no"));
      const [a, b] = [x(rowsOf(train)), x(rowsOf(test))];
      const turned = b.map((value) => (random.next() < strength ? -value : value));
      const with_ = (part: Table, values: readonly number[], labels: readonly string[]) =>
        withColumn(
          withColumn(part, part.target, labels),
          "drive",
          values.map((value) => written(value, 3)),
        );
      return {
        table: joined({ train: with_(train, a, label(a, 1)), test: with_(test, b, label(turned, 1)) }),
        columns: [],
        also: ["sampling-bias", "covariate-shift"],
      };
    },
  },
];
