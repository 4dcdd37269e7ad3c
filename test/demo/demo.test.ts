import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseHTML } from "linkedom";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { GateResult } from "../../src/core/proof.ts";
import type { JourneyResult } from "../../src/core/verdict.ts";
import { nextSteps } from "../../src/journey/next-steps.ts";
import { reportText } from "../../src/report/index.ts";
import { crowding } from "../cli/command.ts";
import { PLAIN } from "../report/plain-paint.ts";
import { allOf, unlinked, VERDICT } from "../report/unlinked.ts";
import { normalise } from "./normalise.ts";
import { isSlowed, settled } from "./settled.ts";

const ROOT = new URL("../..", import.meta.url).pathname;
/** What `npm run demo` calls. */
const SCRIPT = "scripts/demo.js";
const GOLDEN = join(ROOT, "test/output/demo.txt");
const folder = mkdtempSync(join(tmpdir(), "oldhand-demo-"));
const dossier = join(folder, "oldhand-bank-additional");

const printed = (result: JourneyResult): string => reportText(result, { colours: PLAIN, folder: "oldhand-bank-additional" });

describe("the demo", () => {
  let run: { status: number | null; stdout: string; stderr: string };
  let result: JourneyResult;
  let tookMs = 0;
  const skipWhereSlowed = (skip: (note: string) => void) => {
    if (isSlowed(result, crowding())) skip("other programs made the latency gate fail");
  };

  beforeAll(() => {
    const began = performance.now();
    const said = spawnSync(process.execPath, [join(ROOT, SCRIPT)], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, NO_COLOR: "1" },
    });
    // The first line is the command.
    run = { ...said, stdout: said.stdout.replace(/^\$ oldhand run .*\n\n/, "") };
    tookMs = performance.now() - began;
    result = JSON.parse(readFileSync(join(dossier, "result.json"), "utf8"));
  }, 600_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("prints what it always printed, and succeeds with any verdict", ({ skip }) => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { scripts: { demo: string } };
    expect(scripts.demo).toContain(`node ${SCRIPT}`);
    expect(run.status, run.stderr).toBe(0);
    expect(normalise(run.stdout)).toEqual(normalise(printed(result)));
    skipWhereSlowed(skip);
    if (process.env.UPDATE_GOLDEN === "1") writeFileSync(GOLDEN, run.stdout);
    expect(normalise(printed(settled(result)))).toEqual(normalise(readFileSync(GOLDEN, "utf8")));
  });

  test("a machine too busy to time one answer changes the latency gate and its step, and nothing else", ({ skip }) => {
    skipWhereSlowed(skip);
    const { findings: file, comparison, plan, proof, verdict } = settled(result);
    const becomes = (status: GateResult["status"], wanted = "latency"): JourneyResult => {
      const gates = proof!.gates.map((gate) => (gate.gate === wanted ? { ...gate, status } : gate));
      const next = nextSteps({ file, comparison, plan, proof: { ...proof!, gates }, dossier: "dossier", until: "production" });
      return { ...result, proof: { ...proof!, gates }, verdict: { ...verdict, next } };
    };
    const busy = becomes("undecided");
    expect(printed(busy)).toMatch(/UNSURE\s+Fast enough for one row/);
    expect(busy.verdict.next.length).toBe(verdict.next.length + 1);
    expect(normalise(printed(settled(busy)))).toEqual(normalise(readFileSync(GOLDEN, "utf8")));
    for (const other of [becomes("failed"), becomes("not-run"), becomes("undecided", "parity")]) expect(settled(other)).toEqual(other);
  });

  test("takes at most 90 seconds on two cores that are free", () => {
    expect(tookMs).toBeLessThan(90_000 * crowding());
  });

  test("the README shows this output", ({ skip }) => {
    skipWhereSlowed(skip);
    const readme = readFileSync(join(ROOT, "README.md"), "utf8");
    const [, shown = ""] = /```\n((?:NO-GO|GO|NO ANSWER YET) [\s\S]*?)```/.exec(readme) ?? [];
    expect(normalise(shown)).toEqual(normalise(printed(settled(result))));
  });

  test("finds by itself that duration is known too late, and prices it", () => {
    const found = result.findings.findings.find(({ columns, severity }) => columns.includes("duration") && severity === "blocker");
    expect(found).toMatchObject({ trap: "post-outcome", state: "mended" });
    expect(found?.question).toMatch(/already written/);
    expect(found?.harm?.claimed).toBeGreaterThan(0.92);
    expect(found?.harm?.honestHigh).toBeLessThan(0.85);
    expect(found?.harm?.high).toBeLessThan(0);
    expect(result.findings.findings.filter(({ severity }) => severity === "blocker")).toHaveLength(1);
  });

  test("each measured number of the verdict and of the model on its page leads to an experiment", () => {
    const all = allOf(parseHTML(readFileSync(join(dossier, "report.html"), "utf8")).document);
    expect(all(VERDICT).length).toBeGreaterThanOrEqual(3);
    expect(all(`${VERDICT}, section#model`).flatMap(unlinked)).toEqual([]);
  });

  test("writes the whole dossier", () => {
    const files = [
      "oldhand.json",
      "findings.json",
      "recipe.json",
      "ledger.jsonl",
      "model/manifest.json",
      "model/model.onnx",
      "model/model.json",
      "model/card.md",
      "plan.json",
      "proof.json",
      "proof.junit.xml",
      "report.html",
    ];
    expect(files.filter((file) => !existsSync(join(dossier, file)))).toEqual([]);
  });

  test("the report is one small file that loads nothing", () => {
    const html = readFileSync(join(dossier, "report.html"), "utf8");
    expect(statSync(join(dossier, "report.html")).size).toBeLessThan(1.5e6);
    expect(html).not.toMatch(/(src|href)="(https?:)?\/\//);
  });

  test("every number of a finding leads to the ledger", () => {
    const ids = result.findings.findings.flatMap(({ harm }) => harm?.experiments ?? []);
    expect(ids.length).toBeGreaterThan(0);
    expect(ids.filter((id) => !Object.hasOwn(result.ledger, id))).toEqual([]);
  });
});
