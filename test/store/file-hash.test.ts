import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { scanBytes, textSink } from "../../src/store/byte-scan.ts";
import { hashBeside, hashHere } from "../../src/store/file-hash.ts";
import { splitColumns } from "../../src/store/split-columns.ts";
import { temporaryFolder, write } from "./temporary.ts";

test.each([
  ["here", hashHere],
  ["beside", hashBeside],
])("pieces that are put into the buffers in turn are hashed: %s", async (_, start) => {
  const bytes = Buffer.from(Array.from({ length: 1000 }, (_, place) => place % 251));
  const hash = start(64);
  for (let from = 0, buffer = 0; from < bytes.length; from += 64, buffer = (buffer + 1) % hash.buffers.length) {
    await hash.free(buffer);
    hash.take(buffer, bytes.copy(hash.buffers[buffer]!, 0, from, from + 64));
  }
  expect(await hash.digest()).toBe(createHash("sha256").update(bytes).digest("hex"));
  hash.close();
});

test("a hash whose thread is gone fails instead of waiting", async () => {
  const hash = hashBeside(64);
  hash.close();
  await expect(hash.digest()).rejects.toThrow("the thread that hashes the file has ended");
  hash.take(0, 64);
  await expect(hash.free(0)).rejects.toThrow("ended");
});

test("a long file is the same to all who look at it", async () => {
  const path = write(temporaryFolder(), "a.csv", "name,é\n".repeat(650_000));
  const seen = createHash("sha256");
  const sinks = [textSink(path), { take: (piece: Uint8Array) => void seen.update(piece), end: () => undefined }];
  const hash = await scanBytes(path, sinks, 0);
  expect(hash).toBe(createHash("sha256").update(readFileSync(path)).digest("hex"));
  expect(seen.digest("hex")).toBe(hash);
});

test("blocks of cells longer than a buffer are whole in their files", async () => {
  const folder = temporaryFolder();
  const cuts = { block: 1, places: [] as number[], isUncertain: false };
  const paths = [join(folder, "a"), join(folder, "b")];
  const { sink, close, remove, removeOne } = splitColumns(paths, cuts);
  const line = `${"x".repeat(700_000)},${"y".repeat(300_000)}\n`;
  for (let row = 0; row < 3; row++) {
    cuts.places.push(row * line.length + 700_000, -(row + 1) * line.length);
    sink.take(Buffer.from(line));
    await sink.ready?.();
  }
  await sink.end();
  await close();
  expect(readFileSync(paths[0]!, "utf8") === `${"x".repeat(700_000)}\n`.repeat(3)).toBe(true);
  expect(readFileSync(paths[1]!, "utf8") === `${"y".repeat(300_000)}\n`.repeat(3)).toBe(true);
  await removeOne(0);
  expect(paths.map((path) => existsSync(path))).toEqual([false, true]);
  remove();
  expect(paths.map((path) => existsSync(path))).toEqual([false, false]);
});
