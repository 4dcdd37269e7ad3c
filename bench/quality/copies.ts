// How often rows that only look alike are taken for copies and removed, and how often planted copies are found: duplicate-row, and split-overlap for a fifth of the rows.
// npx rolldown bench/quality/copies.ts --platform node --file /tmp/bench.mjs && node /tmp/bench.mjs [TABLES]
// Writes bench/results/copies.json. It decided when equal rows count as copies (src/data/copies/copy-severity.ts, docs/data.md).
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { duplicateRow } from "../../src/data/checks/duplicate-row.ts";
import { splitOverlap } from "../../src/data/checks/split-overlap.ts";
import { type Copies, copiesOf, featureCopies } from "../../src/data/copies/copies.ts";
import { LIKELY } from "../../src/data/harm/ground.ts";
import { wilson } from "../../src/stats/index.ts";
import { contextOf } from "../../test/data/checks/context.ts";
import { drawnTable, FAMILIES } from "../../test/data/copies/drawn-tables.ts";

/** Without a copy; a tenth as many for each planted share. */
const tables = Number(process.argv[2] ?? 300);
const planted = Math.ceil(tables / 10);
const SHARES = [0.01, 0.02, 0.05, 0.1, 0.2];
const times = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

/** At least half of the pairs lie above the 95 % limit of chance, and chance makes so many in no more than this share of tables. */
const LEVELS = [1, 0.05, 0.01, 1e-3, 1e-4];
const calls = ({ p, share, measured }: Copies, level: number) => measured && share >= LIKELY && p <= level;

type Judged = Readonly<Record<string, boolean>>;

/** Whether rows are removed, by the check as it is and by each rule; `copied`: share of the rows that are planted copies. */
async function judged(name: string, table: number, copied: number): Promise<{ [check: string]: Judged }> {
  const context = contextOf(drawnTable(name, table, copied));
  const [whole, overlap] = [await duplicateRow.inspect(context), await splitOverlap.inspect(context)];
  const byRule = (found: typeof whole, copies: Copies): Judged => ({
    check: (found[0]?.confidence ?? 0) >= LIKELY,
    ...Object.fromEntries(LEVELS.map((level) => [`p <= ${level}`, found.length > 0 && calls(copies, level)])),
    equal: found.length > 0,
    measured: copies.measured,
  });
  return {
    "duplicate-row": byRule(
      whole,
      context.shared("copies:all", () => copiesOf(context, context.frame.columns)),
    ),
    "split-overlap": byRule(overlap, featureCopies(context)),
  };
}

const round = (value: number) => Number(value.toFixed(4));

/** Share of the tables in which rows are removed, with Wilson's 95 % interval where it is the check's own. */
async function ratesOf(name: string, copied: number) {
  const count = copied === 0 ? tables : planted;
  const seen = await Promise.all(times(count, (table) => judged(name, table, copied)));
  return Object.fromEntries(
    ["duplicate-row", "split-overlap"].map((check) => {
      const having = (key: string) => seen.filter((one) => one[check]?.[key]).length;
      const { value, low, high } = wilson(having("check"), count, 0.95);
      const rules = Object.fromEntries(LEVELS.map((level) => [`p <= ${level}`, round(having(`p <= ${level}`) / count)]));
      return [
        check,
        {
          removed: [value, low, high].map(round),
          rules,
          equal: round(having("equal") / count),
          measured: round(having("measured") / count),
        },
      ];
    }),
  );
}

const falseAlarms: Record<string, Awaited<ReturnType<typeof ratesOf>>> = {};
const power: Record<string, Record<string, Awaited<ReturnType<typeof ratesOf>>>> = {};
for (const name of Object.keys(FAMILIES)) {
  falseAlarms[name] = await ratesOf(name, 0);
  console.log(name, JSON.stringify(falseAlarms[name]));
  const of: (typeof power)[string] = {};
  for (const share of SHARES) {
    of[share] = await ratesOf(name, share);
    console.log("  planted", share, JSON.stringify(of[share]["duplicate-row"]?.removed), JSON.stringify(of[share]["duplicate-row"]?.rules));
  }
  power[name] = of;
}
const [cpu] = cpus();
const made = { machine: cpu?.model ?? "unknown", node: process.version, seed: "table number", tables, planted };
writeFileSync("bench/results/copies.json", `${JSON.stringify({ ...made, falseAlarms, power }, null, 2)}\n`);
