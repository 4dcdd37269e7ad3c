import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { BUDGET_ENDED } from "../../src/core/finding.ts";
import type { Request } from "../../src/core/request.ts";
import { type Audited, largerSample, withLargerAudit, withLargerSample } from "../../src/journey/larger-sample.ts";
import { stageRunner } from "../../src/journey/stage.ts";
import { openWorkplace, reopenWorkplace, type Workplace, writeQuestion } from "../../src/journey/workplace.ts";
import { Cancelled, type Executor, memoryLedger } from "../../src/lab/index.ts";
import type { AnyKind } from "../../src/problems/index.ts";

const place = (rows: number, of: number, columns = 20) =>
  ({
    dataset: { rows: of, columns: Array.from({ length: columns }) },
    frame: { rows },
    request: { memoryBytes: 4e9 },
  }) as unknown as Workplace;

describe("rows of a larger sample", () => {
  const spent = (elapsedMs: number, workMs = elapsedMs) => ({ budgetMs: 60_000, elapsedMs, workMs });

  test("in steps of the root of two, by what the first took of the time", () => {
    expect(largerSample(place(5000, 1e6), spent(15_000))).toBe(7071);
    expect(largerSample(place(5000, 1e6), spent(12_000))).toBe(10_000);
    expect(largerSample(place(5000, 1e6), spent(11_000))).toBe(10_000);
    expect(largerSample(place(5000, 1e6), spent(5_000))).toBe(28_284);
    expect(largerSample(place(5000, 1e6), spent(100))).toBe(100_000);
    expect(largerSample(place(5000, 7000), spent(5_000))).toBe(7000);
  });

  test("none when half of the budget is gone, a step would not fit, all rows are there, or memory is what limits", () => {
    expect(largerSample(place(5000, 1e6), spent(30_001, 1))).toBeNull();
    expect(largerSample(place(5000, 1e6), spent(18_000))).toBeNull();
    expect(largerSample(place(5000, 5000), spent(1))).toBeNull();
    const tight = { ...place(5000, 1e6), request: { memoryBytes: 4 * 8 * 20 * 5000 } } as unknown as Workplace;
    expect(largerSample(tight, spent(1))).toBeNull();
  });

  test("an audit alone has the whole budget", () => {
    expect(largerSample(place(5000, 1e6), spent(12_000), "data")).toBe(14_142);
  });

  test("what a resumed run took from the ledger counts as work", () => {
    expect(largerSample(place(5000, 1e6), spent(1_000, 16_000))).toBe(10_000);
  });
});

const ROWS = 12_000;

