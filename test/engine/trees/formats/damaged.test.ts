import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ForeignModel, predictRaw, readLightGbm, readXgboost } from "../../../../src/engine/trees/index.ts";
import { recordedBytes, testMatrix } from "./recorded.ts";

const RUNS = { numRuns: 150 };

/** One change of a file: cut off, some bytes changed, a part left out, a part twice, or a number in its place. */
const damage = fc.oneof(
  fc.record({ kind: fc.constant("cut" as const), at: fc.nat() }),
  fc.record({ kind: fc.constant("bytes" as const), at: fc.array(fc.nat(), { minLength: 1, maxLength: 5 }), byte: fc.nat(255) }),
  fc.record({ kind: fc.constant("leave out" as const), at: fc.nat(), length: fc.integer({ min: 1, max: 60 }) }),
  fc.record({ kind: fc.constant("twice" as const), at: fc.nat(), length: fc.integer({ min: 1, max: 400 }) }),
  fc.record({
    kind: fc.constant("number" as const),
    at: fc.nat(),
    text: fc.constantFrom("-1", "0", "4294967295", "1e308", "1e999", "NaN", "", "7.5"),
  }),
);
type Damage = typeof damage extends fc.Arbitrary<infer T> ? T : never;

function damaged(bytes: Uint8Array, change: Damage): Uint8Array {
  const at = (place: number) => place % bytes.length;
  switch (change.kind) {
    case "cut":
      return bytes.slice(0, at(change.at));
    case "bytes": {
      const copy = bytes.slice();
      for (const place of change.at) copy[at(place)] = change.byte;
      return copy;
    }
    case "leave out":
      return Buffer.concat([bytes.subarray(0, at(change.at)), bytes.subarray(at(change.at) + change.length)]);
    case "twice":
      return Buffer.concat([bytes.subarray(0, at(change.at) + change.length), bytes.subarray(at(change.at))]);
    case "number": {
      const text = Buffer.from(bytes).toString("latin1");
      const numbers = [...text.matchAll(/-?\d+(\.\d+)?(e[-+]?\d+)?/gi)];
      const found = numbers[change.at % numbers.length]!;
      return Buffer.from(text.slice(0, found.index) + change.text + text.slice(found.index + found[0].length), "latin1");
    }
    default:
      return change satisfies never;
  }
}

/** Reads, or refuses with RangeError; what is read can be predicted with. */
function survives(read: () => ForeignModel): "read" | "refused" {
  let model: ForeignModel;
  try {
    model = read();
  } catch (error) {
    expect(error).toBeInstanceOf(RangeError);
    expect((error as Error).message).toMatch(/\S{3}/);
    return "refused";
  }
  const matrix = testMatrix(model);
  const names = new Set(model.ensemble.features.map(({ name }) => name));
  if (names.size === matrix.features.length) expect(predictRaw(model.ensemble, matrix).length).toBe(matrix.rows * model.ensemble.outputs);
  return "read";
}

const FILES: readonly [string, (bytes: Uint8Array) => ForeignModel][] = [
  ["lightgbm/pandas.txt", (bytes) => readLightGbm(Buffer.from(bytes).toString("utf8"))],
  ["lightgbm/multiclass.txt", (bytes) => readLightGbm(Buffer.from(bytes).toString("utf8"))],
  ["xgboost-1.7/dart.json", (bytes) => readXgboost(Buffer.from(bytes).toString("utf8"))],
  ["xgboost-3.2/pandas.json", (bytes) => readXgboost(bytes)],
  ["xgboost-3.2/vector-leaves.ubj", (bytes) => readXgboost(bytes)],
  ["xgboost-3.2/logistic.ubj", (bytes) => readXgboost(bytes)],
];

describe("a damaged file is read or refused, and never hangs", () => {
  test.each(FILES)("%s", (file, read) => {
    const bytes = recordedBytes(file);
    const seen = new Set<string>();
    fc.assert(
      fc.property(damage, (change) => {
        seen.add(survives(() => read(damaged(bytes, change))));
      }),
      RUNS,
    );
    expect([...seen].sort()).toEqual(["read", "refused"]);
  });

  test("bytes and texts of no kind", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void survives(() => readXgboost(bytes))),
      RUNS,
    );
    fc.assert(
      fc.property(fc.json(), (text) => void survives(() => readXgboost(text))),
      RUNS,
    );
    fc.assert(
      fc.property(fc.string(), (text) => void survives(() => readLightGbm(`tree\n${text}`))),
      RUNS,
    );
  });
});
