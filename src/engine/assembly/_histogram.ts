// A cell is one i64: sum of scaled gradients in the high 32 bits, of scaled hessians in the low 32 bits; so one addition counts both.

/** Cells of a byte slot. */
const SLOT_BYTES: usize = 2048;
/** Cells of four byte slots. */
const QUAD_BYTES: usize = 4 * SLOT_BYTES;

/**
 * Adds rows[begin..end) to the byte slots of groups [firstQuad, lastQuad) of four, eight at a time. Rows are ascending. Rows that do not lie together are
 * copied to the stage first: chunk * (8 + 4 * groups + 4) bytes.
 */
export function histogram8(
  bins: usize,
  stride: usize,
  firstQuad: usize,
  lastQuad: usize,
  rows: usize,
  begin: usize,
  end: usize,
  gh: usize,
  out: usize,
  stage: usize,
  chunk: usize,
): void {
  const quads = lastQuad - firstQuad;
  const width = ((quads + 1) >> 1) << 3;
  const offset = firstQuad << 2;
  const staged = stage + (chunk << 3);
  for (let at = begin; at < end; at += chunk) {
    const n = min(chunk, end - at);
    const list = rows + (at << 2);
    const first = <usize>load<u32>(list);
    const last = <usize>load<u32>(list + ((n - 1) << 2));
    let base = bins + first * stride + offset;
    let pitch = stride;
    let g = gh + (first << 3);
    if (last - first != n - 1) {
      base = staged;
      pitch = width;
      g = stage;
      let to = staged;
      for (let k: usize = 0; k < n; k++) {
        const row = <usize>load<u32>(list + (k << 2));
        store<i64>(stage + (k << 3), load<i64>(gh + (row << 3)));
        let from = bins + row * stride + offset;
        for (const stop = to + width; to < stop; to += 8, from += 8) store<u64>(to, load<u64>(from));
      }
    }
    let h = out + firstQuad * QUAD_BYTES;
    for (let pair = quads >> 1; pair > 0; pair--, h += 2 * QUAD_BYTES, base += 8) addEight(base, pitch, g, n, h);
    if (quads & 1) addFour(base, pitch, g, n, h);
  }
}

/** Adds v to the cells of the four bins that a word holds, of the first four slots. */
// @ts-ignore: decorator
@inline
function addFirst(word: u32, v: i64, h: usize): void {
  const a0 = h + ((word << 3) & 2040);
  store<i64>(a0, load<i64>(a0) + v);
  const a1 = h + ((word >>> 5) & 2040);
  store<i64>(a1, load<i64>(a1, SLOT_BYTES) + v, SLOT_BYTES);
  const a2 = h + ((word >>> 13) & 2040);
  store<i64>(a2, load<i64>(a2, 2 * SLOT_BYTES) + v, 2 * SLOT_BYTES);
  const a3 = h + ((word >>> 21) & 2040);
  store<i64>(a3, load<i64>(a3, 3 * SLOT_BYTES) + v, 3 * SLOT_BYTES);
}

/** The same of the next four slots. */
// @ts-ignore: decorator
@inline
function addSecond(word: u32, v: i64, h: usize): void {
  const a0 = h + ((word << 3) & 2040);
  store<i64>(a0, load<i64>(a0, 4 * SLOT_BYTES) + v, 4 * SLOT_BYTES);
  const a1 = h + ((word >>> 5) & 2040);
  store<i64>(a1, load<i64>(a1, 5 * SLOT_BYTES) + v, 5 * SLOT_BYTES);
  const a2 = h + ((word >>> 13) & 2040);
  store<i64>(a2, load<i64>(a2, 6 * SLOT_BYTES) + v, 6 * SLOT_BYTES);
  const a3 = h + ((word >>> 21) & 2040);
  store<i64>(a3, load<i64>(a3, 7 * SLOT_BYTES) + v, 7 * SLOT_BYTES);
}

// @ts-ignore: decorator
@inline
function addEight(bins: usize, pitch: usize, g: usize, n: usize, h: usize): void {
  let p = bins;
  for (let q = g, stop = g + (n << 3); q < stop; q += 8, p += pitch) {
    const v = load<i64>(q);
    const lo = load<u32>(p);
    const hi = load<u32>(p, 4);
    addFirst(lo, v, h);
    addSecond(hi, v, h);
  }
}

