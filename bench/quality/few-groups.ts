// Coverage and median width of nominal 95 % intervals of a score on few groups, whose rows share an error, as a given test set beside a split by group has them.
// npx rolldown bench/quality/few-groups.ts --platform node --file /tmp/bench.mjs && node /tmp/bench.mjs [TRIALS]
// Writes bench/results/few-groups.json; docs/model.md quotes it.
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import type { Judged } from "../../src/core/metric.ts";
import { createRandom, type Random } from "../../src/core/random.ts";
import { intervalOfGroups } from "../../src/lab/index.ts";
import { metricNamed } from "../../src/metrics/index.ts";

const trials = Number(process.argv[2] ?? 400);
const COUNTS = [3, 4, 5, 6, 10, 20, 40];
const ROWS = 40;
/** Up to 15 : 1. */
const SIZES: Readonly<Record<string, (groups: number) => number[]>> = {
  equal: (groups) => Array.from({ length: groups }, () => ROWS),
  unlike: (groups) => Array.from({ length: groups }, (_, i) => Math.round(8 * 15 ** (i / (groups - 1)))),
};
const BINARY = { kind: "binary", classes: ["no", "yes"] } as const;

interface Scenario {
  readonly metric: string;
  readonly what: string;
  /** Truth and output of the rows of one group. */
  group(random: Random, rows: number): readonly (readonly [number, number])[];
}

const rows = (count: number, make: () => readonly [number, number]) => Array.from({ length: count }, make);
const errors = (metric: string, shared: number): Scenario => ({
  metric,
  what: `errors of standard deviation ${shared} shared by a group, 1 of its rows`,
  group: (random, count) => {
    const own = shared * random.normal();
    return rows(count, () => [0, own + random.normal()]);
  },
});
const classes = (metric: string): Scenario => ({
  metric,
  what: "log odds of groups of standard deviation 1",
  group: (random, count) => {
    const own = random.normal();
    return rows(count, () => {
      const x = random.normal();
      return [Number(random.next() < 1 / (1 + Math.exp(-1.3 * x - own))), 1 / (1 + Math.exp(-1.3 * x - 0.3 * own))];
    });
  },
});
const scenarios = [errors("rmse", 1.5), errors("rmse", 0.5), errors("mae", 1.5), classes("accuracy"), classes("auc")];

function judgedOf({ metric, group }: Scenario, random: Random, sizes: readonly number[]): Judged {
  const all = sizes.flatMap((size) => group(random, size));
  const task = metric === "rmse" || metric === "mae" ? ({ kind: "regression" } as const) : BINARY;
  return { task, truth: Float64Array.from(all, ([truth]) => truth), outputs: Float64Array.from(all, ([, output]) => output), weight: null };
}

const results = scenarios.flatMap((scenario) => {
  const metric = metricNamed(scenario.metric);
  const truth = metric.score(judgedOf(scenario, createRandom(1, "population"), SIZES.equal!(20_000)));
  return Object.entries(SIZES).flatMap(([sizes, sizesOf]) =>
    COUNTS.map((count) => {
      const own = sizesOf(count);
      const groups = Int32Array.from(own.flatMap((size, group) => Array.from({ length: size }, () => group)));
      const intervals = Array.from({ length: trials }, (_, trial) =>
        intervalOfGroups(metric, judgedOf(scenario, createRandom(trial, "few groups"), own), groups, 0.95, trial),
      );
      const covered = intervals.filter(({ low, high }) => low <= truth && truth <= high).length / trials;
      const width = intervals.map(({ low, high }) => high - low).sort((a, b) => a - b)[trials >> 1];
      return { metric: scenario.metric, what: scenario.what, sizes, groups: count, truth, covered, width };
    }),
  );
});
const about = { trials, machine: cpus()[0]?.model, node: process.version, date: new Date().toISOString().slice(0, 10) };
writeFileSync("bench/results/few-groups.json", `${JSON.stringify({ about, results }, null, 1)}\n`);
for (const one of results) console.log(one.metric, one.what, one.sizes, one.groups, (100 * one.covered).toFixed(0), one.width?.toFixed(3));
