import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { FindingsFile } from "../../src/core/finding.ts";
import type { Plan } from "../../src/core/plan.ts";
import type { Proof } from "../../src/core/proof.ts";
import type { JourneyResult } from "../../src/core/verdict.ts";
import type { FailureReport } from "../../src/problems/index.ts";
import { oldhand } from "./command.ts";
import { folderFor } from "./folder.ts";
import { here } from "./here.ts";
import { QUESTION, sharedRun } from "./shared.ts";

const shared = await sharedRun();
const cwd = folderFor({ dossier: true });
const readText = (name: string) => readFileSync(join(cwd, "dossier", name), "utf8");
const readResult = () => JSON.parse(readText("result.json")) as JourneyResult;
const before = JSON.parse(readFileSync(join(shared.dossier, "result.json"), "utf8")) as JourneyResult;
const manifest = readFileSync(join(shared.dossier, "model", "manifest.json"), "utf8");
const computed = ({ times }: JourneyResult) => times.map(({ experiments }) => experiments);

describe("plan for another load", () => {
  let plan: Plan;
  beforeAll(async () => {
    const { code, stdout, stderr } = await oldhand(["plan", "dossier", "--load", "900G", "--json", "-"], { cwd });
    const same = "(peak 5 x the mean, 4 trainings)";
    expect([code, stderr]).toEqual([
      0,
      `plan.json was for ${before.plan!.cost.load.predictionsPerMonth.toLocaleString("en")} predictions a month ${same}; now it is for 900,000,000,000 predictions a month ${same}\n`,
    ]);
    plan = JSON.parse(stdout) as Plan;
  });

  test("changes the cost", () => {
    expect(plan.cost.load.predictionsPerMonth).toBe(900e9);
    expect(plan.cost.serving[0]!.usdPerMonth).toBeGreaterThan(before.plan!.cost.serving[0]!.usdPerMonth);
  });

  test("is arithmetic on what the dossier holds: nothing is trained or timed again", () => {
    const { cost: _now, ...rest } = plan;
    const { cost: _then, ...kept } = before.plan!;
    expect(rest).toEqual(kept);
    expect(plan.cost.basis).toEqual(before.plan!.cost.basis);
    expect(readResult().times).toEqual(before.times);
  });

  test("keeps findings, choice, model, proof and verdict", () => {
    const { findings, comparison, proof, verdict } = readResult();
    expect({ findings, comparison, proof }).toEqual({
      findings: before.findings,
      comparison: before.comparison,
      proof: before.proof,
    });
    expect(verdict.decision).toBe(before.verdict.decision);
    expect(readText("model/manifest.json")).toBe(manifest);
    expect(readText("report.html")).toContain("900");
  });

  test("for the first load again gives the first plan again", async () => {
    const { load } = JSON.parse(readText("oldhand.json")).request;
    expect(load.predictionsPerMonth).toBe(900e9);
    await here(["plan", "dossier", "--load", String(before.plan!.cost.load.predictionsPerMonth)], cwd);
    expect(JSON.parse(readText("plan.json"))).toEqual(before.plan);
  });
});

describe("prove", () => {
  test("takes a latency budget of its own, and then all gates run again with that of the run, on the plan that is there, without an experiment", async () => {
    const planned = readText("plan.json");
    // The model is of an earlier day than its gates.
    const earlier = { ...JSON.parse(manifest), made: "2020-02-29" };
    writeFileSync(join(cwd, "dossier", "model", "manifest.json"), JSON.stringify(earlier));
    const card = readText("model/card.md").replace(/made \d{4}-\d\d-\d\d/, "made 2020-02-29");
    const prove = async (...more: string[]) => {
      const { code, stdout } = await here(["prove", "dossier", "--json", "-", "--quiet", ...more], cwd);
      return { code, proof: JSON.parse(stdout) as Proof };
    };
    const latencyIn = ({ gates }: Proof) => gates.find(({ gate }) => gate === "latency")!;
    expect(latencyIn((await prove("--latency-budget", "0.001")).proof)).toMatchObject({ status: "failed" });
    expect(JSON.parse(readText("oldhand.json")).request.latencyBudgetMs).toBe(10);
    const { code, proof } = await prove();
    expect(latencyIn(proof).why).toContain("10 ms");
    expect(readResult().verdict.decision).toBe(before.verdict.decision);
    expect(proof.gates.map(({ gate }) => gate)).toEqual(before.proof!.gates.map(({ gate }) => gate));
    expect(proof.rubric).toEqual(before.proof!.rubric);
    expect(code).toBe(proof.gates.some(({ status }) => status === "failed") ? 1 : 0);
    expect(computed(readResult())).toEqual([0, 0, 0, 0]);
    expect(readText("plan.json")).toBe(planned);
    expect(readText("model/card.md")).toBe(card);
    expect(JSON.parse(readText("model/manifest.json"))).toEqual(earlier);
    expect(readText("proof.junit.xml")).toContain(`tests="${proof.gates.length}"`);
  });
});

