import { openKernel, roomsIn, strideOf } from "./kernel.ts";

/**
 * Squares: of the differences, summed; equal points are endlessly far. Products: the columns come in pairs, where a value begins and where it ends; the length that the values
 * of two points span, at least `least` and at most 1, in units of `least`, multiplied.
 */
export type Measure = { readonly kind: "squares" } | { readonly kind: "products"; readonly least: number };

/** Points that are to be compared with each other. */
export interface ComparedPoints {
  /** Their numbers, column by column, `stride` from one to the next. */
  readonly values: Float64Array;
  readonly stride: number;
  /** Their places among all points. */
  readonly places: Int32Array;
}

/** Compares parts of all points, one after the other. */
export interface Comparer {
  /** How far the neighbours are that each point keeps, ascending, side by side; Infinity where none was met. */
  readonly apart: Float64Array;
  /** Their places; -1 where none was met. */
  readonly rows: Int32Array;
  /** Room for so many points: to be filled, then compared. Lost with the next call. */
  take(count: number): ComparedPoints;
  /** Each of the taken points with the first `others`: the nearest are kept. */
  compare(measure: Measure, others: number): void;
}

/** Points of a part for which there is room from the beginning. */
const FEW = 64;

/** Of so many points, of `width` numbers each, of which each keeps so many others. @throws RangeError when the machine has no such memory. */
export function createComparer(points: number, width: number, kept: number): Comparer {
  const { memory, kernel } = openKernel();
  const [begins, end] = roomsIn(memory, 0, [points * kept, points * kept]);
  const apart = new Float64Array(memory.buffer, begins[0], points * kept).fill(Number.POSITIVE_INFINITY);
  const rows = new Int32Array(memory.buffer, begins[1], points * kept).fill(-1);
  let part = roomOfPart(memory, end, width, FEW);
  let count = 0;
  return {
    apart,
    rows,
    take: (taken) => {
      if (taken > part.most) part = roomOfPart(memory, end, width, 2 * taken);
      count = taken;
      return { values: part.values, stride: strideOf(taken), places: part.places };
    },
    compare: (measure, others) => {
      const least = measure.kind === "products" ? measure.least : 0;
      const { values, places, limits, far } = part;
      const [from, stride, of] = [values.byteOffset, strideOf(count), places.byteOffset];
      kernel.compareAll(from, stride, width, least, count, others, of, kept, apart.byteOffset, rows.byteOffset, limits, far);
    },
  };
}

interface PartRoom {
  readonly most: number;
  readonly values: Float64Array;
  readonly places: Int32Array;
  /** Addresses of what the kernel alone uses. */
  readonly limits: number;
  readonly far: number;
}

function roomOfPart(memory: WebAssembly.Memory, from: number, width: number, most: number): PartRoom {
  const stride = strideOf(most);
  const [[values, places, limits, far]] = roomsIn(memory, from, [stride * width, stride, stride, stride]);
  const { buffer } = memory;
  return {
    most,
    values: new Float64Array(buffer, values, stride * width),
    places: new Int32Array(buffer, places, stride),
    limits: limits!,
    far: far!,
  };
}
