// Runs `oldhand run` on a folder of public tables and writes bench/results/tables.json and docs/tables.md.
// After `npm run build`, from the root:
// npx rolldown bench/quality/tables.ts --platform node --file /tmp/tables.mjs && node /tmp/tables.mjs FOLDER
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join } from "node:path";
import type { JourneyResult } from "../../src/core/verdict.ts";

/** Table, target, and options beside them. */
const TABLES: readonly (readonly [string, string, ...string[]])[] = [
  ["adult_census/adult-train.csv", "column_15"],
  ["adult_census/adult-train.csv", "column_15", "--test", "adult_census/adult-test.csv"],
  ["air_quality_uci/AirQualityUCI.csv", "CO(GT)"],
  ["air_quality_uci/AirQualityUCI_24apanda.csv", "CO(GT)"],
  ["bank_additional/bank-additional.csv", "y"],
  ["bike_sharing/bike_sharing.csv", "cnt"],
  ["california_housing/housing.csv", "median_house_value"],
  ["credit_g/german.csv", "column_21"],
  ["credit_g/credit-g.arff", "class"],
  ["diamonds/diamonds.csv", "price"],
  ["electricity_elec2/elec.csv", "class"],
  ["mushroom/mushrooms.csv", "type"],
  ["parkinsons/parkinsons.data", "status"],
  ["pima_diabetes/pima-indians-diabetes.csv", "column_9"],
  ["student_performance/student-mat.csv", "G3"],
  ["telco_churn/Telco-Customer-Churn.csv", "Churn"],
  ["titanic3/titanic3.csv", "survived"],
  ["titanic3/titanic3_small.csv", "column_1"],
  ["wine_quality/winequality-red.csv", "column_12"],
  ["wine_quality/winequality-white.csv", "column_12"],
];
const BUDGET_S = 90;

const root = process.cwd();
const folder = process.argv[2] ?? "";
/** Runs only tables whose path holds this text; the other rows stay as they are in bench/results/tables.json. Each row names its commit. */
const only = process.argv[3] ?? "";
const commit = spawnSync("git", ["rev-parse", "HEAD"], { cwd: root, encoding: "utf8" }).stdout.trim();
const before = only === "" ? [] : (JSON.parse(readFileSync(join(root, "bench/results/tables.json"), "utf8")) as { rows: Row[] }).rows;
const rows = TABLES.map(([table, target, ...more], place) =>
  table.includes(only) ? runTable(table, target, more) : (before[place] ?? runTable(table, target, more)),
);
const over = rows.filter(({ isOverBudget }) => isOverBudget).map(({ table }) => table);
if (over.length > 0) process.stderr.write(`over the budget: ${over.join(", ")}\n`);
const machine = { cpu: cpus()[0]?.model ?? "", cores: availableParallelism(), node: process.version };
writeFileSync(join(root, "bench/results/tables.json"), `${JSON.stringify({ machine, budgetSeconds: BUDGET_S, rows }, null, 2)}\n`);
writeFileSync(join(root, "docs/tables.md"), page(rows));

interface Row {
  readonly commit: string;
  readonly table: string;
  readonly target: string;
  readonly exitCode: number | null;
  readonly seconds: number;
  /** Longer than the budget and a tenth, the start of the program and the report included. */
  readonly isOverBudget: boolean;
  readonly verdict: string;
  readonly split: string;
  readonly chosen: string;
  readonly score: string;
  readonly found: readonly string[];
}

function runTable(table: string, target: string, more: readonly string[]): Row {
  const out = mkdtempSync(join(tmpdir(), "oldhand-table-"));
  const options = more.map((option) => (option.startsWith("--") ? option : join(folder, option)));
  const started = performance.now();
  const args = [
    "dist/oldhand.js",
    "run",
    join(folder, table),
    "--target",
    target,
    ...options,
    "--budget",
    `${BUDGET_S}s`,
    "--out",
    join(out, "dossier"),
    "--quiet",
  ];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  const name = `${table}${more.length > 0 ? ` (${more[0]} ${more[1]?.split("/").at(-1)})` : ""}`;
  process.stderr.write(`${name}: exit ${status}, ${seconds} s\n`);
  if (status === 2 || status === 70) throw new Error(`${name}: ${stderr}`);
  const result = JSON.parse(readFileSync(join(out, "dossier/result.json"), "utf8")) as JourneyResult;
  rmSync(out, { recursive: true, force: true });
  return { commit, table: name, target, exitCode: status, seconds, isOverBudget: seconds > 1.1 * BUDGET_S, ...summary(result) };
}

function summary({ verdict, findings, comparison }: JourneyResult): Pick<Row, "verdict" | "split" | "chosen" | "score" | "found"> {
  const chosen =
    comparison?.candidates.find(({ state }) => state === "chosen") ?? comparison?.candidates.find(({ name }) => name === comparison.chosen);
  const digits = (value: number) => String(Number(value.toPrecision(3)));
  return {
    verdict: verdict.decision,
    split: findings.dataset.split.policy,
    chosen: chosen?.label ?? "",
    score:
      chosen === undefined
        ? ""
        : `${comparison?.metricLabel} ${digits(chosen.score.value)} [${digits(chosen.score.low)}, ${digits(chosen.score.high)}]`,
    found: findings.findings
      .filter(({ severity }) => severity !== "cosmetic")
      .map(({ severity, trap, columns, harm }) => {
        const price = harm === null ? "" : `, ${digits(harm.claimed)} -> ${digits(harm.honest)}`;
        return `${severity} ${trap}${columns.length > 0 ? ` (${columns.slice(0, 3).join(", ")}${columns.length > 3 ? ", ..." : ""})` : ""}${price}`;
      }),
  };
}

function page(all: readonly Row[]): string {
  const cell = (text: string) => text.replaceAll("|", "\\|");
  const lines = all.map(
    ({ table, target, verdict, seconds, isOverBudget, split, chosen, score, found }) =>
      `| ${[table, target, verdict, split, chosen, score, found.length === 0 ? "nothing above cosmetic" : found.join("; "), `${seconds} s${isOverBudget ? " (over)" : ""}`].map(cell).join(" | ")} |`,
  );
  return [
    "# What was found in public tables",
    "",
    `Each through \`oldhand run --budget ${BUDGET_S}s\` with no other options but those named; seed 1. Written by \`bench/quality/tables.ts\`; the figures with machine and commit are in`,
    "`bench/results/tables.json`. Findings above cosmetic only; `claimed -> honest` is the score with and without the trap. The tables are public (UCI and others) and are not shipped.",
    'A budget ends where the time is up, so a busy machine tries less: `unknown` may mean that; "over" is more than a tenth over the budget.',
    "",
    "| table | target | verdict | split | chosen | score | found | took |",
    "|---|---|---|---|---|---|---|---|",
    ...lines,
    "",
  ].join("\n");
}
