import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { dossiersIn, openDossier, openModelFile, readJsonFile } from "../../src/store/index.ts";
import { built } from "../built.ts";
import { errorOf, temporaryFolder, write } from "./temporary.ts";

const folder = temporaryFolder();

test("what is written is read again", () => {
  const dossier = openDossier(join(folder, "plain"), { create: true });
  dossier.writeJson("oldhand.json", { b: 1, a: [null, "x"], gone: undefined });
  dossier.writeText("model/card.md", "# Card\n");
  dossier.writeBytes("model/model.onnx", new Uint8Array([1, 2, 255]));
  expect(dossier.readJson("oldhand.json")).toEqual({ b: 1, a: [null, "x"] });
  expect(dossier.readText("model/card.md")).toBe("# Card\n");
  expect([...dossier.readBytes("model/model.onnx")]).toEqual([1, 2, 255]);
  expect(dossier.exists("model/card.md")).toBe(true);
  expect(dossier.exists("report.html")).toBe(false);
  dossier.close();
  expect(readdirSync(dossier.folder).sort()).toEqual(["model", "oldhand.json"]);
  expect(dossiersIn(folder)).toEqual([join(folder, "plain")]);
});

test("a folder that is no dossier and holds a file of a dossier's names is left as it is", async () => {
  const path = join(folder, "foreign");
  openDossier(path, { create: true }).close();
  write(path, "notes.txt", "mine");
  openDossier(path, { create: true }).close();
  write(path, "report.html", "mine");
  expect(await errorOf(() => openDossier(path, { create: true }))).toMatchObject({ code: "dossier-missing" });
  expect(readdirSync(path).sort()).toEqual(["notes.txt", "report.html"]);
  write(path, "oldhand.json", "{}");
  openDossier(path, { create: true }).close();
});

test("a folder is written whole, in place of an older one, and what a killed write left goes at the next opening", () => {
  const path = join(folder, "swapped");
  const dossier = openDossier(path, { create: true });
  dossier.writeFolder("model", { "a.json": "old", "gone.json": "old" });
  dossier.writeFolder("model", { "a.json": "new", "b.onnx": new Uint8Array([1]) });
  expect(readdirSync(join(path, "model")).sort()).toEqual(["a.json", "b.onnx"]);
  expect(dossier.readText("model/a.json")).toBe("new");
  // A file where a folder should be: the write fails in its middle, and the old folder stays as it was.
  expect(() => dossier.writeFolder("model", { "a.json": "newer", "a.json/b": "x" })).toThrow();
  expect(dossier.readText("model/a.json")).toBe("new");
  expect(readdirSync(path).filter((name) => name.includes(".tmp-"))).toEqual([]);
  write(path, ".1-0123abcd.tmp-model", "left");
  dossier.close();
  openDossier(path, { create: false }).close();
  expect(readdirSync(path)).toEqual(["model"]);
});

test("a folder that a killed write had moved away comes back, unless another had taken its place", () => {
  const path = join(folder, "moved");
  const dossier = openDossier(path, { create: true });
  dossier.writeFolder("model", { "a.json": "old" });
  dossier.close();
  const reopened = () => {
    openDossier(path, { create: false }).close();
    return [readdirSync(path), readFileSync(join(path, "model", "a.json"), "utf8")];
  };
  // Killed between the two renames: the old one away, the new one not yet there.
  renameSync(join(path, "model"), join(path, ".1-0123abcd.old-model"));
  write(path, ".1-0123abce.tmp-model", "new");
  expect(reopened()).toEqual([["model"], "old"]);
  // Killed after them: the new one is there, the old one is left over.
  cpSync(join(path, "model"), join(path, ".1-0123abcd.old-model"), { recursive: true });
  writeFileSync(join(path, "model", "a.json"), "new");
  expect(reopened()).toEqual([["model"], "new"]);
});

test("blobs come back equal to the bit", async () => {
  const dossier = openDossier(join(folder, "blobs"), { create: true });
  const outputs = Float64Array.of(0.1, -0, Number.NaN, Number.MIN_VALUE, Number.POSITIVE_INFINITY);
  dossier.writeBlob("one", outputs);
  dossier.writeBlob("two", Int32Array.of(5, -1));
  expect(new BigUint64Array(dossier.readBlob("one")!.slice().buffer)).toEqual(new BigUint64Array(outputs.buffer));
  expect(dossier.readBlob("two")).toEqual(Int32Array.of(5, -1));
  expect(dossier.readBlob("three")).toBeNull();
  const path = join(dossier.folder, "blobs", "one.bin");
  writeFileSync(path, readFileSync(path).subarray(0, 30));
  expect((await errorOf(() => dossier.readBlob("one"))).code).toBe("dossier-broken");
  dossier.close();
});

