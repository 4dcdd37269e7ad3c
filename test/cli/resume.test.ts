import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import type { JourneyResult } from "../../src/core/verdict.ts";
import type { LedgerEntry } from "../../src/lab/index.ts";
import { crowding, oldhand, start, until } from "./command.ts";
import { folderFor } from "./folder.ts";
import { here } from "./here.ts";
import { QUESTION, sharedRun } from "./shared.ts";

const shared = await sharedRun();
const ARGS = ["run", ...QUESTION, "--out", "dossier", "--threads", "2"];

/** So many numbers and classes that one training takes seconds; two of the numbers tell the class. */
function slowCsv(rows: number, columns: number, classes: number): string {
  const random = createRandom(1, "slow");
  const header = [...Array.from({ length: columns }, (_, i) => `x${i}`), "y"];
  const lines = Array.from({ length: rows }, () => {
    const x = header.slice(1).map(() => random.next());
    const level = Math.min(classes - 1, Math.floor(((x[0] ?? 0) + (x[1] ?? 0)) * (classes / 2 - 1) + random.next()));
    return [...x.map((value) => value.toFixed(4)), `class ${level}`].join(",");
  });
  return `${[header.join(","), ...lines].join("\n")}\n`;
}

function linesOf(path: string): string[] {
  return existsSync(path) ? readFileSync(path, "utf8").split("\n").slice(0, -1) : [];
}

/** What trains longest; and of the trees the largest, and those of the quick model that measures traps. */
const isLong = ({ experiment: { estimator } }: LedgerEntry): boolean => {
  const { rounds, leaves } = estimator.params as { rounds?: number; leaves?: number };
  return estimator.name === "forest" || estimator.name === "linear" || rounds === 100 || leaves === 31;
};

/**
 * The shared dossier as a run with other findings would have left it. Of its experiments only those that take long are kept, so that a run has
 * most of them before it, and trains few seconds. Gives its files as they were.
 */
function finishedOtherwise(dossier: string): (name: string) => Buffer {
  cpSync(shared.dossier, dossier, { recursive: true });
  const ledger = join(dossier, "ledger.jsonl");
  const lines = linesOf(ledger).map((line) => ({ line, entry: JSON.parse(line) as LedgerEntry }));
  writeFileSync(ledger, lines.flatMap(({ line, entry }) => (isLong(entry) ? [`${line}\n`] : [])).join(""));
  for (const { entry } of lines.filter((one) => !isLong(one.entry)))
    for (const part of ["rows", "outputs"]) rmSync(join(dossier, "blobs", `${entry.id}.${part}.bin`));
  const result = JSON.parse(readFileSync(join(dossier, "result.json"), "utf8")) as JourneyResult;
  const findings = { ...result.findings, findings: result.findings.findings.slice(1) };
  writeFileSync(join(dossier, "result.json"), JSON.stringify({ ...result, findings }));
  writeFileSync(join(dossier, "findings.json"), JSON.stringify(findings));
  const names = readdirSync(dossier, { recursive: true, encoding: "utf8" }).filter((name) => statSync(join(dossier, name)).isFile());
  const files = new Map(names.map((name) => [name, readFileSync(join(dossier, name))]));
  return (name) => files.get(name) ?? Buffer.alloc(0);
}