describe("audit in the dossier of a run", () => {
  test("keeps what rests on the same findings", async () => {
    // The gates may have been run again since the shared run, and may time the model anew.
    const { verdict } = readResult();
    const { code, stdout } = await here(["audit", ...QUESTION, "--out", "dossier", "--json", "-"], cwd);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toEqual(before.findings);
    expect(readResult()).toMatchObject({ comparison: before.comparison, verdict: { decision: verdict.decision } });
    expect(readText("findings.json")).toBe(readFileSync(join(shared.dossier, "findings.json"), "utf8"));
  });
});

describe("replay", () => {
  test("an experiment of the ledger gives the same scores again", async () => {
    const id = before.comparison!.candidates[0]!.score.experiments[0]!;
    const { code, stdout, stderr } = await here(["replay", id], cwd);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain(`${id}: `);
    expect(stdout).toContain("the same scores on every fold");
  });

  test("a changed score is found", async () => {
    const id = before.comparison!.candidates[0]!.score.experiments[0]!;
    const folder = folderFor({ dossier: true });
    const ledger = join(folder, "dossier", "ledger.jsonl");
    const lines = readFileSync(ledger, "utf8").trim().split("\n");
    const changed = lines.map((line) => {
      const entry = JSON.parse(line);
      if (entry.id === id) entry.folds[0].scores.auc += 1e-6;
      return JSON.stringify(entry);
    });
    writeFileSync(ledger, `${changed.join("\n")}\n`);
    const { code, stdout } = await here(["replay", id, "--dossier", "dossier", "--json", "-"], folder);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ id, same: false });
  });
});

describe("prepare", () => {
  test("writes the mended table and its recipe", async () => {
    const { code, stdout, stderr } = await here(["prepare", ...QUESTION, "--out", "dossier", "--quiet", "--json", "prepared.json"], cwd);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("mended.parquet");
    const { mended } = JSON.parse(readFileSync(join(cwd, "prepared.json"), "utf8"));
    expect(mended).toMatchObject({
      rows: 400,
      from: {
        rows: 400,
        columns: mended.columns + mended.changes.flatMap((change: { columnsGone: string[] }) => change.columnsGone).length,
      },
    });
    expect(mended.changes[0]).toMatchObject({ step: "drop", columnsGone: expect.arrayContaining(["closing_score"]) });
    expect(stdout).toContain(`What was changed: version ${mended.from.version} (400 rows`);
    expect(stdout).toMatch(/drop +\S*closing_score.* gone +leave out/);
    expect(readFileSync(join(cwd, mended.path)).subarray(0, 4).toString()).toBe("PAR1");
    expect(readText("recipe.json")).toContain("closing_score");
    const again = await here(["predict", "dossier", mended.path, "--out", "again.csv", "--quiet"], cwd);
    expect(again.code, again.stderr).toBe(0);
    expect(existsSync(join(cwd, "again.csv"))).toBe(true);
  });

  test("of a dossier it takes steps back and makes them again", async () => {
    const folder = folderFor({});
    const data = [...QUESTION, "--out", "d", "--budget", "0s"];
    const audited = await here(["audit", ...data, "--quiet"], folder);
    // Checks that only experiments can make were not asked for: that is no answer that is lacking.
    expect(audited.stdout).toContain("Not made: the check for wrong-label. It takes experiments, of which --budget 0s asks for none.");
    const { findings, unchecked, notMade } = JSON.parse(readFileSync(join(folder, "d", "findings.json"), "utf8")) as FindingsFile;
    expect([unchecked, notMade]).toEqual([[], ["wrong-label"]]);
    const leak = findings.find(({ id }) => id === "target-leak:closing_score")!;
    expect(leak).toMatchObject({ state: "mended", undo: "--undo target-leak:closing_score" });
    const mend = async (...args: string[]) => {
      const { code, stdout, stderr } = await here(["prepare", "d", "--json", "-", ...args], folder);
      return { code, stderr, mended: stdout === "" ? null : JSON.parse(stdout).mended };
    };
    const whole = await mend();
    const without = await mend("--undo", leak.id);
    expect([whole.code, without.code]).toEqual([0, 1]);
    expect(without.mended).toMatchObject({ columns: whole.mended.columns + 1, reopened: [leak.id] });
    expect(without.mended.undone).toMatchObject([{ number: 1, step: "drop", columns: "closing_score" }]);
    const before = await mend("--undo", "all");
    expect(before.mended).toMatchObject({ version: whole.mended.from.version, changes: [] });
    expect((await mend()).mended).toEqual(whole.mended);
    expect(await mend("--undo", "17")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("There is nothing of this name to undo."),
    });
    expect((await mend("--target", "plan")).stderr).toContain("A dossier holds its question: --target");
  });

  test("the mended table stays as long as its repairs hold, and goes with them", async () => {
    const folder = folderFor({});
    // What the traps cost is not asked: the repairs are the same.
    const work = (command: string, ...args: string[]) =>
      here([command, ...QUESTION, "--out", "d", "--quiet", "--budget", "0s", ...args], folder);
    const look = (...args: string[]) => work("audit", ...args);
    const mended = () => existsSync(join(folder, "d", "mended.parquet"));
    await work("prepare");
    await look();
    expect(mended()).toBe(true);
    await look("--ignore", "plan");
    expect(mended()).toBe(false);
  });
});

