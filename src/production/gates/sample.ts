import { type Frame, takeRows } from "../../core/column.ts";
import { createRandom } from "../../core/random.ts";
import type { Scorer } from "../../core/scorer.ts";

/** Row numbers of at most `most` rows, drawn by the seed, ascending. */
export function drawRows(rows: number, most: number, seed: number): Int32Array {
  const all = Int32Array.from({ length: rows }, (_, row) => row);
  return rows <= most ? all : createRandom(seed, "gate rows").shuffle(all).slice(0, most).sort();
}

/** The columns that the model reads, of some rows. */
export function inputsOf(scorer: Scorer, frame: Frame, rows: Int32Array): Frame {
  const wanted = new Set(scorer.inputs.map(({ name }) => name));
  return takeRows({ ...frame, columns: frame.columns.filter(({ name }) => wanted.has(name)) }, rows);
}
