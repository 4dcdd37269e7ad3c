import { type Column, type Frame, takeRows } from "../../core/column.ts";
import { createRandom } from "../../core/random.ts";
import { type Gate, judgedBy } from "./gate.ts";
import { drawRows, inputsOf } from "./sample.ts";
import { largestDifference } from "./valid-outputs.ts";

const MOST_ROWS = 300;
/** Answers are sums of the same numbers; only their order may differ. */
const TOLERANCE = 1e-9;

/**
 * Metamorphic relations: what must not matter does not (order of columns and rows, size of the batch, neighbours in it, other columns, numbering of
 * levels), and scoring changes nothing that it is given.
 */
export const invariance: Gate = {
  gate: "invariance",
  title: "An answer depends on its row alone",
  rubric: ["D7"],
  run: async ({ scorer, frame, seed }) => {
    const sample = inputsOf(scorer, frame, drawRows(frame.rows, MOST_ROWS, seed));
    const before = copyOf(sample);
    const expected = scorer.score(sample);
    const width = expected.length / Math.max(1, sample.rows);
    const answersOf = relations(sample, seed, (part) => scorer.score(part), width);
    const differences = Object.entries(answersOf).map(([relation, answer]) => ({
      relation,
      difference: largestDifference(expected, answer()),
    }));
    differences.push({ relation: "scoring twice", difference: largestDifference(expected, scorer.score(sample)) });
    const isUntouched = before.columns.every((column, place) => sameColumn(column, sample.columns[place]));
    const broken = differences.filter(({ difference }) => !(difference <= TOLERANCE)).map(({ relation }) => relation);
    if (!isUntouched) broken.push("scoring changes its input");
    const evidence = { rows: sample.rows, tolerance: TOLERANCE, relations: differences };
    if (broken.length > 0) return judgedBy(false, `Answers change with what must not matter: ${broken.join(", ")}.`, { evidence });
    return judgedBy(true, `The same answers on ${sample.rows} rows under ${differences.map(({ relation }) => relation).join(", ")}.`, {
      evidence,
    });
  },
};

function relations(frame: Frame, seed: number, score: (frame: Frame) => Float64Array, width: number): Record<string, () => Float64Array> {
  const random = createRandom(seed, "invariance");
  const order = random.shuffle(Int32Array.from({ length: frame.rows }, (_, row) => row));
  return {
    "columns moved by one place": () => score({ ...frame, columns: [...frame.columns.slice(1), ...frame.columns.slice(0, 1)] }),
    "columns in reverse": () => score({ ...frame, columns: [...frame.columns].reverse() }),
    "another order of rows": () => {
      const shuffled = score(takeRows(frame, order));
      const back = new Float64Array(shuffled.length);
      order.forEach((row, place) => {
        back.set(shuffled.subarray(place * width, (place + 1) * width), row * width);
      });
      return back;
    },
    "single rows": () => inBatches(frame, 1, score),
    "batches of 7": () => inBatches(frame, 7, score),
    "an added column": () =>
      score({ ...frame, columns: [...frame.columns, { name: "\u0000added", type: "number", values: new Float64Array(frame.rows) }] }),
    "another numbering of levels": () => score({ ...frame, columns: frame.columns.map(renumbered) }),
  };
}

function inBatches(frame: Frame, size: number, score: (frame: Frame) => Float64Array): Float64Array {
  const parts: number[] = [];
  for (let from = 0; from < frame.rows; from += size) {
    const rows = Int32Array.from({ length: Math.min(size, frame.rows - from) }, (_, place) => from + place);
    parts.push(...score(takeRows(frame, rows)));
  }
  return Float64Array.from(parts);
}

function renumbered(column: Column): Column {
  if ("values" in column) return column;
  const last = column.levels.length;
  return {
    ...column,
    levels: ["\u0000unused", ...[...column.levels].reverse()],
    codes: column.codes.map((code) => (code < 0 ? code : last - code)),
  };
}

function copyOf(frame: Frame): Frame {
  return {
    ...frame,
    columns: frame.columns.map((column) =>
      "values" in column
        ? { ...column, values: column.values.slice() }
        : { ...column, codes: column.codes.slice(), levels: [...column.levels] },
    ),
  };
}

function sameColumn(a: Column, b: Column | undefined): boolean {
  if (b === undefined) return false;
  if ("values" in a) return "values" in b && a.values.every((value, row) => Object.is(value, b.values[row]));
  return "codes" in b && a.codes.every((code, row) => code === b.codes[row]) && a.levels.every((level, code) => level === b.levels[code]);
}
