import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, inject, test } from "vitest";
import { ROOT } from "../architecture/sources.ts";
import { oldhand, start } from "./command.ts";

const folder = mkdtempSync(join(tmpdir(), "oldhand-readme-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The lines "on your own file", as arguments. */
const lines = [...readFileSync(join(ROOT, "README.md"), "utf8").matchAll(/^ {4}oldhand (.+)$/gm)].map(([, args = ""]) => args.split(" "));

test("the two lines for one's own file do what the README says", async () => {
  const { folder: shared, dossier } = inject("shared");
  cpSync(join(shared, "customers.csv"), join(folder, "customers.csv"));
  // Started from a dossier that holds the experiments, so that they are not computed again.
  cpSync(dossier, join(folder, "oldhand-customers"), { recursive: true });
  expect(lines.map(([command]) => command)).toEqual(["run", "serve"]);
  const [run, serve] = lines as [string[], string[]];
  const ran = await oldhand(run, { cwd: folder });
  expect([0, 1], ran.stderr).toContain(ran.code);
  expect(ran.stdout).toContain("oldhand-customers/report.html");
  // The README's port may be taken on this machine.
  const free = serve.map((arg, i) => (serve[i - 1] === "--port" ? "0" : arg));
  const { child, ended, seen } = start(free, { cwd: folder });
  try {
    await expect.poll(() => /http:\/\/[^\s]+:\d+/.exec(seen().stderr + seen().stdout)?.[0] ?? "", { timeout: 30_000 }).toMatch(/^http/);
    const [url] = /http:\/\/[^\s/]+:\d+/.exec(seen().stderr + seen().stdout) ?? [""];
    expect((await fetch(`${url}/v2/health/ready`)).status).toBe(200);
  } finally {
    child.kill("SIGINT");
    await ended;
  }
});
