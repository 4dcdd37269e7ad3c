import { afterEach, describe, expect, test } from "vitest";
import { BudgetEnded, Cancelled, type Executor, inProcessExecutor, type Job, workerExecutor } from "../../src/lab/index.ts";
import { experiment, labWith, RUNNER_URL, runFold } from "./tables.ts";

const open: Executor[] = [];

function workers(threads = 1): Executor {
  const executor = workerExecutor({ runnerUrl: RUNNER_URL, threads });
  open.push(executor);
  return executor;
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((executor) => executor.close()));
});

const job = (name: string, input: unknown): Job => ({ name, dataset: "v1", input, where: `${name} of a test`, size: "120 rows" });
/** Takes days: a test with it only ends when it is stopped. */
const DAWDLE = job("dawdle", { ms: 1e9 });

async function tookOf(work: () => Promise<unknown>): Promise<{ readonly ms: number; readonly error: unknown }> {
  const began = performance.now();
  const error = await work().then(
    () => null,
    (reason: unknown) => reason,
  );
  return { ms: performance.now() - began, error };
}

describe("work beside folds", () => {
  test("is done by the runner with the frame, and is no experiment", async () => {
    const lab = labWith({ executor: workers() });
    expect(await lab.perform(job("sum", { column: "x", times: 2 }))).toBeCloseTo(
      2 * [...(lab.frame("v1").columns[0] as { values: Float64Array }).values].reduce((sum, value) => sum + value, 0),
    );
    expect(lab.counts).toEqual({ computed: 0, reused: 0 });
  });

  test("gives the same in this thread", async () => {
    const { jobs } = await import(RUNNER_URL.href);
    const input = job("sum", { column: "x", times: 3 });
    const here = await labWith({ executor: inProcessExecutor(runFold, jobs) }).perform(input);
    expect(await labWith({ executor: workers() }).perform(input)).toBe(here);
  });

  test("that the runner does not know fails by name, also by a name that every object has", async () => {
    const lab = labWith({ executor: workers() });
    for (const name of ["fly", "constructor"]) await expect(lab.perform(job(name, {}))).rejects.toThrow(`the runner has no job "${name}"`);
  });

  test("that kills its thread fails with its own words", async () => {
    await expect(labWith({ executor: workers() }).perform(job("exit", {}))).rejects.toThrow("died in exit of a test");
  });
});

describe("stopping long work in its middle", () => {
  test("by the user: at once, and the thread serves the next", async () => {
    const executor = workers();
    const stop = new AbortController();
    const lab = labWith({ executor, signal: stop.signal });
    await lab.run(experiment());
    setTimeout(() => stop.abort(), 200);
    const { ms, error } = await tookOf(() => lab.perform(DAWDLE));
    expect(error).toBeInstanceOf(Cancelled);
    expect(ms).toBeGreaterThan(150);
    expect((await labWith({ executor }).run(experiment())).folds).toHaveLength(4);
  });

  test("by the budget", async () => {
    const { ms, error } = await tookOf(() => labWith({ executor: workers(), budgetMs: 1000 }).perform(DAWDLE));
    expect(error).toBeInstanceOf(BudgetEnded);
    expect(ms).toBeGreaterThan(900);
  });

  test("by a limit of its own, after which the budget goes on", async () => {
    const lab = labWith({ executor: workers(), budgetMs: 60_000 });
    const { error } = await tookOf(() => lab.perform(DAWDLE, 500));
    expect(error).toBeInstanceOf(BudgetEnded);
    expect((await lab.run(experiment())).folds).toHaveLength(4);
  });

  test("a limit longer than any timer is none", async () => {
    expect(await labWith({ executor: workers() }).perform(job("sum", { column: "t", times: 1 }), 1e15)).toBeGreaterThan(0);
  });
});