test("a second run in the same dossier is refused and told who holds it", async () => {
  const path = join(folder, "busy");
  const first = openDossier(path, { create: true });
  const error = await errorOf(() => openDossier(path, { create: true }));
  expect(error.code).toBe("dossier-busy");
  expect(error.message).toContain(`process ${process.pid}`);
  openDossier(path, { create: false, lock: false }).close();
  first.close();
  openDossier(path, { create: false }).close();
});

test("the lock of a killed process is taken over", async () => {
  const path = join(folder, "stale");
  const script = await built(new URL("child/hold-dossier.js", import.meta.url));
  onTestFinished(script.remove);
  const child = spawn(process.execPath, [script.file, path], { stdio: ["ignore", "pipe", "inherit"] });
  await new Promise((resolve) => child.stdout.once("data", resolve));
  const error = await errorOf(() => openDossier(path, { create: true }));
  expect(error.message).toContain(`process ${child.pid}`);
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await gone;
  const dossier = openDossier(path, { create: true });
  dossier.close();
  expect(readdirSync(path)).toEqual([]);
});

test("missing and broken dossiers are said so", async () => {
  expect((await errorOf(() => openDossier(join(folder, "none"), { create: false }))).code).toBe("dossier-missing");
  expect((await errorOf(() => openDossier(write(folder, "file", "x"), { create: true }))).code).toBe("dossier-missing");
  const dossier = openDossier(join(folder, "broken"), { create: true });
  expect((await errorOf(() => dossier.readJson("oldhand.json"))).code).toBe("dossier-broken");
  writeFileSync(dossier.pathOf("oldhand.json"), "{");
  expect((await errorOf(() => dossier.readJson("oldhand.json"))).code).toBe("dossier-broken");
  expect((await errorOf(() => openModelFile(dossier.folder))).code).toBe("dossier-missing");
  dossier.writeJson("model/model.json", { kind: "tabular" });
  expect(openModelFile(dossier.folder)).toEqual({ kind: "tabular" });
  expect(openModelFile(join(dossier.folder, "model"))).toEqual({ kind: "tabular" });
  expect(openModelFile(dossier.pathOf("model/model.json"))).toEqual({ kind: "tabular" });
  dossier.close();
});

test("a user's JSON file with a mistake is said with its place", async () => {
  const error = await errorOf(() => readJsonFile(write(folder, "answers.json", '{\n  "a": 1,\n  "b" 2\n}')));
  expect(error.code).toBe("file-format");
  expect(error.message).toContain("line 3, column 7");
  expect((await errorOf(() => readJsonFile(join(folder, "answer.json")))).message).toContain("answers.json");
});

test("on a full disk each write says so and leaves nothing half-written", async () => {
  const rows = Array.from({ length: 60_000 }, (_, row) => `${row * Math.PI},${Math.sin(row)},level ${(row * 7919) % 50_000}`);
  const source = write(folder, "large.csv", `a,b,c\n${rows.join("\n")}\n`);
  const path = join(folder, "full");
  const script = await built(new URL("child/write-on-full-disk.js", import.meta.url));
  onTestFinished(script.remove);
  const command = `ulimit -f 512; exec "${process.execPath}" "${script.file}" "${source}" "${path}"`;
  const child = spawnSync("bash", ["-c", command], { encoding: "utf8" });
  expect(child.stderr).toBe("");
  const full = ["openDataset", "writeText", "writeBlob", "append", "openWriter"].map((name) => [name, "disk-full"]);
  expect(JSON.parse(child.stdout)).toEqual(Object.fromEntries(full));
  expect(filesIn(path)).toEqual(["ledger.jsonl"]);
  expect(readFileSync(join(path, "ledger.jsonl"), "utf8")).toBe('{"number":1}\n');
});

function filesIn(path: string): string[] {
  if (!existsSync(path)) return [];
  return readdirSync(path, { recursive: true })
    .map(String)
    .filter((name) => statSync(join(path, name)).isFile());
}