describe("a run that was ended in the middle", () => {
  test("kill -9: what an earlier run led to stays aside, whole; the same command goes on, and ends as an undisturbed run on one thread", async () => {
    const cwd = folderFor();
    const dossier = join(cwd, "dossier");
    const ledger = join(dossier, "ledger.jsonl");
    const parts = ["model", "plan.json", "proof.json", "proof.junit.xml", "result.json", "report.html"];
    const partsIn = (folder: string) => parts.filter((name) => existsSync(join(dossier, folder, name)));
    const earlier = finishedOtherwise(dossier);
    const before = linesOf(ledger);
    const { child, ended } = start(ARGS, { cwd });
    await until(() => linesOf(ledger).length >= before.length + 2 && partsIn(".").length === 0);
    child.kill("SIGKILL");
    expect((await ended).signal).toBe("SIGKILL");
    expect(partsIn(".")).toEqual([]);

    // It is kept with the findings that it belongs to and the name of its run, and can be used.
    expect(partsIn("earlier")).toEqual(parts);
    for (const name of ["findings.json", "result.json", "report.html", "proof.json", join("model", "model.onnx")])
      expect(readFileSync(join(dossier, "earlier", name)).equals(earlier(name)), name).toBe(true);
    const { created, command } = JSON.parse(earlier("result.json").toString()) as JourneyResult;
    const note = readFileSync(join(dossier, "earlier", "README.md"), "utf8");
    for (const word of [created, command]) expect(note).toContain(word);
    const missing = await here(["predict", "dossier", "customers.csv"], cwd);
    expect([missing.code, missing.stderr]).toEqual([2, expect.stringContaining(join("dossier", "earlier", "model", "model.json"))]);
    expect((await here(["predict", join("dossier", "earlier"), "customers.csv", "--quiet"], cwd)).code).toBe(0);
    const audited = await here(["audit", ...ARGS.slice(1)], cwd);
    expect(audited.stderr).toContain(join("dossier", "earlier"));
    expect(partsIn("earlier")).toEqual(parts);

    const kept = linesOf(ledger);
    expect(kept.slice(0, before.length)).toEqual(before);
    const again = await here(ARGS, cwd);
    expect(again.code, again.stderr).toBe(shared.run.code);
    const { times } = JSON.parse(readFileSync(join(dossier, "result.json"), "utf8")) as JourneyResult;
    const total = (pick: (time: JourneyResult["times"][number]) => number) => times.reduce((sum, time) => sum + pick(time), 0);
    expect(total(({ reused }) => reused)).toBeGreaterThanOrEqual(kept.length);
    expect(linesOf(ledger).slice(0, kept.length)).toEqual(kept);
    expect(linesOf(ledger)).toHaveLength(kept.length + total(({ experiments }) => experiments));
    for (const name of ["findings.json", "recipe.json", join("model", "manifest.json"), join("model", "model.json")]) {
      expect(readFileSync(join(dossier, name), "utf8"), name).toBe(readFileSync(join(shared.dossier, name), "utf8"));
    }
    const blobs = readdirSync(join(shared.dossier, "blobs"));
    expect(readdirSync(join(dossier, "blobs"))).toEqual(expect.arrayContaining(blobs));
    for (const name of blobs)
      expect(readFileSync(join(dossier, "blobs", name)).equals(readFileSync(join(shared.dossier, "blobs", name))), name).toBe(true);
    expect([partsIn("."), existsSync(join(dossier, "earlier"))]).toEqual([parts, false]);
    const leftovers = readdirSync(dossier, { recursive: true }).filter((name) => /(^|\/)\./.test(String(name)));
    expect(leftovers).toEqual([]);
  });

  test.each([
    { signal: "SIGINT", exitCode: 130, where: "data: " },
    { signal: "SIGINT", exitCode: 130, where: "model: " },
    { signal: "SIGTERM", exitCode: 143, where: "scale: " },
    { signal: "SIGINT", exitCode: 130, where: "production: " },
  ] as const)("$signal in $where ends it within a second: exit code $exitCode, a word, and a dossier that can be used", async (one) => {
    // The later stages start from what an earlier run computed; the model stage goes on where another was ended, so that it is in the middle soon.
    const isBegun = one.where === "model: ";
    const cwd = folderFor({ dossier: !isBegun });
    const dossier = join(cwd, "dossier");
    const ledger = join(dossier, "ledger.jsonl");
    if (isBegun) {
      mkdirSync(dossier);
      const lines = linesOf(join(shared.dossier, "ledger.jsonl")).slice(0, 8);
      writeFileSync(ledger, lines.map((line) => `${line}\n`).join(""));
    }
    const earlier = linesOf(ledger).length;
    const { child, ended, seen } = start(ARGS, { cwd });
    await until(() => seen().stderr.includes(one.where) && (!isBegun || linesOf(ledger).length > earlier));
    expect(existsSync(join(dossier, "findings.json"))).toBe(true);
    const pressedAt = performance.now();
    child.kill(one.signal);
    const { code, stdout, stderr } = await ended;
    expect([code, stdout]).toEqual([one.exitCode, ""]);
    expect(performance.now() - pressedAt).toBeLessThan(1000 * crowding());
    expect(stderr).toContain("Stopped. Complete experiments are kept in dossier; the same command goes on from there. What was under way");
    expect(existsSync(join(dossier, ".lock"))).toBe(false);
    if (one.signal === "SIGINT" && !isBegun) return;
    const entries = linesOf(ledger).map((line) => JSON.parse(line) as LedgerEntry);
    const [{ id }] = entries.toSorted((a, b) => a.tookMs - b.tookMs) as [LedgerEntry];
    expect(await here(["replay", id, "--quiet"], cwd)).toMatchObject({ code: 0, stderr: "" });
  });
});

