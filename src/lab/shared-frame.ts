import type { Column, Frame } from "../core/column.ts";

/** The same frame with its arrays on shared memory, which worker threads read without a copy. Arrays that are there already are kept. */
export function toSharedFrame(frame: Frame): Frame {
  const { rowNumbers } = frame;
  return { rows: frame.rows, columns: frame.columns.map(sharedColumn), rowNumbers: rowNumbers === null ? null : sharedInts(rowNumbers) };
}

function sharedColumn(column: Column): Column {
  return "values" in column ? { ...column, values: sharedFloats(column.values) } : { ...column, codes: sharedInts(column.codes) };
}

function sharedFloats(values: Float64Array): Float64Array {
  if (values.buffer instanceof SharedArrayBuffer) return values;
  const shared = new Float64Array(new SharedArrayBuffer(values.byteLength));
  shared.set(values);
  return shared;
}

function sharedInts(values: Int32Array): Int32Array {
  if (values.buffer instanceof SharedArrayBuffer) return values;
  const shared = new Int32Array(new SharedArrayBuffer(values.byteLength));
  shared.set(values);
  return shared;
}
