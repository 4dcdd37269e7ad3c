import { describe, expect, it, test } from "vitest";
import {
  compileScorer,
  fitBoosting,
  fitForest,
  loadEnsemble,
  predict,
  saveEnsemble,
  type TreeEnsemble,
} from "../../../src/engine/trees/index.ts";
import { predictBatch } from "../../../src/engine/trees/predict/batch.ts";
import { columnsOf } from "../../../src/engine/trees/predict/columns.ts";
import { uniformStream } from "../../../src/engine/trees/random.ts";
import { randomData, takeRows, trainingOf } from "./data.ts";

type Saved = Record<string, unknown> & { treeStart: number[]; left: number[]; right: number[]; feature: number[] };

const { matrix, score } = randomData(9, { rows: 200, numeric: 2, levels: [5, 40], missing: 0.1 });
const rows = takeRows(matrix, [0, 1, 2]);
const boosted = fitBoosting(trainingOf(matrix, score, { loss: "logistic" }), { numIterations: 4, numLeaves: 6, minDataPerGroup: 5 });
const forest = fitForest(trainingOf(matrix, score, { loss: "softmax", classes: 3 }), { numTrees: 3, numLeaves: 6 });
const savedOf = (ensemble: TreeEnsemble): Saved => JSON.parse(JSON.stringify(saveEnsemble(ensemble)));
const load = (saved: Saved) => loadEnsemble(saved as never);

/** Forty nodes, each of which has the next one as both children, or the leaf behind all as its right one. */
function ladder(right: (node: number) => number): Saved {
  const inner = Array.from({ length: 40 }, (_, node) => node);
  const saved = savedOf(boosted);
  const list = (of: (node: number) => number, ...leaves: number[]) => [...inner.map(of), ...leaves];
  const nodes = {
    feature: list(() => 0, -1, -1),
    left: list((node) => node + 1, 0, 0),
    right: list(right, 0, 0),
    subset: list(() => -1, -1, -1),
  };
  const zeros = list(() => 0, 0, 0);
  const numbers = { threshold: zeros, missingLeft: zeros, gain: zeros, cover: zeros };
  return { ...saved, ...nodes, ...numbers, treeStart: [0, 42], treeOutput: [0], leafValues: [1] };
}

describe("loadEnsemble refuses what would keep it or a prediction busy for ever", () => {
  it("a node with two parents", () => {
    expect(() => load(ladder((node) => Math.min(node + 2, 41)))).toThrow(/damaged: tree 0: node \d+ has two parents/);
    expect(() => load(ladder((node) => node + 1))).toThrow(/two parents/);
  });

  it("a node that no parent leads to", () => {
    const saved = savedOf(boosted);
    const leaf = saved.right[0]!;
    // The root's right side is cut off: a leaf in its place.
    const other = saved.feature.findIndex((feature, node) => feature < 0 && node > leaf);
    saved.right[0] = other;
    expect(() => load(saved)).toThrow(/damaged: tree 0/);
    const two = savedOf(boosted);
    two.feature[two.right[0]!] = -1;
    two.left[two.right[0]!] = 0;
    expect(() => load(two)).toThrow(/damaged: tree 0 has \d+ nodes without a parent/);
  });

  it("a tree that begins beyond all nodes, before any loop", () => {
    const saved = savedOf(boosted);
    saved.treeStart[1] = 2 ** 31 - 1;
    const before = process.cpuUsage();
    expect(() => load(saved)).toThrow(/damaged: tree 0 has no nodes/);
    expect(process.cpuUsage(before).user).toBeLessThan(1e6);
  });
});

/** The saved JSON with one number changed; picks go from 0 to 1. */
function altered(saved: Saved, uniform: () => number): Saved {
  const copy = structuredClone(saved);
  const places: { of: Record<string | number, unknown>; key: string | number; value: number }[] = [];
  const visit = (of: Record<string | number, unknown>) => {
    for (const key of Object.keys(of)) {
      const value = of[key];
      if (typeof value === "number") places.push({ of, key, value });
      else if (typeof value === "object" && value !== null) visit(value as Record<string, unknown>);
    }
  };
  // A list as likely as another, however long.
  const parts = Object.values(copy).filter((part) => Array.isArray(part) && part.length > 0);
  visit(uniform() < 0.1 ? copy : (parts[Math.floor(uniform() * parts.length)] as Record<string, unknown>));
  const { of, key, value } = places[Math.floor(uniform() * places.length)]!;
  const others = [
    value + 1,
    value - 1,
    value * 2,
    -value - 1,
    0,
    1,
    31,
    32,
    2 ** 31 - 1,
    -(2 ** 31),
    2 ** 32 - 1,
    0.5,
    1e308,
    "NaN",
    "Infinity",
    null,
  ];
  of[key] = others[Math.floor(uniform() * others.length)];
  return copy;
}

function predictInEveryWay(ensemble: TreeEnsemble): void {
  expect(predict(ensemble, rows)).toHaveLength(3 * ensemble.outputs);
  predictBatch(ensemble, columnsOf(ensemble, rows), 3, new Float64Array(3 * ensemble.outputs));
  compileScorer(ensemble)(new Float64Array(ensemble.features.length));
}

test.each([
  ["boosting", boosted],
  ["a forest of three classes", forest],
])("%s: one number of the saved JSON altered is refused with a code, or predicts in time", (_, ensemble) => {
  const saved = savedOf(ensemble);
  const uniform = uniformStream(20261127, 5);
  const codes: Record<string, number> = {};
  let slowest = 0;
  for (let turn = 0; turn < 200; turn++) {
    const changed = altered(saved, uniform);
    const before = process.cpuUsage();
    let code = "none";
    try {
      predictInEveryWay(load(changed));
    } catch (error) {
      code = String((error as { code?: unknown }).code);
    }
    codes[code] = (codes[code] ?? 0) + 1;
    slowest = Math.max(slowest, process.cpuUsage(before).user);
  }
  expect(Object.keys(codes).sort()).toEqual(["bad-model", "none"]);
  expect(slowest).toBeLessThan(500_000);
});