describe("autopsy", () => {
  test("blames what the audit mended", async () => {
    // Every omission doubles the coalitions that are trained, and every repeat of the folds their trainings: two omissions, folds once.
    const few = ["--ignore", "customer", "--ignore", "tickets", "--split", "blocks"];
    await here(["audit", "customers.csv", "--target", "churned", ...few, "--out", "few", "--quiet"], cwd);
    const { code, stdout } = await here(["autopsy", "few", "--json", "-", "--quiet"], cwd);
    expect(code).toBe(0);
    const { promised, realised, game } = JSON.parse(stdout) as FailureReport;
    expect(promised).toBeGreaterThan(realised);
    // One number for one gap: the shares add up to it.
    expect(promised - realised).toBeCloseTo(game!.realised.value, 12);
    expect(game!.shapley.map(({ player }) => player.id)).toEqual(["target-leak:closing_score", "missing:monthly_fee"]);
    expect(game!.shapley[0]!.shapley.low).toBeGreaterThan(0);
  });
});

describe("watch", () => {
  test("the training file itself is said to be it; other data has drifted", async () => {
    const same = await here(["watch", "dossier", "--data", "customers.csv", "--json", "-"], cwd);
    expect(same.code).toBe(0);
    const report = JSON.parse(same.stdout);
    expect(report).toMatchObject({ verdict: "no-drift", isTraining: true });
    expect(report.columns.filter((column: { standsOut: boolean }) => column.standsOut)).toEqual([]);
    expect(report.why).toContain("the rows that the model was trained on");
    expect(report.quality).toMatchObject({ rows: 400, unlabelled: 0 });
    expect(report.quality.verdict).not.toBe("worse");
    const text = readFileSync(join(cwd, "customers.csv"), "utf8");
    const shifted = text.replace(/^(C\d+,\d+,\w+,[\d.]*),\d,/gm, "$1,5,");
    writeFileSync(join(cwd, "shifted.csv"), shifted);
    const other = await here(["watch", "dossier", "--data", "shifted.csv"], cwd);
    expect(other.code).toBe(1);
    expect(other.stdout).toContain("tickets");
    for (const said of ["wasserstein/sd: how far", "q: the least share", "What to do next:"]) expect(other.stdout).toContain(said);
  });

  test("cells that cannot be read are said, as predict does: they are compared as missing", async () => {
    const lines = readFileSync(join(cwd, "customers.csv"), "utf8").split("\n");
    const spoilt = lines.map((line, at) => (at === 3 ? line.replace(/^(C\d+),\d+,/, "$1,many,") : line));
    writeFileSync(join(cwd, "spoilt.csv"), spoilt.join("\n"));
    const { stderr, stdout } = await here(["watch", "dossier", "--data", "spoilt.csv", "--json", "-"], cwd);
    expect(JSON.parse(stdout).unread).toMatchObject([{ count: 1, example: "many" }]);
    expect(stderr).toContain('1 cell is no number and was taken as missing, e.g. "many" in row');
  });

  test("answers are judged where the file has the labels, and are worse where the labels are turned round; without a label that is said", async () => {
    const lines = readFileSync(join(cwd, "customers.csv"), "utf8").trim().split("\n");
    const turned = (line: string) => line.replace(/(yes|no)$/, (label) => (label === "yes" ? "no" : "yes"));
    writeFileSync(join(cwd, "turned.csv"), lines.map((line, at) => (at > 200 ? line.replace(/(yes|no)$/, "") : turned(line))).join("\n"));
    const worse = await here(["watch", "dossier", "--data", "turned.csv"], cwd);
    expect(worse.code).toBe(1);
    expect(worse.stdout).toMatch(
      /^WORSE ANSWERS, TOO FEW ROWS .*\n\nThe answers are worse than the model was said to be\. ROC AUC 0\.\d+ \[/,
    );
    expect(worse.stdout).toContain("on 200 rows with a label");
    expect(worse.stdout).toContain("200 rows had none that the model knows");
    writeFileSync(join(cwd, "unlabelled.csv"), lines.map((line) => line.replace(/,[^,]*$/, "")).join("\n"));
    const { quality, notYet } = JSON.parse((await here(["watch", "dossier", "--data", "unlabelled.csv", "--json", "-"], cwd)).stdout);
    expect([quality, notYet[0]]).toEqual([null, expect.stringContaining("named as the target")]);
  });
});
