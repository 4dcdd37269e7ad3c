import { linkSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isSource } from "../../src/store/index.ts";
import { temporaryFolder } from "./temporary.ts";

test("a file is known under every name: spelling, links, a folder that is a link, a pattern", async () => {
  const folder = temporaryFolder();
  const at = (name: string) => join(folder, name);
  mkdirSync(at("parts"));
  for (const name of ["parts/a.csv", "parts/b.csv", "other.csv", "odd#name.csv"]) writeFileSync(at(name), "x\n1\n");
  symlinkSync(at("parts/a.csv"), at("soft.csv"));
  linkSync(at("parts/a.csv"), at("hard.csv"));
  symlinkSync(at("parts"), at("folder"));
  for (const name of ["parts/a.csv", "parts/../parts/a.csv", "soft.csv", "hard.csv", "folder/a.csv"]) {
    expect(await isSource(at(name), at("parts/a.csv")), name).toBe(true);
    expect(await isSource(at("parts/a.csv"), at(name)), name).toBe(true);
    expect(await isSource(at(name), at("parts/*.csv")), name).toBe(true);
    expect(await isSource(at(name), at("parts/b.csv")), name).toBe(false);
  }
  expect(await isSource(at("odd#name.csv"), at("odd#name.csv"))).toBe(true);
  expect(await isSource(at("other.csv"), at("other.csv#orders"))).toBe(true);
  for (const place of [at("parts/*.csv"), "postgres://host/shop#a", "s3://bucket/a.csv"])
    expect(await isSource(at("new.csv"), place)).toBe(false);
  expect(await isSource(at("other.csv"), at("parts/*.csv"))).toBe(false);
});
