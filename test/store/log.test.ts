import { spawn } from "node:child_process";
import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openLog } from "../../src/store/index.ts";
import { built } from "../built.ts";
import { errorOf, temporaryFolder } from "./temporary.ts";

const folder = temporaryFolder();

test("a log gives back what was appended, in order", () => {
  const path = join(folder, "plain.jsonl");
  const log = openLog(path);
  expect([...log.entries()]).toEqual([]);
  log.append({ a: 1, text: "line\nend" });
  log.append([1, null]);
  expect([...log.entries()]).toEqual([{ a: 1, text: "line\nend" }, [1, null]]);
  log.close();
  expect([...openLog(path).entries()]).toHaveLength(2);
});

test("a half-written last line is ignored, and cut off by the next append", () => {
  const path = join(folder, "half.jsonl");
  const log = openLog(path);
  log.append({ number: 1 });
  log.close();
  appendFileSync(path, '{"number":2,"pad');
  const again = openLog(path);
  expect([...again.entries()]).toEqual([{ number: 1 }]);
  again.append({ number: 3 });
  expect([...again.entries()]).toEqual([{ number: 1 }, { number: 3 }]);
  again.close();
  expect(readFileSync(path, "utf8")).toBe('{"number":1}\n{"number":3}\n');
});

test("a changed line in the middle is an error that names the line", async () => {
  const path = join(folder, "changed.jsonl");
  appendFileSync(path, '{"number":1}\n{"numb\n{"number":3}\n');
  const error = await errorOf(() => [...openLog(path).entries()]);
  expect(error.code).toBe("dossier-broken");
  expect(error.message).toContain("line 2");
});

test("a writer killed at any moment leaves a log without gaps", async () => {
  const script = await built(new URL("child/append-forever.js", import.meta.url));
  onTestFinished(script.remove);
  const path = join(folder, "killed.jsonl");
  for (let round = 0; round < 3; round++) {
    const before = [...openLog(path).entries()].length;
    const child = spawn(process.execPath, [script.file, path], { stdio: ["ignore", "pipe", "inherit"] });
    await new Promise((resolve, reject) => {
      child.stdout.once("data", resolve);
      child.once("exit", reject);
    });
    await new Promise((resolve) => setTimeout(resolve, 10 * round));
    child.removeAllListeners("exit");
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await gone;
    const numbers = [...openLog(path).entries()].slice(before).map((entry) => (entry as { number: number }).number);
    expect(numbers.length).toBeGreaterThan(20);
    expect(numbers).toEqual(numbers.map((_, index) => index));
  }
});
