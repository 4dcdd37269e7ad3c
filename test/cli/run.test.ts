import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, inject, test } from "vitest";
import type { JourneyResult } from "../../src/core/verdict.ts";

const { run, dossier } = inject("shared");
const readJson = (name: string) => JSON.parse(readFileSync(join(dossier, name), "utf8")) as JourneyResult;

describe("oldhand run", () => {
  test("goes through all stages and says so by its exit code", () => {
    console.log(run.stderr, run.stdout, run.tookMs, readJson("result.json").times);
    expect(readdirSync(dossier)).toEqual([]);
  });
});
