import type { Random } from "../../../src/core/random.ts";
import { outcomeOf, type Table, withColumn, written } from "../table.ts";
import type { Plant } from "./plant.ts";

/** A measurement that tells something of the target, as an honest column does. */
function telling(table: Table, random: Random): number[] {
  // Ranks of values are spread less than two classes.
  const weight = table.task === "regression" ? 3 : 1.6;
  return outcomeOf(table).map((outcome) => weight * (outcome - 0.5) + random.normal());
}

/** Traps that linear models suffer from: each spoils a column that tells something, or nobody would lose by it. */
export const LINEAR_PLANTS: readonly Plant[] = [
  {
    trap: "outlier",
    combines: false,
    plant: (table, random, strength) => {
      const values = telling(table, random);
      const cells = values.map((value) => {
        const isFar = random.next() < 0.002 + 0.006 * strength;
        return written(50 + 8 * (isFar ? (random.next() < 0.5 ? -1 : 1) * (15 + 60 * strength * random.next()) : value), 1);
      });
      return {
        table: withColumn(table, "strain", cells),
        columns: ["strain"],
        mended: withColumn(
          table,
          "strain",
          values.map((value) => written(50 + 8 * value, 1)),
        ),
        also: ["impossible-value", "sentinel", "skewed", "unit-mix"],
      };
    },
  },
  {
    trap: "skewed",
    combines: false,
    plant: (table, random, strength) => {
      const values = telling(table, random);
      const cells = values.map((value) => written(Math.exp(4 + (0.8 + 1.7 * strength) * value), 3));
      const mended = withColumn(
        table,
        "turnover",
        values.map((value) => written(value, 3)),
      );
      return {
        table: withColumn(table, "turnover", cells),
        columns: ["turnover"],
        mended,
        also: ["outlier", "impossible-value", "sentinel"],
      };
    },
  },
  {
    trap: "scale",
    combines: false,
    plant: (table, random, strength) => {
      const values = telling(table, random);
      const cells = values.map((value) => written(value * 10 ** (-1 - 3 * strength), 9));
      const mended = withColumn(
        table,
        "concentration",
        values.map((value) => written(value, 3)),
      );
      return { table: withColumn(table, "concentration", cells), columns: ["concentration"], mended };
    },
  },
  {
    trap: "multicollinear",
    combines: false,
    plant: (table, random, strength) => {
      const value = telling(table, random);
      const copy = () => value.map((one) => written(50 + 8 * (one + (0.35 - 0.3 * strength) * random.normal()), 2));
      const names = ["inlet_pressure", "outlet_pressure", "mean_pressure"];
      const made = names.reduce((before, name) => withColumn(before, name, copy()), table);
      return { table: made, columns: names, also: ["duplicate-column", "derived-column"] };
    },
  },
];
