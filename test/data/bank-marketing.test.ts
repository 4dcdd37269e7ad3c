import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Suspicion } from "../../src/core/finding.ts";
import type { AuditContext } from "../../src/data/check.ts";
import { LIKELY } from "../../src/data/harm/ground.ts";
import { CHECKS } from "../../src/data/index.ts";
import { loadFrame, openDataset } from "../../src/store/index.ts";
import { contextOf } from "./table.ts";

const dataFolder = mkdtempSync(join(tmpdir(), "oldhand-bank-"));
const options = { dataFolder, memoryBytes: 512e6, threads: 1, seed: 1 };
let context: AuditContext;
let found: readonly Suspicion[];

beforeAll(async () => {
  const dataset = await openDataset("examples/bank-marketing/bank-additional.csv", options);
  context = contextOf({ dataset, frame: await loadFrame(dataset, options) }, "y");
  found = (await Promise.all(CHECKS.map((check) => check.inspect(context)))).flat();
}, 60_000);

afterAll(() => rmSync(dataFolder, { recursive: true, force: true }));

describe("UCI bank marketing, as it is read", () => {
  test("the task and the roles are seen", () => {
    expect(context.task).toEqual({ kind: "binary", classes: ["no", "yes"] });
    expect(context.roles).toMatchObject({ ids: [], time: null, group: null });
    expect(context.roles.features).toHaveLength(20);
  });

  test("duration is the only likely blocker, and a person is asked", () => {
    const blockers = found.filter(({ severity, confidence }) => severity === "blocker" && confidence >= LIKELY);
    expect(blockers.map(({ trap, columns }) => [trap, ...columns])).toEqual([["post-outcome", "duration"]]);
    expect(blockers[0]!.question).toBe('At the moment of prediction, is the value of "duration" already written?');
    expect(blockers[0]!.evidence.score).toBeGreaterThan(0.8);
  });

  test("what was known before the call is not suspected as a leak", () => {
    const leaks = found.filter(({ trap }) => /leak|post-outcome|sibling/.test(trap)).flatMap(({ columns }) => columns);
    for (const name of ["poutcome", "pdays", "previous", "campaign"]) expect(leaks).not.toContain(name);
  });
});
