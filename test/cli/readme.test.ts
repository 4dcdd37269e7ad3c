import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";
import { ROOT } from "../architecture/sources.ts";
import { start } from "./command.ts";
import { here } from "./here.ts";
import { QUESTION, sharedRun } from "./shared.ts";

const folder = mkdtempSync(join(tmpdir(), "oldhand-readme-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const readme = readFileSync(join(ROOT, "README.md"), "utf8");
/** The lines "on your own file", as arguments, and those that ask the server, for a shell. */
const lines = [...readme.matchAll(/^ {4}oldhand (.+)$/gm)].map(([, args = ""]) => args.split(" "));
const requests = [...readme.matchAll(/^ {4}curl .+$/gm)].map(([line]) => line.trim());

test("the lines for one's own file do what the README says", async () => {
  const { folder: shared, dossier } = await sharedRun();
  cpSync(join(shared, "customers.csv"), join(folder, "customers.csv"));
  // Started from a dossier that holds the experiments, so that they are not computed again; it was asked for folds once.
  cpSync(dossier, join(folder, "oldhand-customers"), { recursive: true });
  expect(lines.map(([command]) => command)).toEqual(["run", "predict", "serve"]);
  const [run, predict, serve] = lines as [string[], string[], string[]];
  const ran = await here([...run, ...QUESTION.slice(3)], folder);
  expect([0, 1], ran.stderr).toContain(ran.code);
  expect(ran.stdout).toContain("oldhand-customers/report.html");
  expect((await here(predict, folder)).code).toBe(0);
  expect(readFileSync(join(folder, "scored.csv"), "utf8").trim().split("\n")).toHaveLength(401);
  // The README's port may be taken on this machine.
  const free = serve.map((arg, i) => (serve[i - 1] === "--port" ? "0" : arg));
  const { child, ended, seen } = start(free, { cwd: folder });
  try {
    await expect.poll(() => /http:\/\/[^\s]+:\d+/.exec(seen().stderr + seen().stdout)?.[0] ?? "", { timeout: 30_000 }).toMatch(/^http/);
    const [url = ""] = /http:\/\/[^\s/]+:\d+/.exec(seen().stderr + seen().stdout) ?? [""];
    expect((await fetch(`${url}/v2/health/ready`)).status).toBe(200);
    expect(requests).toHaveLength(2);
    const shell = promisify(execFile);
    const said = [];
    for (const line of requests) said.push((await shell("bash", ["-c", line.replace("localhost:8080", url)], { cwd: folder })).stdout);
    const answer = JSON.parse(said.at(-1) ?? "");
    expect(["yes", "no"]).toContain(answer.prediction);
    expect(answer.probabilities.yes).toBeGreaterThanOrEqual(0);
    expect(answer.warnings).toBeUndefined();
  } finally {
    child.kill("SIGINT");
    await ended;
  }
});
