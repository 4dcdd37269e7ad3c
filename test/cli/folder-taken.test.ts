import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { start, until } from "./command.ts";
import { customersCsv } from "./customers.ts";
import { folderFor } from "./folder.ts";

const top = folderFor();

test("a run whose folder is deleted under it ends with a message, and does not make it anew", async () => {
  const work = join(top, "work");
  mkdirSync(work);
  writeFileSync(join(work, "customers.csv"), customersCsv(120));
  const running = start(["run", "customers.csv", "--target", "churned", "--out", "deep/dossier", "--threads", "1"], { cwd: work });
  await until(() => running.seen().stderr.includes("model:"));
  // Held still: it must not write while its folder is being taken.
  running.child.kill("SIGSTOP");
  rmSync(work, { recursive: true, force: true });
  running.child.kill("SIGCONT");
  const { code, stdout, stderr } = await running.ended;
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(/deleted or moved while the run worked in it\. \[dossier-missing\]\n {2}where: {4}deep\/dossier/);
  expect(existsSync(work)).toBe(false);
});
