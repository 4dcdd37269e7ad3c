/** Counts different numbers of columns of up to `capacity` rows. */
export interface NumberCounter {
  /** Of the first `count` values; NaN is missing, 0 equals -0. The array may be changed. */
  count(values: Float64Array, count: number): { readonly present: number; readonly distinct: number; readonly integer: boolean };
}

/** Bytes that a counter takes for each row beside the values. */
export const COUNTER_BYTES = 9;

/** Values of a part on average: its table lies in the cache. */
const PART_VALUES = 1 << 13;
const MOST_PARTS = 256;

/**
 * Exact: the values are parted by a hash of their bits and the different ones of each part are put into a small open table. Three times as quick as grouping by a database, which
 * keeps the groups of all parts.
 */
export function numberCounter(capacity: number): NumberCounter {
  const parts = Math.min(MOST_PARTS, Math.max(1, Math.ceil(capacity / PART_VALUES)));
  const shift = 32 - Math.ceil(Math.log2(Math.max(2, parts)));
  const partOf = new Uint8Array(parts === 1 ? 0 : capacity);
  const parted = new Int32Array(parts === 1 ? 0 : 2 * capacity);
  return {
    count: (values, count) => {
      const { present, integer } = compact(values, count);
      const bits = new Int32Array(values.buffer, values.byteOffset, 2 * present);
      if (parts === 1) return { present, integer, distinct: countParts(bits, Int32Array.of(0, present)) };
      const ends = partByHash(bits, present, shift, partOf, parted);
      return { present, integer, distinct: countParts(parted, ends) };
    },
  };
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

function countParts(bits: Int32Array, ends: Int32Array): number {
  let most = 0;
  for (let part = 1; part < ends.length; part++) most = Math.max(most, (ends[part] as number) - (ends[part - 1] as number));
  const size = 2 ** Math.ceil(Math.log2(2 * most + 2));
  const table = new Int32Array(2 * size);
  // A slot is taken where it holds the number of the part, so the table is never cleared.
  const taken = new Int32Array(size);
  let distinct = 0;
  for (let part = 1; part < ends.length; part++) {
    const end = ends[part] as number;
    for (let i = ends[part - 1] as number; i < end; i++) {
      const [low, high] = [bits[2 * i] as number, bits[2 * i + 1] as number];
      let slot = hashOf(low, high) & (size - 1);
      while (taken[slot] === part && (table[2 * slot] !== low || table[2 * slot + 1] !== high)) slot = (slot + 1) & (size - 1);
      if (taken[slot] === part) continue;
      taken[slot] = part;
      table[2 * slot] = low;
      table[2 * slot + 1] = high;
      distinct++;
    }
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
