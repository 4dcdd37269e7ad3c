import { expect, test } from "vitest";
import type { Finding } from "../../../src/core/finding.ts";
import { tooFewRows } from "../../../src/data/checks/too-few-rows.ts";
import { ofColumnsLeft } from "../../../src/data/harm/of-model.ts";
import { audit, CHECKS } from "../../../src/data/index.ts";
import { cells, coin, contextOf } from "../checks/context.ts";
import { contextOf as contextOfTable, honestTable } from "../table.ts";
import { checkSaying, tinyLab } from "../tiny-lab.ts";

const ROWS = 60;
const COLUMNS = 30;
const names = Array.from({ length: COLUMNS }, (_, i) => `c${i}`);
const wide = Object.fromEntries(names.map((name) => [name, cells(ROWS, 9, name, (random) => random.normal())]));
const context = contextOf({ columns: { ...wide, y: coin(ROWS) }, target: "y" });

async function told(columns: number): Promise<readonly Finding[]> {
  const found = (await tooFewRows.inspect(context)).map((one) => ({ ...one, state: "open", answer: null }) as unknown as Finding);
  return await ofColumnsLeft(found, [tooFewRows], context, { ...context.roles, features: names.slice(0, columns) });
}

test("rows are counted for the columns that the model is given, not for those that are left out", async () => {
  expect(await told(COLUMNS)).toMatchObject([{ severity: "harmful", evidence: { features: 30, parameters: 30 } }]);
  const [found] = await told(10);
  expect(found).toMatchObject({ severity: "costly", evidence: { features: 10, parameters: 10 } });
  expect(found!.why).toContain("10 parameters of 10 columns");
});

test("what no longer holds of the columns that are left is not told of them", async () => {
  // Sixty rows say little of any model.
  const [found] = await told(2);
  expect(found!.why).toContain("60 rows: a share of correct answers is known to within");
});

test("an audit counts without the leak, and does not call it lost accuracy that its gaps would leave it out", async () => {
  const table = honestTable(60, 1, (random, target) => [
    ["copy", target.map((y) => 6 * y + random.normal())],
    ...names.slice(0, 20).map((name): [string, number[]] => [name, target.map(() => random.normal())]),
  ]);
  const own = contextOfTable(table, "bought");
  const steps = [{ op: "drop" as const, columns: ["copy"] }];
  const says = { columns: ["copy"], confidence: 0.9, fix: { action: "steps" as const, steps } };
  const checks = [
    checkSaying("target-leak", { ...says, severity: "blocker", counterfactual: { change: "steps", steps, flatters: true } }),
    checkSaying("missing", { ...says, severity: "costly", counterfactual: { change: "steps", steps, flatters: false } }),
    ...CHECKS.filter(({ trap }) => trap === "too-few-rows"),
  ];
  const { lab, experimentFor } = tinyLab(own, "auc");
  const { findings, roles } = await audit(own, checks, lab, experimentFor, {});
  const of = (wanted: string) => findings.find(({ trap }) => trap === wanted);
  expect(roles.features).not.toContain("copy");
  expect(of("missing")).toMatchObject({ harm: null, severity: "cosmetic" });
  expect(of("too-few-rows")).toMatchObject({ evidence: { features: roles.features.length } });
});
