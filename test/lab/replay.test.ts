import { expect, test } from "vitest";
import { inProcessExecutor, type LedgerEntry, memoryLedger, readEntry, replay } from "../../src/lab/index.ts";
import { behaving, experiment, labWith, runFold } from "./tables.ts";

async function entryOf(asked = experiment()): Promise<LedgerEntry> {
  const store = memoryLedger();
  await labWith({ store }).run(asked);
  const [entry] = [...store.entries()].map(readEntry);
  if (entry === undefined || entry === null) throw new Error("nothing was kept");
  return entry;
}

test("an entry runs again to the same scores and predictions, past the store and without a trace in it", async () => {
  const entry = await entryOf();
  const store = memoryLedger();
  const lab = labWith({ store });
  await lab.run(experiment());
  expect(await replay(lab, entry)).toMatchObject({ same: true, differences: [] });
  expect(lab.counts.computed).toBe(2);
  expect([...store.entries()]).toHaveLength(1);
});

test("scores that are not finite are the same when they are not finite again", async () => {
  const entry = await entryOf(behaving("undefined"));
  expect((await replay(labWith(), entry)).differences).toEqual([]);
});

test("a changed score, a changed prediction and a changed experiment are each told", async () => {
  const entry = await entryOf();
  const kept = entry.scores.rmse!;
  const changed = await replay(labWith(), { ...entry, scores: { ...entry.scores, rmse: kept + 1e-12 } });
  expect(changed.differences).toEqual([{ what: "rmse", kept: kept + 1e-12, now: kept }]);
  const executor = inProcessExecutor((frame, asked, fold, validation) => {
    const result = runFold(frame, asked, fold, validation);
    return { ...result, outputs: result.outputs.map((output, i) => (i === 0 && fold.index === 0 ? output + 1e-12 : output)) };
  });
  expect((await replay(labWith({ executor }), entry)).differences.map(({ what }) => what)).toEqual(["predictions"]);
  const other = await replay(labWith(), { ...entry, experiment: { ...entry.experiment, seed: 8 } });
  expect(other.same).toBe(false);
  expect(other.differences[0]).toMatchObject({ what: "id", kept: entry.id });
});
