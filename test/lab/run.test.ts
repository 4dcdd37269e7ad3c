import { describe, expect, test, vi } from "vitest";
import type { Frame } from "../../src/core/column.ts";
import type { Outcome } from "../../src/core/experiment.ts";
import type { Json } from "../../src/core/json.ts";
import { contentHash } from "../../src/core/json.ts";
import {
  BudgetEnded,
  Cancelled,
  type HalfDone,
  inProcessExecutor,
  type LedgerStore,
  memoryLedger,
  type Progress,
} from "../../src/lab/index.ts";
import { behaving, experiment, labWith, runFold, table } from "./tables.ts";

/** The same table with y turned round from a row on. */
function withOtherLabels(frame: Frame, from: number): Frame {
  const columns = frame.columns.map((column) =>
    column.name === "y" && "values" in column
      ? { ...column, values: column.values.map((value, row) => (row < from ? value : 100 - 3 * value)) }
      : column,
  );
  return { ...frame, columns };
}

const SEEDS = [1, 2, 3, 4];

function withoutTimes({ folds, ...outcome }: Outcome) {
  return { ...outcome, folds: folds.map(({ fitMs: _fit, predictMs: _predict, ...fold }) => fold) };
}

describe("outcome", () => {
  test("scores are means over folds, out-of-fold rows ascend and hold every labelled row once in each repeat", async () => {
    const outcome = await labWith().run(experiment({ split: { policy: "random", folds: 3, repeats: 2 } }));
    expect(outcome.id).toBe(contentHash(outcome.experiment));
    expect(outcome.folds.map(({ fold }) => fold)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(outcome.scores.rmse).toBeCloseTo(outcome.folds.reduce((sum, { scores }) => sum + scores.rmse!, 0) / 6, 12);
    expect([...outcome.outOfFold.rows]).toEqual(Array.from({ length: 240 }, (_, i) => i % 120));
    expect(outcome.outOfFold.repeats).toBe(2);
    expect(outcome.notes.held).toHaveLength(6);
  });

  test("the outputs of each repeat stand apart, as the runner gave them", async () => {
    const asked = experiment({ split: { policy: "random", folds: 3, repeats: 2 } });
    const given = new Map<string, number>();
    const executor = inProcessExecutor((frame, one, fold, validation) => {
      const result = runFold(frame, one, fold, validation);
      const outputs = result.outputs.map((value) => value + fold.index / 1000);
      fold.test.forEach((row, i) => {
        given.set(`${Math.floor(fold.index / 3)} ${row}`, outputs[i]!);
      });
      return { ...result, outputs };
    });
    const { outOfFold } = await labWith({ executor }).run(asked);
    expect(given.size).toBe(240);
    outOfFold.rows.forEach((row, i) => {
      expect(outOfFold.outputs[i]).toBe(given.get(`${i < 120 ? 0 : 1} ${row}`));
    });
  });

  test("held-out rows are in no fold, and nothing that is true of them moves a fold", async () => {
    for (const split of [
      { policy: "random", folds: 3, repeats: 2 },
      { policy: "stratified", folds: 3, repeats: 1 },
      { policy: "blocks", by: null, folds: 3 },
    ] as const) {
      const asked = experiment({ split, heldOut: 30 });
      const folds = labWith().folds(asked);
      expect(folds.every(({ train, test }) => [...train, ...test].every((row) => row < 90))).toBe(true);
      expect(new Set(folds.flatMap(({ test }) => [...test])).size).toBe(90);
      const changed = labWith();
      changed.addFrame(asked.dataset, withOtherLabels(table(120), 90));
      expect(changed.folds(asked)).toEqual(folds);
    }
  });

  test("several outputs per row keep their place", async () => {
    const executor = inProcessExecutor((_frame, _one, fold) => ({
      outputs: Float64Array.from({ length: fold.test.length * 2 }, (_, i) => fold.test[i >> 1]! + (i % 2) / 2),
      scores: {},
      fitMs: 0,
      predictMs: 0,
      notes: {},
    }));
    const { outOfFold } = await labWith({ executor }).run(experiment());
    expect([...outOfFold.outputs.slice(0, 4)]).toEqual([0, 0.5, 1, 1.5]);
  });

  test("folds without a finite score are left out of the mean, and survive the ledger", async () => {
    const store = memoryLedger();
    const first = await labWith({ store }).run(behaving("undefined"));
    const again = await labWith({ store }).run(behaving("undefined"));
    expect(first.folds[0]!.scores).toEqual({ rmse: Number.NaN, ratio: Number.POSITIVE_INFINITY });
    expect(first.scores.ratio).toBe(1);
    expect(again).toEqual(first);
  });

  test("training rows are cut when asked, judged rows stay", async () => {
    const lab = labWith();
    const all = await lab.run(experiment());
    const cut = await lab.run(experiment({ trainRows: 40 }));
    expect(cut.folds.map(({ trainRows }) => trainRows)).toEqual([40, 40, 40, 40]);
    expect(cut.outOfFold.rows).toEqual(all.outOfFold.rows);
  });

  test.each([0.99, 0.5])("a share, here %d, is of each fold's own rows, also where folds grow", async (trainShare) => {
    const lab = labWith();
    const split = { policy: "time", by: "t", folds: 4 } as const;
    const all = await lab.run(experiment({ split }));
    const cut = await lab.run(experiment({ split, trainShare }));
    const sizes = all.folds.map(({ trainRows }) => trainRows);
    expect(sizes.at(-1)).toBeGreaterThan(1.5 * sizes[0]!);
    expect(cut.folds.map(({ trainRows }) => trainRows)).toEqual(sizes.map((rows) => Math.floor(trainShare * rows)));
    expect(cut.outOfFold.rows).toEqual(all.outOfFold.rows);
  });

  test("a share leaves two rows", async () => {
    const { folds } = await labWith().run(experiment({ trainShare: 0.001 }));
    expect(folds.map(({ trainRows }) => trainRows)).toEqual([2, 2, 2, 2]);
  });
});

describe("ledger", () => {
  test("a store with half of the entries is gone on with, and ends the same", async () => {
    const whole = memoryLedger();
    const first = labWith({ store: whole });
    const outcomes = await Promise.all(SEEDS.map((seed) => first.run(experiment({ seed }))));
    expect(first.counts).toEqual({ computed: 4, reused: 0 });
    const half = memoryLedger();
    for (const line of [...whole.entries()].slice(0, 2)) half.append(line);
    for (const { id } of outcomes)
      for (const part of ["rows", "outputs"]) half.writeArray(`${id}.${part}`, whole.readArray(`${id}.${part}`)!);
    const second = labWith({ store: half });
    const again = await Promise.all(SEEDS.map((seed) => second.run(experiment({ seed }))));
    expect(second.counts).toEqual({ computed: 2, reused: 2 });
    expect(again.map(withoutTimes)).toEqual(outcomes.map(withoutTimes));
    expect([...half.entries()]).toHaveLength(4);
  });

  test("what another version of the program computed is computed anew, and left where it is", async () => {
    const old = memoryLedger();
    const lines: Json[] = [];
    const { id } = await labWith({ store: { ...old, append: (entry) => void lines.push(entry) } }).run(experiment());
    old.append({ ...(lines[0] as Record<string, Json>), version: "0.0.1" });
    const lab = labWith({ store: old });
    expect((await lab.run(experiment())).id).toBe(id);
    expect(lab.counts).toEqual({ computed: 1, reused: 0 });
    const again = labWith({ store: old });
    await again.run(experiment());
    expect(again.counts).toEqual({ computed: 0, reused: 1 });
    expect([...old.entries()]).toHaveLength(2);
  });

  test("what is reused equals what was computed, to the bit, through JSON text", async () => {
    const lines: string[] = [];
    const memory = memoryLedger();
    const store: LedgerStore = {
      ...memory,
      append: (entry) => {
        lines.push(JSON.stringify(entry));
      },
      entries: () => lines.map((line) => JSON.parse(line) as Json),
    };
    const computed = await labWith({ store }).run(experiment());
    const reused = await labWith({ store }).run(experiment());
    expect(reused).toEqual(computed);
    expect(JSON.parse(lines[0]!)).toMatchObject({ schema: "oldhand/ledger/3", id: computed.id, experiment: experiment() });
  });

  test("arrays are written before the line, so that a line implies its arrays", async () => {
    const written: string[] = [];
    const memory = memoryLedger();
    const store: LedgerStore = {
      ...memory,
      append: (entry) => {
        written.push("line");
        memory.append(entry);
      },
      writeArray: (name, values) => {
        written.push(name.split(".")[1] ?? "");
        memory.writeArray(name, values);
      },
    };
    await labWith({ store }).run(experiment());
    expect(written).toEqual(["rows", "outputs", "line"]);
  });

  test.each([
    ["of another schema", (line: Json) => ({ ...(line as object), schema: "oldhand/ledger/1" })],
    ["that is no entry", () => "half a li"],
  ])("a line %s is not reused", async (_name, change) => {
    const store = memoryLedger();
    await labWith({ store }).run(experiment());
    const changed: LedgerStore = { ...store, entries: () => [...store.entries()].map((line) => change(line) as Json) };
    const lab = labWith({ store: changed });
    await lab.run(experiment());
    expect(lab.counts).toEqual({ computed: 1, reused: 0 });
  });

  test("an entry whose arrays are gone is computed again", async () => {
    const store = memoryLedger();
    await labWith({ store }).run(experiment());
    const lab = labWith({ store: { ...store, readArray: () => null } });
    await lab.run(experiment());
    expect(lab.counts.computed).toBe(1);
  });

  test("an experiment asked twice at once is computed once", async () => {
    const runner = vi.fn(runFold);
    const lab = labWith({ executor: inProcessExecutor(runner) });
    const [a, b] = await Promise.all([lab.run(experiment()), lab.run(experiment())]);
    expect(b).toBe(a);
    expect(runner).toHaveBeenCalledTimes(4);
    expect(lab.counts).toEqual({ computed: 1, reused: 1 });
  });
});

describe("failure", () => {
  test("the runner's error reaches the caller, nothing is kept, and other experiments go on", async () => {
    const store = memoryLedger();
    const lab = labWith({ store });
    await expect(lab.run(behaving("throw"))).rejects.toThrow("told to throw in fold 0");
    await expect(lab.run(behaving("throw"))).rejects.toThrow("told to throw");
    expect([...store.entries()]).toEqual([]);
    expect((await lab.run(experiment())).folds).toHaveLength(4);
  });

  test("folds after the first failure are not run", async () => {
    const runner = vi.fn(runFold);
    const lab = labWith({ executor: inProcessExecutor(runner) });
    await expect(lab.run(behaving("throw"))).rejects.toThrow();
    await lab.run(experiment());
    expect(runner).toHaveBeenCalledTimes(1 + 4);
  });

  test("a version that nobody added is a defect that names it", async () => {
    await expect(labWith().run(experiment({ dataset: "v9" }))).rejects.toThrow(/v9/);
  });
});

describe("budget and cancellation", () => {
  test("an experiment that the budget does not hold throws BudgetEnded; what was kept is still given", async () => {
    const store = memoryLedger();
    await labWith({ store }).run(experiment());
    const lab = labWith({ store, budgetMs: 120 });
    expect(lab.left()).toBeLessThanOrEqual(120);
    await expect(lab.run(behaving("dawdle"))).rejects.toBeInstanceOf(BudgetEnded);
    expect(lab.left()).toBe(0);
    await expect(lab.run(experiment({ seed: 99 }))).rejects.toBeInstanceOf(BudgetEnded);
    expect((await lab.run(experiment())).folds).toHaveLength(4);
    expect([...store.entries()]).toHaveLength(1);
  });

  test("a later lab goes on with the folds of an experiment that the budget ended, and ends the same; afresh nothing is taken", async () => {
    const halfDone: HalfDone = new Map();
    const asked = experiment({ split: { policy: "random", folds: 4, repeats: 1 } });
    const stopped = inProcessExecutor((frame, one, fold, validation) => {
      if (fold.index === 2) throw new BudgetEnded(0);
      return runFold(frame, one, fold, validation);
    });
    await expect(labWith({ executor: stopped, halfDone }).run(asked)).rejects.toBeInstanceOf(BudgetEnded);
    const runner = vi.fn(runFold);
    const lab = labWith({ executor: inProcessExecutor(runner), halfDone });
    const outcome = await lab.run(asked);
    expect(runner).toHaveBeenCalledTimes(2);
    expect(withoutTimes(outcome)).toEqual(withoutTimes(await labWith().run(asked)));
    expect(halfDone.size).toBe(0);
    await lab.run(asked, { fresh: true });
    expect(runner).toHaveBeenCalledTimes(2 + 4);
  });

  test("without a budget there is no end", () => {
    expect(labWith().left()).toBe(Number.POSITIVE_INFINITY);
  });

  test("an aborted signal stops what runs and what is asked later", async () => {
    const stop = new AbortController();
    const runner = vi.fn(runFold);
    const lab = labWith({ signal: stop.signal, executor: inProcessExecutor(runner) });
    const running = lab.run(behaving("dawdle"));
    setTimeout(() => stop.abort(), 20);
    await expect(running).rejects.toBeInstanceOf(Cancelled);
    await expect(running).rejects.toMatchObject({ name: "AbortError", code: "ABORT_ERR" });
    expect(runner.mock.calls.length).toBeLessThan(4);
    await expect(lab.run(experiment())).rejects.toBeInstanceOf(Cancelled);
  });
});

test("folds are those that run uses, also under another order of columns", () => {
  const lab = labWith();
  const folds = lab.folds(experiment());
  const { columns, ...frame } = table(120);
  lab.addFrame("turned", { ...frame, columns: columns.toReversed() });
  expect(lab.folds({ ...experiment(), dataset: "turned" })).toEqual(folds);
});

test("progress counts folds and estimates what is left once something was measured", async () => {
  const seen: Progress[] = [];
  const lab = labWith({ onProgress: (progress) => seen.push(progress) });
  await Promise.all([lab.run(behaving("dawdle", { ms: 10 })), lab.run(experiment())]);
  expect(seen[0]).toEqual({ stage: "experiments", done: 0, planned: 4, note: "mean", unit: "trainings", leftMs: null });
  expect(seen.at(-1)).toMatchObject({ done: 8, planned: 8, leftMs: 0 });
  const first = seen.find(({ done }) => done === 1)!;
  expect(first.leftMs).toBeGreaterThan(7 * 9);
});
