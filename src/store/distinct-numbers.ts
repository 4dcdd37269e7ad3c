import { type Kernel, openKernel } from "./kernel.ts";
import { BYTES } from "./wasm/numbers-bytes.ts";

/** Counts different numbers of columns of up to `capacity` rows. */
export interface NumberCounter {
  /** Of the first `count` values; NaN is missing, 0 equals -0. The array may be changed. */
  count(values: Float64Array, count: number): { readonly present: number; readonly distinct: number; readonly integer: boolean };
}

/** Bytes that a counter takes for each row beside the values. */
export const COUNTER_BYTES = 9;

interface NumberKernel {
  differentOf(values: number, count: number, table: number, last: number, told: number): number;
}

let opened: Kernel<NumberKernel> | null = null;

/** Of more values, a table of their places lies in no cache. */
const MOST_AT_ONCE = 1 << 17;
/** Of more values, parts are made that hold so many on average. */
const PART_VALUES = 1 << 15;
const MOST_PARTS = 256;

/**
 * Exact: the values are put into an open table of their places, in a kernel (src/store/assembly/numbers.ts); of many, those first that have one hash of their bits. Several times as quick as grouping by
 * a database, which keeps the groups of all parts.
 */
export function numberCounter(capacity: number): NumberCounter {
  const parts = capacity <= MOST_AT_ONCE ? 1 : Math.min(MOST_PARTS, Math.ceil(capacity / PART_VALUES));
  const shift = 32 - Math.ceil(Math.log2(Math.max(2, parts)));
  const partOf = new Uint8Array(parts === 1 ? 0 : capacity);
  const parted = new Int32Array(parts === 1 ? 0 : 2 * capacity);
  return {
    count: (values, count) => {
      if (count <= MOST_AT_ONCE) return countAtOnce(values.subarray(0, count));
      const { present, integer } = compact(values, count);
      const bits = new Int32Array(values.buffer, values.byteOffset, 2 * present);
      const ends = partByHash(bits, present, shift, partOf, parted);
      let distinct = 0;
      for (let part = 1; part < ends.length; part++) distinct += countPart(parted, ends[part - 1] as number, ends[part] as number);
      return { present, integer, distinct };
    },
  };
}

function countAtOnce(values: Float64Array): ReturnType<NumberCounter["count"]> {
  opened ??= openKernel<NumberKernel>(BYTES);
  const { memory, exports, reserve } = opened;
  const places = 2 ** Math.ceil(Math.log2(2 * values.length + 2));
  const [table, told] = [values.byteLength, values.byteLength + 4 * places];
  reserve(told + 8);
  new Float64Array(memory.buffer, 0, values.length).set(values);
  const distinct = exports.differentOf(0, values.length, table, places - 1, told);
  const [present = 0, isWhole] = new Int32Array(memory.buffer, told, 2);
  return { present, integer: present > 0 && isWhole === 1, distinct };
}

/** Moves what is present to the front, -0 as 0. */
function compact(values: Float64Array, count: number): { present: number; integer: boolean } {
  let present = 0;
  let integer = true;
  for (let i = 0; i < count; i++) {
    const value = values[i] as number;
    if (Number.isNaN(value)) continue;
    values[present++] = value + 0;
    if (value !== Math.trunc(value)) integer = false;
  }
  return { present, integer: integer && present > 0 };
}

/** Bits of the parts, one behind the other; gives where each begins, and the end. */
function partByHash(bits: Int32Array, count: number, shift: number, partOf: Uint8Array, parted: Int32Array): Int32Array {
  const ends = new Int32Array((1 << (32 - shift)) + 1);
  for (let i = 0; i < count; i++) {
    const part = hashOf(bits[2 * i] as number, bits[2 * i + 1] as number) >>> shift;
    partOf[i] = part;
    ends[part + 1] = (ends[part + 1] as number) + 1;
  }
  for (let part = 1; part < ends.length; part++) ends[part] = (ends[part] as number) + (ends[part - 1] as number);
  const next = ends.slice();
  for (let i = 0; i < count; i++) {
    const part = partOf[i] as number;
    const at = next[part] as number;
    next[part] = at + 1;
    parted[2 * at] = bits[2 * i] as number;
    parted[2 * at + 1] = bits[2 * i + 1] as number;
  }
  return ends;
}

/** Equal numbers lie in one part: one may be as long as all. */
function countPart(bits: Int32Array, begin: number, end: number): number {
  if (end - begin <= MOST_AT_ONCE) return countAtOnce(new Float64Array(bits.buffer, 8 * begin, end - begin)).distinct;
  const places = 2 ** Math.ceil(Math.log2(2 * (end - begin) + 2));
  // Where the first of each different number stands, from 1 on.
  const table = new Int32Array(places);
  let distinct = 0;
  for (let i = begin; i < end; i++) {
    const [low, high] = [bits[2 * i] as number, bits[2 * i + 1] as number];
    let slot = hashOf(low, high) & (places - 1);
    let first = table[slot] as number;
    while (first !== 0 && (bits[2 * first - 2] !== low || bits[2 * first - 1] !== high)) {
      slot = (slot + 1) & (places - 1);
      first = table[slot] as number;
    }
    if (first !== 0) continue;
    table[slot] = i + 1;
    distinct++;
  }
  return distinct;
}

/** Of 64 bits; its last step is that of MurmurHash3. */
function hashOf(low: number, high: number): number {
  let hash = low ^ Math.imul(high, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
