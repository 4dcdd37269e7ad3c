import { afterEach, describe, expect, test } from "vitest";
import { OldhandError } from "../../src/core/error.ts";
import type { Outcome } from "../../src/core/experiment.ts";
import { contentHash } from "../../src/core/json.ts";
import { BudgetEnded, Cancelled, type Executor, toSharedFrame, type WorkerExecutorOptions, workerExecutor } from "../../src/lab/index.ts";
import { behaving, experiment, labWith, POLICIES, RUNNER_URL, table } from "./tables.ts";

const open: Executor[] = [];

function workers(options: Partial<WorkerExecutorOptions> = {}): Executor {
  const executor = workerExecutor({ runnerUrl: RUNNER_URL, threads: 2, ...options });
  open.push(executor);
  return executor;
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((executor) => executor.close()));
});

const EXPERIMENTS = POLICIES.flatMap((split) => [experiment({ split }), experiment({ split, trainRows: 30 })]);

async function outcomes(executor: Executor | undefined): Promise<unknown[]> {
  const lab = labWith(executor === undefined ? {} : { executor });
  const all = await Promise.all(EXPERIMENTS.map((one) => lab.run(one)));
  return all.map(withoutTimes);
}

function withoutTimes({ folds, ...outcome }: Outcome) {
  return { ...outcome, folds: folds.map(({ fitMs: _fit, predictMs: _predict, ...fold }) => fold) };
}

test("outcomes are equal to the bit in this thread, in one worker and in two", async () => {
  const here = await outcomes(undefined);
  expect(await outcomes(workers({ threads: 1 }))).toEqual(here);
  expect(await outcomes(workers({ threads: 2 }))).toEqual(here);
});

test("many folds at once give no warning", async () => {
  const warnings: string[] = [];
  const listen = (warning: Error) => warnings.push(warning.message);
  process.on("warning", listen);
  const lab = labWith({ executor: workers(), budgetMs: 60_000, signal: new AbortController().signal });
  const split = { policy: "random", folds: 5, repeats: 5 } as const;
  await Promise.all(Array.from({ length: 15 }, (_, seed) => lab.run(experiment({ seed, split }))));
  process.off("warning", listen);
  expect(warnings).toEqual([]);
});

describe("threads of a closed executor", () => {
  async function threadsMade(work: () => Promise<unknown>): Promise<number> {
    let made = 0;
    const count = () => made++;
    process.on("worker", count);
    await work();
    process.off("worker", count);
    return made;
  }

  async function runAndClose(seed: number, options: Partial<WorkerExecutorOptions> = {}): Promise<unknown> {
    const executor = workers({ threads: 1, ...options });
    const outcome = await labWith({ executor }).run(experiment({ seed }));
    await executor.close();
    return withoutTimes(outcome);
  }

  test("do the jobs of the next, and answer as new ones do", async () => {
    await runAndClose(1);
    let again: unknown;
    expect(await threadsMade(async () => (again = await runAndClose(2)))).toBe(0);
    expect(again).toEqual(withoutTimes(await labWith({}).run(experiment({ seed: 2 }))));
  });

  test("are not shared when they have limits of their own", async () => {
    await runAndClose(1);
    expect(await threadsMade(() => runAndClose(1, { resourceLimits: { maxOldGenerationSizeMb: 200 } }))).toBe(1);
  });

  test("end when they had a job", async () => {
    const executor = workers({ threads: 1 });
    const running = labWith({ executor }).run(behaving("dawdle", { ms: 20_000 }));
    setTimeout(() => void executor.close(), 100);
    await expect(running).rejects.toBeInstanceOf(Cancelled);
    const next = await runAndClose(1);
    expect(next).toEqual(withoutTimes(await labWith({}).run(experiment({ seed: 1 }))));
  });
});

describe("errors", () => {
  test("what a runner throws comes back with its name, message and place", async () => {
    const failing = labWith({ executor: workers() }).run(behaving("throw"));
    await expect(failing).rejects.toMatchObject({ name: "TypeError", message: expect.stringContaining("told to throw in fold") });
    await expect(failing).rejects.toMatchObject({ stack: expect.stringContaining("mean-runner.js") });
  });

  test("a user's error stays one", async () => {
    const failing = labWith({ executor: workers({ threads: 1 }) }).run(behaving("user-error"));
    await expect(failing).rejects.toBeInstanceOf(OldhandError);
    await expect(failing).rejects.toMatchObject({ code: "target-constant", parts: { what: "told to", where: "fold 0" } });
  });

  test("a thread that dies fails its experiment, by name, and is replaced", async () => {
    const lab = labWith({ executor: workers({ threads: 1 }) });
    await expect(lab.run(behaving("exit"))).rejects.toThrow(
      new RegExp(`died in experiment ${contentHash(behaving("exit"))} \\(mean\\), fold 0`),
    );
    expect((await lab.run(experiment())).folds).toHaveLength(4);
  });

  test("a thread out of memory is a user's error that names the experiment", async () => {
    const lab = labWith({ executor: workers({ threads: 1, resourceLimits: { maxOldGenerationSizeMb: 24 } }) });
    const failing = lab.run(behaving("memory"));
    await expect(failing).rejects.toMatchObject({ code: "out-of-memory" });
    await expect(failing).rejects.toThrow(contentHash(behaving("memory")));
    expect((await lab.run(experiment())).folds).toHaveLength(4);
  });

  test("a runner that cannot be imported fails every experiment with the reason", async () => {
    const lab = labWith({ executor: workers({ runnerUrl: new URL("./fixtures/none.js", import.meta.url) }) });
    await expect(lab.run(experiment())).rejects.toThrow(/none\.js/);
    await expect(lab.run(experiment())).rejects.toThrow(/none\.js/);
  });
});

describe("stopping", () => {
  test("folds that run are abandoned when the budget ends", async () => {
    const lab = labWith({ executor: workers(), budgetMs: 400 });
    // They would run for days: the test only ends when they are abandoned.
    await expect(lab.run(behaving("dawdle", { ms: 1e9 }))).rejects.toBeInstanceOf(BudgetEnded);
  });

  test("an abort reaches what runs and what waits; the executor serves the next lab", async () => {
    const executor = workers({ threads: 1 });
    const stop = new AbortController();
    const lab = labWith({ executor, signal: stop.signal });
    const running = [lab.run(behaving("dawdle", { ms: 20_000 })), lab.run(experiment())];
    setTimeout(() => stop.abort(), 100);
    for (const { status, ...settled } of await Promise.allSettled(running)) {
      expect(status).toBe("rejected");
      expect("reason" in settled && settled.reason).toBeInstanceOf(Cancelled);
    }
    expect((await labWith({ executor }).run(experiment())).folds).toHaveLength(4);
  });

  test("closing rejects what is open", async () => {
    const executor = workers();
    const running = labWith({ executor }).run(behaving("dawdle", { ms: 20_000 }));
    setTimeout(() => void executor.close(), 100);
    await expect(running).rejects.toBeInstanceOf(Cancelled);
    await expect(labWith({ executor }).run(experiment())).rejects.toBeInstanceOf(Cancelled);
  });
});

test("a frame is put on shared memory once, with equal values", () => {
  const frame = table(50);
  const shared = toSharedFrame(frame);
  expect(shared).toEqual(frame);
  for (const column of shared.columns) expect(("values" in column ? column.values : column.codes).buffer).toBeInstanceOf(SharedArrayBuffer);
  toSharedFrame(shared).columns.forEach((column, i) => {
    const before = shared.columns[i]!;
    expect("values" in column ? column.values : column.codes).toBe("values" in before ? before.values : before.codes);
  });
});
