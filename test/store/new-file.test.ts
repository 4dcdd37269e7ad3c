import { once } from "node:events";
import { createWriteStream, existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { expect, test } from "vitest";
import { newFile } from "../../src/store/new-file.ts";
import { temporaryFolder } from "./temporary.ts";

const folder = temporaryFolder();

test("a stream that is given up at once leaves nothing when its file is removed; one that opens its file later does", async () => {
  const leavesFile = async (name: string, open: (path: string) => ReturnType<typeof newFile>) => {
    const path = join(folder, name);
    const stream = open(path).on("error", () => undefined);
    stream.destroy(new Error("damaged"));
    rmSync(path, { force: true });
    await once(stream, "close").catch(() => undefined);
    return existsSync(path);
  };
  expect(await leavesFile("new", newFile)).toBe(false);
  expect(await leavesFile("later", (path) => createWriteStream(path, { flags: "wx" }))).toBe(true);
});

test("it takes what it is given, and never another's place", async () => {
  const path = join(folder, "text");
  await pipeline(Readable.from([Buffer.from("a,b\n"), Buffer.from("1,2\n")]), newFile(path));
  expect(readFileSync(path, "utf8")).toBe("a,b\n1,2\n");
  expect(() => newFile(path)).toThrow("EEXIST");
});
