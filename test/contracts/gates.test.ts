import { describe, expect, test } from "vitest";
import { type Column, type Frame, takeRows } from "../../src/core/column.ts";
import { contentHash } from "../../src/core/json.ts";
import type { Judged } from "../../src/core/metric.ts";
import { createRandom } from "../../src/core/random.ts";
import { outputsOf } from "../../src/core/task.ts";
import { GATES, type GateContext } from "../../src/production/index.ts";
import { BINARY, contextOf, MULTICLASS, REGRESSION, type World, world } from "../production/world.ts";

const STATES = ["passed", "failed", "undecided", "not-run", "skipped"];
const WORLDS = new Map([BINARY, MULTICLASS, REGRESSION].map((task) => [task.kind, world(task, 300, 5)]));

function firstRows(made: World, rows: number): GateContext {
  const { task, truth, outputs } = made.honest;
  const frame = takeRows(
    made.frame,
    Int32Array.from({ length: rows }, (_, row) => row),
  );
  const judged = { task, truth: truth.slice(0, rows), outputs: outputs.slice(0, rows * outputsOf(task)), weight: null };
  return contextOf(made, {
    frame,
    judged,
    parity: async () => ({ native: made.scorer.score(frame), other: made.scorer.score(frame), rows }),
  });
}

function judgedAs(made: World, change: Partial<Judged>): GateContext {
  return contextOf(made, { judged: { ...made.honest, ...change } });
}

function weights(rows: number): Float64Array {
  const random = createRandom(4, "weights");
  return Float64Array.from({ length: rows }, () => (random.next() < 0.1 ? 0 : 5 * random.next()));
}

function withoutValues(frame: Frame): Frame {
  const emptied = (one: Column): Column =>
    "values" in one ? { ...one, values: one.values.map(() => Number.NaN) } : { ...one, codes: one.codes.map(() => -1) };
  return { ...frame, columns: frame.columns.map(emptied) };
}

/** Contexts that a journey may give on odd data. */
const CONTEXTS: readonly (readonly [string, (made: World) => GateContext])[] = [
  ["plain rows", (made) => contextOf(made)],
  ["three rows", (made) => firstRows(made, 3)],
  ["one row", (made) => firstRows(made, 1)],
  ["one class, or one value", (made) => judgedAs(made, { truth: made.truth.map(() => 1) })],
  ["weighted rows, some of weight 0", (made) => judgedAs(made, { weight: weights(made.frame.rows) })],
  ["nothing but missing cells", (made) => contextOf(made, { frame: withoutValues(made.frame) })],
  ["rows in groups", (made) => contextOf(made, { groups: Int32Array.from({ length: made.frame.rows }, (_, row) => row % 7) })],
  ["nothing measured beside it", (made) => contextOf(made, { latency: null, spoilt: async () => null })],
];

/** Everything that a gate could change: numbers, and the data behind the functions. */
function fingerprint({ frame, judged, comparison, findings, experiments, groups }: GateContext): string {
  const numbers = (of: ArrayLike<number> | null) => (of === null ? null : Array.from(of, String));
  const columns = frame.columns.map((one) => ("values" in one ? numbers(one.values) : [numbers(one.codes), one.levels]));
  const said = [numbers(judged.truth), numbers(judged.outputs), numbers(judged.weight), numbers(groups)];
  return contentHash(JSON.parse(JSON.stringify({ columns, said, comparison, findings, experiments })));
}

test("every gate has an id of its own and a title", () => {
  expect(new Set(GATES.map(({ gate }) => gate)).size).toBe(GATES.length);
  for (const { gate, title } of GATES) {
    expect(gate).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(title.length).toBeGreaterThan(10);
  }
});

describe.each(GATES)("$gate", (gate) => {
  test.each(CONTEXTS)(
    "%s: one of five states with a reason, twice the same, and nothing is changed",
    async (_name, contextFor) => {
      for (const made of WORLDS.values()) {
        const context = contextFor(made);
        const before = fingerprint(context);
        const first = await gate.run(context);
        expect(STATES).toContain(first.status);
        expect(first.why).toMatch(/\S.*[.!]$/s);
        expect(first.why).not.toMatch(/undefined|NaN|\[object/);
        const again = await gate.run(context);
        // Without a measured latency this gate times the model itself: the clock is no part of the context.
        if (gate.gate === "latency" && context.latency === null) expect(again.status).toBe(first.status);
        else expect(again).toEqual(first);
        expect(fingerprint(context)).toBe(before);
      }
    },
    60_000,
  );
});