describe("two runs in one dossier at once", () => {
  test("the second is told who works there; the first is not disturbed", async () => {
    const cwd = folderFor();
    const first = start([...ARGS, "--budget", "1s"], { cwd });
    await until(() => existsSync(join(cwd, "dossier", ".lock")));
    // Held still, so that it is there however long the second takes to start.
    first.child.kill("SIGSTOP");
    const second = await here(ARGS, cwd);
    first.child.kill("SIGCONT");
    expect([second.code, second.stdout]).toEqual([2, ""]);
    expect(second.stderr).toContain("[dossier-busy]");
    expect(second.stderr).toContain(`process ${first.child.pid}`);
    const { code, stderr } = await first.ended;
    expect([0, 1, 3], stderr).toContain(code);
    expect(existsSync(join(cwd, "dossier", "result.json"))).toBe(true);
  });
});

describe("a budget", () => {
  // With repeated folds, so that there is more to train than there is time.
  const ALL = ["run", "customers.csv", "--target", "churned", "--out", "dossier", "--threads", "1"];
  /** How long the program takes to start, and to say what is wrong. */
  let startMs = 0;

  beforeAll(async () => {
    startMs = (await oldhand(["audit", "customers.csv", "--target", "nope"], { cwd: folderFor() })).tookMs;
  });

  test("is kept with 10 % beside the start of the program, ends with an answer or says that there is none, and nothing runs on", async () => {
    const cwd = folderFor();
    const { code, stdout, stderr, tookMs } = await oldhand([...ALL, "--budget", "3s"], { cwd });
    expect([0, 1, 3], stderr).toContain(code);
    expect(stdout.includes("NO ANSWER YET")).toBe(code === 3);
    expect(tookMs).toBeLessThan(3000 * 1.1 + 2 * startMs * crowding());
    const { times, verdict } = JSON.parse(readFileSync(join(cwd, "dossier", "result.json"), "utf8")) as JourneyResult;
    expect(times.reduce((sum, time) => sum + time.tookMs, 0)).toBeLessThan(3000 * 1.1 + 1000 * (crowding() - 1));
    expect(verdict.decision === "unknown").toBe(code === 3);
  });

  test("is kept where a single training takes long, and the answer says what was not reached", async () => {
    const cwd = folderFor();
    writeFileSync(join(cwd, "slow.csv"), slowCsv(4000, 80, 12));
    const budgetMs = 4000;
    const args = ["run", "slow.csv", "--target", "y", "--out", "dossier", "--threads", "1", "--budget", `${budgetMs / 1000}s`];
    const ran = await oldhand(args, { cwd });
    expect([0, 1, 3], ran.stderr).toContain(ran.code);
    expect(ran.tookMs).toBeLessThan(budgetMs * 1.1 + 2 * startMs * crowding());
    const { times, verdict, comparison } = JSON.parse(readFileSync(join(cwd, "dossier", "result.json"), "utf8")) as JourneyResult;
    expect(times.reduce((sum, { tookMs }) => sum + tookMs, 0)).toBeLessThan(budgetMs * 1.1 + 1000 * (crowding() - 1));
    // Trees of a dozen classes on 80 columns are not done in the few seconds that the stage has.
    expect(comparison?.candidates.some(({ state }) => state === "not-run")).toBe(true);
    expect(ran.stdout).toContain("The budget ended before these were tried");
    expect(verdict.decision === "unknown").toBe(ran.code === 3);
  });

  test("too short for anything is no crash", async () => {
    const { code, stderr } = await oldhand([...ALL, "--budget", "1ms"], { cwd: folderFor() });
    expect(code, stderr).toBe(3);
  });
});