// @ts-ignore: decorator
@inline
function addFour(bins: usize, pitch: usize, g: usize, n: usize, h: usize): void {
  let p = bins;
  for (let q = g, stop = g + (n << 3); q < stop; q += 8, p += pitch) addFirst(load<u32>(p), load<i64>(q), h);
}

/** Rows whose bins and gradients stay in the first cache from slot to slot. */
const ROWS_AT_A_TIME: usize = 256;

/** The same for slots of 16-bit bins: slot i of `list` has its cells from cells[slot]. */
export function histogram16(
  bins: usize,
  stride: usize,
  list: usize,
  count: usize,
  cells: usize,
  rows: usize,
  begin: usize,
  end: usize,
  gh: usize,
  out: usize,
): void {
  for (let from = begin; from < end; from += ROWS_AT_A_TIME) {
    const start = rows + (from << 2);
    const stop = rows + (min(from + ROWS_AT_A_TIME, end) << 2);
    for (let i: usize = 0; i < count; i++) {
      const slot = <usize>load<u32>(list + (i << 2));
      const h = out + (<usize>load<u32>(cells + (slot << 2)) << 3);
      const column = bins + (slot << 1);
      for (let at = start; at < stop; at += 4) {
        const row = <usize>load<u32>(at);
        const a = h + (<usize>load<u16>(column + row * stride) << 3);
        store<i64>(a, load<i64>(a) + load<i64>(gh + (row << 3)));
      }
    }
  }
}

/** The byte slots of a list only: for nodes that draw their own few columns. */
export function histogramList(
  bins: usize,
  stride: usize,
  list: usize,
  count: usize,
  rows: usize,
  begin: usize,
  end: usize,
  gh: usize,
  out: usize,
): void {
  for (let first = begin; first < end; first += ROWS_AT_A_TIME) {
    const start = rows + (first << 2);
    const stop = rows + (min(first + ROWS_AT_A_TIME, end) << 2);
    for (let i: usize = 0; i < count; i++) {
      const slot = <usize>load<u32>(list + (i << 2));
      const h = out + slot * SLOT_BYTES;
      const column = bins + slot;
      for (let at = start; at < stop; at += 4) {
        const row = <usize>load<u32>(at);
        const a = h + (<usize>load<u8>(column + row * stride) << 3);
        store<i64>(a, load<i64>(a) + load<i64>(gh + (row << 3)));
      }
    }
  }
}

/**
 * Weights by class: a packed row holds its class in the high and its weight in the low 32 bits. Slot i of the list has its i32 sums from offsets[i] bins, `classes`
 * to a bin.
 */
export function histogramClasses(
  bins: usize,
  stride: usize,
  isWide: bool,
  list: usize,
  count: usize,
  offsets: usize,
  classes: usize,
  rows: usize,
  begin: usize,
  end: usize,
  packed: usize,
  out: usize,
): void {
  for (let first = begin; first < end; first += ROWS_AT_A_TIME) {
    const start = rows + (first << 2);
    const stop = rows + (min(first + ROWS_AT_A_TIME, end) << 2);
    for (let i: usize = 0; i < count; i++) {
      const slot = <usize>load<u32>(list + (i << 2));
      const h = out + ((<usize>load<u32>(offsets + (i << 2)) * classes) << 2);
      const column = bins + (isWide ? slot << 1 : slot);
      for (let at = start; at < stop; at += 4) {
        const row = <usize>load<u32>(at);
        const place = column + row * stride;
        const bin = isWide ? <usize>load<u16>(place) : <usize>load<u8>(place);
        const v = packed + (row << 3);
        const a = h + ((bin * classes + <usize>load<u32>(v, 4)) << 2);
        store<u32>(a, load<u32>(a) + load<u32>(v));
      }
    }
  }
}

/** parent - child over `bytes` bytes, a multiple of 16. */
export function subtractCells(parent: usize, child: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(parent + i, v128.sub<i64>(v128.load(parent + i), v128.load(child + i)));
}

export function addCells(to: usize, from: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(to + i, v128.add<i64>(v128.load(to + i), v128.load(from + i)));
}
