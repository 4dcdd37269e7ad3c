import { type Column, type Frame, takeRows } from "../core/column.ts";
import { createRandom } from "../core/random.ts";

export interface BatchSample {
  /** At most `most` rows, in the order in which they came. */
  readonly frame: Frame | null;
  /** Rows of all batches. */
  readonly rows: number;
}

interface Piece {
  readonly frame: Frame;
  readonly keys: Float64Array;
}

/**
 * A uniform sample without replacement of all batches: each row draws a key by the seed, and those with the `most` least keys stay. Holds at most
 * 2 x `most` rows and one batch. The sample does not depend on how the rows are cut into batches. frame null: there was no row.
 */
export async function sampleBatches(batches: AsyncIterable<Frame>, most: number, seed: number): Promise<BatchSample> {
  const random = createRandom(seed, "sampled rows");
  let pieces: Piece[] = [];
  let [rows, kept, limit] = [0, 0, Number.POSITIVE_INFINITY];
  const narrow = () => {
    const keys = Float64Array.from(pieces.flatMap((piece) => [...piece.keys])).sort();
    limit = Math.min(limit, keys[most - 1] ?? Number.POSITIVE_INFINITY);
    pieces = pieces.map((piece) => below(piece, limit)).filter(({ keys: own }) => own.length > 0);
    kept = pieces.reduce((sum, piece) => sum + piece.keys.length, 0);
  };
  for await (const frame of batches) {
    rows += frame.rows;
    const piece = below({ frame, keys: Float64Array.from({ length: frame.rows }, () => random.next()) }, limit);
    if (piece.keys.length === 0) continue;
    pieces.push(piece);
    kept += piece.keys.length;
    if (kept > 2 * most) narrow();
  }
  if (kept > most) narrow();
  return { frame: pieces.length === 0 ? null : joined(pieces.map(({ frame }) => frame)), rows };
}

function below({ frame, keys }: Piece, limit: number): Piece {
  if (limit === Number.POSITIVE_INFINITY) return { frame, keys };
  const places = Int32Array.from(keys, (_, place) => place).filter((place) => (keys[place] ?? 1) <= limit);
  return { frame: takeRows(frame, places), keys: Float64Array.from(places, (place) => keys[place] ?? 1) };
}

/** The frames one behind the other; levels by their text. */
function joined(frames: readonly Frame[]): Frame {
  const [first] = frames;
  if (first === undefined) throw new RangeError("no frames");
  return {
    rows: frames.reduce((sum, { rows }) => sum + rows, 0),
    columns: first.columns.map((_, place) => joinedColumn(frames.flatMap(({ columns }) => columns[place] ?? []))),
    rowNumbers: null,
  };
}

function joinedColumn(parts: readonly Column[]): Column {
  const [first] = parts;
  if (first === undefined) throw new RangeError("no columns");
  if ("values" in first) {
    const values = new Float64Array(parts.reduce((sum, part) => sum + ("values" in part ? part.values.length : 0), 0));
    let start = 0;
    for (const part of parts) {
      if (!("values" in part)) continue;
      values.set(part.values, start);
      start += part.values.length;
    }
    return { ...first, values };
  }
  const codeOf = new Map<string, number>();
  const codes = parts.flatMap((part) => {
    if (!("codes" in part)) return [];
    return Array.from(part.codes, (code) => {
      const level = part.levels[code];
      if (level === undefined) return -1;
      if (!codeOf.has(level)) codeOf.set(level, codeOf.size);
      return codeOf.get(level) ?? -1;
    });
  });
  return { ...first, codes: Int32Array.from(codes), levels: [...codeOf.keys()] };
}
