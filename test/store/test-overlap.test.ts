import { expect, test } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import { concatDatasets, duckdbEngine, loadFrame } from "../../src/store/index.ts";
import { frameOverlap } from "../data/frame-overlap.ts";
import { LIMITS, openText, optionsIn, temporaryFolder, write } from "./temporary.ts";

const folder = temporaryFolder();

/** `wide` further columns put the last ones into another file of the version. */
function tableOf(seed: number, rows: number, wide: number): string {
  const random = createRandom(seed, "overlap");
  const more = Array.from({ length: wide }, (_, place) => `w${place}`);
  const lines = Array.from({ length: rows }, (_, row) => {
    const when = `2020-01-0${1 + random.integer(3)}`;
    const amount = ["", 1.5, 2, -3][random.integer(4)];
    return [row % 11, when, ...more.map(() => 1), ["it's", "B", ""][random.integer(3)], amount].join(",");
  });
  return [["turn", "seen", ...more, "town", "amount"].join(","), ...lines].join("\n");
}

test.each([0, 260])("test rows are compared with all training rows as a loop over the loaded table does; %i columns more", async (wide) => {
  const training = await openText(folder, `train-${wide}.csv`, tableOf(1, 400, wide));
  const both = await concatDatasets(training, write(folder, `test-${wide}.csv`, tableOf(2, 400, wide)), optionsIn(folder));
  const engine = duckdbEngine(training, optionsIn(folder));
  const counted = frameOverlap(await loadFrame(both, { ...optionsIn(folder), ...LIMITS }), training.rows);
  const asked: [string[], string[]][] = [
    [both.columns.map(({ name }) => name), []],
    [["seen", "town", "amount"], []],
    [
      ["town", "amount"],
      ["town", "amount"],
    ],
    [["turn"], ["turn"]],
  ];
  for (const [columns, present] of asked) {
    const found = await engine.testOverlap(both, columns, present);
    expect(found, columns.join()).toEqual(await counted(columns, present));
    expect(found.testRows).toBeGreaterThan(0);
  }
  expect(await engine.testOverlap(both, ["turn"], ["turn"])).toMatchObject({ testRows: 400, trainingRows: 400, groups: 11, inPlace: 400 });
  expect(await engine.testOverlap(both, [], [])).toMatchObject({ testRows: 0, groups: 0 });
});

test("parts without a row in common", async () => {
  const training = await openText(folder, "apart.csv", "a,b\n1,x\n2,y\n2,y\n");
  const both = await concatDatasets(training, write(folder, "apart-test.csv", "a,b\n1,y\n3,x\n3,x\n"), optionsIn(folder));
  const engine = duckdbEngine(training, optionsIn(folder));
  expect(await engine.testOverlap(both, ["a", "b"], [])).toEqual({ testRows: 0, trainingRows: 0, groups: 0, inPlace: 0, sample: [] });
});