async function inDossier(work: (open: (auditOnly?: boolean) => Promise<Workplace>, folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "oldhand-larger-"));
  try {
    const data = join(folder, "data.csv");
    writeFileSync(data, `a,y\n${Array.from({ length: ROWS }, (_, i) => `${(i * 37) % 101},${i % 13}`).join("\n")}\n`);
    const request = { ...REQUEST, data } as unknown as Request;
    await work((auditOnly) => openWorkplace(join(folder, "dossier"), request, undefined, auditOnly), join(folder, "dossier"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const REQUEST = {
  target: "y",
  test: null,
  group: [],
  ids: [],
  ignore: [],
  answers: {},
  labels: null,
  seed: 1,
  budgetMs: 20,
  threads: 1,
  memoryBytes: 1e9,
};

const executor: Executor = {
  threads: 1,
  share: () => undefined,
  run: () => Promise.reject(new Error("nothing to run")),
  close: async () => undefined,
};

/** A kind that answers at once on the first sample, and as told on a larger one. Notes the rows that it sees. */
async function grown(workplace: Workplace, isAnsweredAgain: boolean) {
  const seen: string[] = [];
  const kind = {
    audit: async ({ frame }: { frame: { rows: number } }) => {
      seen.push(`audit ${frame.rows}`);
      return {};
    },
    choose: async ({ frame, plannedOnly }: { frame: { rows: number }; plannedOnly: boolean }) => {
      seen.push(`choose ${frame.rows}${plannedOnly ? "" : " and more"}`);
      return { comparison: { chosen: frame.rows === 5000 || isAnsweredAgain ? "linear" : "" } };
    },
  } as unknown as AnyKind;
  const bench = { executor, ledger: memoryLedger(), onProgress: () => undefined, signal: null, times: [] };
  const stageOn = (one: Workplace) => stageRunner({ ...bench, workplace: one });
  // The clock of a test's machine decides nothing: a minute's budget, begun just now.
  const timely = { ...workplace, openMs: 0, request: { ...workplace.request, budgetMs: 60_000 } };
  const first = { workplace: timely, data: {}, stage: stageOn(timely), startedAt: performance.now() } as unknown as Audited;
  const { workplace: last } = await withLargerSample(first, { kind, ledger: bench.ledger, threads: 1, keep: () => undefined, stageOn });
  return { last, seen };
}

test("with time left, audit and comparison are made again on more rows; the dossier keeps that sample, and so does a run that resumes it", () =>
  inDossier(async (open, folder) => {
    const first = await open();
    expect(first.frame.rows).toBe(5000);
    const { last, seen } = await grown(first, true);
    expect([last.frame.rows, last.sampledRows]).toEqual([ROWS, ROWS]);
    expect(seen).toEqual(["choose 5000", `audit ${ROWS}`, `choose ${ROWS}`]);
    expect((await grown(last, true)).seen).toEqual([]);
    first.dossier.close();
    const again = await reopenWorkplace(folder, {});
    expect(again.frame.rows).toBe(ROWS);
    again.dossier.close();
  }));

interface Lab {
  readonly frame: { readonly rows: number };
  readonly lab: { left(): number };
  leftMs(): number;
}

const fileOf = (unmeasured: string) => ({ file: { findings: [{ unmeasured }], unchecked: [] } });

/** An audit alone with a minute's budget, begun just now; a second one gives what `again` does. */
async function auditedAgain(workplace: Workplace, firstFile: unknown, again: (space: Lab) => unknown) {
  const kept: Audited[] = [];
  const kind = { audit: async (space: Lab) => again(space) } as unknown as AnyKind;
  const bench = { executor, ledger: memoryLedger(), onProgress: () => undefined, signal: null, times: [] };
  const stageOn = (one: Workplace) => stageRunner({ ...bench, workplace: one });
  const timely = { ...workplace, openMs: 0, request: { ...workplace.request, budgetMs: 60_000 } };
  const first = { workplace: timely, data: firstFile, stage: stageOn(timely), startedAt: performance.now() } as unknown as Audited;
  const keep = (one: Audited) => {
    kept.push(one);
  };
  const audited = withLargerAudit(first, { kind, ledger: bench.ledger, threads: 1, keep, stageOn });
  return { kept, last: await audited.then(({ workplace: { frame } }) => frame.rows, String) };
}

test("an audit that nothing follows is made again on as many rows as the whole budget holds, to whose end its checks may take; the first stands when the second was cut short", () =>
  inDossier(async (open) => {
    const workplace = await open(true);
    const seen: number[][] = [];
    const again = (unmeasured: string) => (space: Lab) => {
      seen.push([space.frame.rows, ...[space.lab.left(), space.leftMs()].map((ms) => Math.round(ms / 10_000))]);
      return fileOf(unmeasured);
    };
    expect((await auditedAgain(workplace, fileOf("none"), again(BUDGET_ENDED))).last).toBe(5000);
    expect((await auditedAgain(workplace, fileOf(BUDGET_ENDED), again(BUDGET_ENDED))).last).toBe(5000);
    expect((await auditedAgain(workplace, fileOf("none"), again("none"))).last).toBe(ROWS);
    expect(seen).toEqual([1, 2, 3].map(() => [ROWS, 6, 6]));
    workplace.dossier.close();
  }));

test("what the first audit gave is kept before a second one begins, which may be stopped", () =>
  inDossier(async (open) => {
    const workplace = await open(true);
    const first = fileOf("none");
    const { kept, last } = await auditedAgain(workplace, first, () => {
      throw new Cancelled();
    });
    expect(last).toContain("cancelled");
    expect(kept.map(({ data }) => data)).toEqual([first]);
    workplace.dossier.close();
  }));

test("a sample that an audit alone had time for is not that of a run, nor the other way round; the dossier keeps both", () =>
  inDossier(async (open) => {
    const workplace = await open(true);
    expect((await auditedAgain(workplace, fileOf("none"), () => fileOf("none"))).last).toBe(ROWS);
    // The minute of a test's clock is not what was asked.
    const written = workplace.dossier.readJson("oldhand.json") as { request: Request };
    workplace.dossier.writeJson("oldhand.json", { ...written, request: workplace.request });
    workplace.dossier.close();
    const rowsOf = async (auditOnly: boolean) => {
      const one = await open(auditOnly);
      writeQuestion(one);
      one.dossier.close();
      return [one.frame.rows, one.sampledRows];
    };
    expect(await rowsOf(false)).toEqual([5000, null]);
    expect(await rowsOf(true)).toEqual([ROWS, ROWS]);
    expect(await rowsOf(false)).toEqual([5000, null]);
  }));

test("the first sample stands when the larger one ends without an answer", () =>
  inDossier(async (open) => {
    const first = await open();
    const { last, seen } = await grown(first, false);
    expect([last.frame.rows, last.sampledRows]).toEqual([5000, null]);
    expect(seen).toHaveLength(3);
    expect(first.dossier.exists("oldhand.json")).toBe(false);
    first.dossier.close();
  }));
