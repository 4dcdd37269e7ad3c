import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { openDataset } from "../../src/store/index.ts";
import { errorOf, optionsIn, temporaryFolder, write } from "./temporary.ts";

const folder = temporaryFolder();
const TOWNS = ["Córdoba", "Málaga", "A Coruña", "Cádiz", "Logroño", "León"];
const line = (i: number) => `${i};${TOWNS[i % TOWNS.length]};${i % 7}\n`;
const file = (isUtf8: (row: number) => boolean, make = line) =>
  Buffer.concat([Buffer.from("a;b;c\n"), ...Array.from({ length: 90 }, (_, i) => Buffer.from(make(i), isUtf8(i) ? "utf8" : "latin1"))]);
const refused = async (bytes: Buffer) => (await errorOf(() => openDataset(write(folder, "two.csv", bytes), optionsIn(folder)))).parts;

test("lines in UTF-8 among lines in Windows-1252 are counted, and converted one by one by the command that is given", async () => {
  const parts = await refused(file((row) => row % 3 === 0));
  expect(parts.what).toContain("two encodings");
  expect(parts.got).toBe("byte 0xE1; lines beyond ASCII: UTF-8 30 (line 2 first), Windows-1252 60 (line 3 first)");
  const command = /perl .*$/s.exec(parts.fix ?? "")?.[0].replace(/ > utf8.csv$/, "") ?? "";
  const text = execFileSync("sh", ["-c", command], { encoding: "utf8" });
  expect(text).toBe(`a;b;c\n${Array.from({ length: 90 }, (_, i) => line(i)).join("")}`);
  expect(readFileSync(write(folder, "utf8.csv", Buffer.from(text)), "utf8")).toContain("Logroño");
});

test("bytes that are no Windows-1252 beside UTF-8 are refused as before", async () => {
  const bytes = file((row) => row % 3 === 0);
  const broken = Buffer.from(Array.from(bytes, (byte) => (byte === 0xf3 ? 0x81 : byte)));
  expect((await refused(broken)).what).toBe("The file is not UTF-8.");
});
