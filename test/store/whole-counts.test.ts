import { renameSync } from "node:fs";
import { expect, test } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import type { ComparedLabels, EqualGroups, LabelConflicts } from "../../src/core/whole-counts.ts";
import { duckdbEngine, loadFrame } from "../../src/store/index.ts";
import { partPath } from "../../src/store/version.ts";
import { frameCounts } from "../data/frame-counts.ts";
import { LIMITS, openText, optionsIn, temporaryFolder } from "./temporary.ts";

const folder = temporaryFolder();

/** `wide` further columns put the last ones into another file of the version. */
function tableOf(seed: number, wide: number): string {
  const random = createRandom(seed, "whole counts");
  const pick = <T>(of: readonly T[]): T => of[random.integer(of.length)] as T;
  const more = Array.from({ length: wide }, (_, place) => `w${place}`);
  const rows = Array.from({ length: 600 }, () => {
    const age = pick([-999, 0, 31.5, 40, ""]);
    const seen = pick(["2020-02-01", "1900-01-01", ""]);
    const town = pick(["it's", "B", "n/a", ""]);
    const cells = [age, seen, ...more.map(() => 1), town, pick(["yes", "no", "YES", "?"]), pick([0, 1, 2.25, ""])];
    return cells.join(",");
  });
  return [["age", "seen", ...more, "town", "label", "amount"].join(","), ...rows].join("\n");
}

/** Kinds of groups put together, in a fixed order. */
function merged({ groups, total }: LabelConflicts): { groups: EqualGroups[]; total: number } {
  const kinds = new Map<string, EqualGroups>();
  for (const one of groups) {
    const key = JSON.stringify([one.size, one.positives, one.differ]);
    const known = kinds.get(key) ?? { ...one, groups: 0, right: 0, within: 0 };
    const sum = { groups: known.groups + one.groups, right: known.right + one.right, within: known.within + one.within };
    kinds.set(key, { ...known, ...sum });
  }
  const order = [...kinds].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
  return { groups: order.map((one) => ({ ...one, within: Number(one.within.toFixed(6)) })), total: Number(total.toFixed(6)) };
}

const CLASSES: ComparedLabels = {
  kind: "classes",
  column: "label",
  classOf: [
    { value: "no", index: 0 },
    { value: "yes", index: 1 },
    { value: "YES", index: 1 },
  ],
};

test.each([0, 260])("counts as a loop over the loaded table does; %i columns more", async (wide) => {
  const dataset = await openText(folder, `counts-${wide}.csv`, tableOf(wide + 1, wide));
  const engine = duckdbEngine(dataset, optionsIn(folder));
  const counts = frameCounts(await loadFrame(dataset, { ...optionsIn(folder), ...LIMITS }));
  expect(dataset.columns.map(({ type }) => type)).toEqual(expect.arrayContaining(["number", "date", "category"]));
  const age = { column: "age", values: [-999, 31.5] };
  const lists = [
    [age],
    [age, { column: "town", values: ["it's", "B"] }, { column: "seen", values: [Date.UTC(1900, 0, 1)] }],
    [{ column: "town", values: [] }],
    [],
  ];
  const held = await engine.rowsHolding(lists);
  expect(held).toEqual(await counts.rowsHolding(lists));
  expect(held[1]!.any).toBeGreaterThan(Math.max(...held[1]!.each));
  const bounds = [
    { column: "age", low: 0, high: 35 },
    { column: "amount", low: null, high: 1 },
    { column: "age", low: null, high: null },
  ];
  for (const most of [1, 9]) expect(await engine.beyond(bounds, most)).toEqual(await counts.beyond(bounds, most));
  expect((await engine.beyond(bounds, 9))[0]!.values.map(({ value }) => value)).toEqual([-999, 40]);
  expect(await engine.ranges(["amount", "age"])).toEqual(await counts.ranges(["amount", "age"]));
  for (const most of [1, 700])
    expect(await engine.extremes(["amount", "age"], most)).toEqual(await counts.extremes(["amount", "age"], most));
  const features = ["age", "seen", "town"];
  for (const labels of [
    CLASSES,
    {
      kind: "classes",
      column: "amount",
      classOf: [
        { value: "0", index: 0 },
        { value: "2.25", index: 1 },
      ],
    },
    { ...CLASSES, classOf: [...CLASSES.classOf, { value: "?", index: 2 }] },
    { kind: "numbers", column: "amount", without: [2.25] },
    { kind: "numbers", column: "amount", without: [] },
  ] satisfies ComparedLabels[])
    expect(merged(await engine.labelConflicts(features, labels)), JSON.stringify(labels)).toEqual(
      merged(await counts.labelConflicts(features, labels)),
    );
  const none = await engine.labelConflicts([], CLASSES);
  expect(none.groups).toMatchObject([{ differ: true, groups: 1 }]);
});

test.each([0, 260])(
  "rows that are equal in few columns are looked for once, and whatever is asked of them then is the same; %i columns more",
  async (wide) => {
    const dataset = await openText(folder, `unlike-${wide}.csv`, tableOf(wide + 3, wide));
    const features = ["age", "seen", "town"];
    const [plain, engine] = [duckdbEngine(dataset, optionsIn(folder)), duckdbEngine(dataset, optionsIn(folder))];
    for (const ignoring of [[], ["amount"], ["age"]])
      expect(await engine.duplicateGroups(ignoring, features)).toEqual(await plain.duplicateGroups(ignoring));
    // Few rows are alone in the features; beside two values more many are.
    for (const columns of [features, [...features, "amount", "label"]]) {
      await engine.duplicateGroups([], columns);
      for (const labels of [CLASSES, { kind: "numbers", column: "amount", without: [2.25] }] satisfies ComparedLabels[]) {
        const counted = merged(await engine.labelConflicts(columns, labels));
        expect(counted, labels.column).toEqual(merged(await plain.labelConflicts(columns, labels)));
        expect(counted.groups.length).toBeGreaterThan(columns.length > 3 ? 1 : 2);
      }
    }
  },
);

test("what could not be compared once is compared when it is asked again", async () => {
  const dataset = await openText(folder, "again.csv", tableOf(9, 0));
  const options = optionsIn(folder);
  const engine = duckdbEngine(dataset, options);
  const path = partPath(options.dataFolder, dataset.version, 0);
  renameSync(path, `${path}.away`);
  await expect(engine.duplicateGroups([], ["age", "town"])).rejects.toThrow();
  renameSync(`${path}.away`, path);
  expect(await engine.duplicateGroups([], ["age", "town"])).toEqual(await duckdbEngine(dataset, options).duplicateGroups([]));
});
