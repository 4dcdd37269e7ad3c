// Batch prediction. A program (trees/predict/program.ts describes its bytes) is run on a block of rows; rows go in groups of 64.

const GROUP: usize = 64;
/** Parts of the work area: killed leaves of a group by plane, leaf of each row, rank of each row, then the rank columns. */
const LEAVES: usize = 512;
const RANKS: usize = 576;
const CODE_BYTE: usize = 832;
const CODE_BIT: usize = 896;
const COLUMNS: usize = 960;

const CATEGORICAL: u32 = 0x40000000;
const PLACE: u32 = 0x3fffffff;

@inline
function word(at: usize, index: usize): usize {
  return <usize>load<u32>(at + (index << 2));
}

/**
 * Raw scores of `rows` rows into out, rows x outputs. input: a column per `stride` bytes, doubles or int32 codes.
 * Input, work and out have room for a multiple of 64 rows.
 */
export function predictBlock(program: usize, input: usize, stride: usize, work: usize, out: usize, rows: i32): void {
  const outputs = word(program, 0);
  const leafWidth = word(program, 1);
  const groupBytes = word(program, 2) << 6;
  const inputs = program + word(program, 3);
  const inputCount = word(program, 4);
  const trees = program + word(program, 5);
  const treeCount = word(program, 6);
  const base = program + word(program, 7);
  const groups = (<usize>rows + GROUP - 1) >> 6;
  for (let i: usize = 0; i < inputCount; i++) {
    readInput(program, inputs + (i << 5), input + i * stride, work, groupBytes, groups);
  }
  for (let row: usize = 0; row < groups << 6; row++) {
    for (let k: usize = 0; k < outputs; k++) store<f64>(out + ((row * outputs + k) << 3), load<f64>(base + (k << 3)));
  }
  for (let t: usize = 0; t < treeCount; t++) {
    const tree = trees + (t << 5);
    const to = out + (word(tree, 1) << 3);
    if (word(tree, 0) == 0) bitTree(program, tree, work, groupBytes, groups, to, outputs, leafWidth);
    else walkTree(program, tree, input, stride, groups << 6, to, outputs, leafWidth);
  }
}

function readInput(program: usize, about: usize, values: usize, work: usize, groupBytes: usize, groups: usize): void {
  const isCategorical = word(about, 0) == 1;
  const flags = word(about, 1);
  const thresholds = program + word(about, 2);
  const count = word(about, 3);
  const columns = word(about, 5);
  const columnsAt = program + word(about, 6);
  const levels = word(about, 7);
  if (flags & 4) cutCodes(values, groups << 6, levels);
  else if (flags != 0) clean(values, groups << 6, flags);
  if (columns == 0) return;
  for (let g: usize = 0; g < groups; g++) {
    let to = work + COLUMNS + g * groupBytes + (word(about, 4) << 6);
    if (isCategorical) splitCodes(values + (g << 8), levels, work);
    else rankValues(values + (g << 9), thresholds, count, work + RANKS);
    for (let c: usize = 0; c < columns; c++, to += GROUP) {
      const first = word(columnsAt + (c << 3), 0);
      const missingRight = word(columnsAt + (c << 3), 1) == 1;
      if (!isCategorical) rankColumn(work + RANKS, <i32>first, missingRight, to);
      else if (levels <= 2048) subsetColumn(program + first, levels, missingRight, work, to);
      else wideSubsetColumn(program + first, levels, missingRight, values + (g << 8), to);
    }
  }
}

/** flags 1: zero is missing; 2: rounded to 32 bits. */
function clean(values: usize, rows: usize, flags: usize): void {
  const zero = <f64>(<f32>1e-35);
  for (let at = values, end = values + (rows << 3); at < end; at += 8) {
    let value = load<f64>(at);
    if (flags & 1 && abs<f64>(value) <= zero) value = NaN;
    if (flags & 2) value = <f64>(<f32>value);
    store<f64>(at, value);
  }
}

/** flag 4: codes beyond the last level are the last level. */
function cutCodes(codes: usize, rows: usize, levels: usize): void {
  const last = <i32>levels - 1;
  for (let at = codes, end = codes + (rows << 2); at < end; at += 4) {
    if (load<i32>(at) > last) store<i32>(at, last);
  }
}

/** Number of thresholds below each of 64 values; -1 for missing. Four binary searches at once. */
function rankValues(values: usize, thresholds: usize, count: usize, ranks: usize): void {
  for (let r: usize = 0; r < GROUP; r += 4) {
    const from = values + (r << 3);
    const v0 = load<f64>(from);
    const v1 = load<f64>(from, 8);
    const v2 = load<f64>(from, 16);
    const v3 = load<f64>(from, 24);
    let p0 = thresholds;
    let p1 = thresholds;
    let p2 = thresholds;
    let p3 = thresholds;
    let left = count << 3;
    while (left > 8) {
      const half = (left >> 4) << 3;
      p0 += half & -(<usize>(load<f64>(p0 + half - 8) < v0));
      p1 += half & -(<usize>(load<f64>(p1 + half - 8) < v1));
      p2 += half & -(<usize>(load<f64>(p2 + half - 8) < v2));
      p3 += half & -(<usize>(load<f64>(p3 + half - 8) < v3));
      left -= half;
    }
    p0 += 8 & -(<usize>(load<f64>(p0) < v0));
    p1 += 8 & -(<usize>(load<f64>(p1) < v1));
    p2 += 8 & -(<usize>(load<f64>(p2) < v2));
    p3 += 8 & -(<usize>(load<f64>(p3) < v3));
    const to = ranks + (r << 2);
    store<i32>(to, <i32>((p0 - thresholds) >> 3) | -(<i32>(v0 != v0)));
    store<i32>(to, <i32>((p1 - thresholds) >> 3) | -(<i32>(v1 != v1)), 4);
    store<i32>(to, <i32>((p2 - thresholds) >> 3) | -(<i32>(v2 != v2)), 8);
    store<i32>(to, <i32>((p3 - thresholds) >> 3) | -(<i32>(v3 != v3)), 12);
  }
}

/** Ranks as signed bytes from -128: rank - first, cut to 0..255. Missing becomes the lowest or the highest. */
function rankColumn(ranks: usize, first: i32, missingRight: bool, to: usize): void {
  const shift = i32x4.splat(first);
  const most = i32x4.splat(missingRight ? 0x3fffffff : -1);
  for (let r: usize = 0; r < GROUP; r += 16) {
    const from = ranks + (r << 2);
    const a = i32x4.sub(i32x4.min_u(v128.load(from), most), shift);
    const b = i32x4.sub(i32x4.min_u(v128.load(from, 16), most), shift);
    const c = i32x4.sub(i32x4.min_u(v128.load(from, 32), most), shift);
    const d = i32x4.sub(i32x4.min_u(v128.load(from, 48), most), shift);
    const bytes = i8x16.narrow_i16x8_u(i16x8.narrow_i32x4_s(a, b), i16x8.narrow_i32x4_s(c, d));
    v128.store(to + r, v128.xor(bytes, i8x16.splat(-128)));
  }
}

/** Place of the byte and of the bit of each code in a subset; no bit for missing and unknown codes. */
function splitCodes(codes: usize, levels: usize, work: usize): void {
  for (let r: usize = 0; r < GROUP; r++) {
    const code = load<u32>(codes + (r << 2));
    store<u8>(work + CODE_BYTE + r, <u8>(code >> 3));
    store<u8>(work + CODE_BIT + r, code < <u32>levels ? <u8>(<u32>1 << (code & 7)) : 0);
  }
}

/** -128 where the code is in the subset (left), else 127. 128 codes are looked up by one swizzle. */
function subsetColumn(subset: usize, levels: usize, missingRight: bool, work: usize, to: usize): void {
  const end = (levels + 7) >> 3;
  for (let r: usize = 0; r < GROUP; r += 16) {
    const byte = v128.load(work + CODE_BYTE + r);
    const bit = v128.load(work + CODE_BIT + r);
    let found = i8x16.splat(0);
    for (let part: usize = 0; part < end; part += 16) {
      found = v128.or(found, i8x16.swizzle(v128.load(subset + part), i8x16.sub(byte, i8x16.splat(<i8>part))));
    }
    let isLeft = i8x16.ne(v128.and(found, bit), i8x16.splat(0));
    if (!missingRight) isLeft = v128.or(isLeft, i8x16.eq(bit, i8x16.splat(0)));
    v128.store(to + r, v128.xor(isLeft, i8x16.splat(127)));
  }
}

function wideSubsetColumn(subset: usize, levels: usize, missingRight: bool, codes: usize, to: usize): void {
  for (let r: usize = 0; r < GROUP; r++) {
    const code = load<u32>(codes + (r << 2));
    let isLeft = !missingRight;
    if (code < <u32>levels) isLeft = ((load<u8>(subset + (code >> 3)) >> (code & 7)) & 1) == 1;
    store<i8>(to + r, isLeft ? -128 : 127);
  }
}

/** A tree of up to 64 leaves. Each node that a row fails kills leaves; the first leaf alive is the row's. Eight leaves are a plane of bytes. */
function bitTree(
  program: usize,
  tree: usize,
  work: usize,
  groupBytes: usize,
  groups: usize,
  to: usize,
  outputs: usize,
  leafWidth: usize,
): void {
  const entries = program + word(tree, 2);
  const planes = word(tree, 3);
  const counts = program + word(tree, 4);
  const values = program + word(tree, 5);
  let ranks = work + COLUMNS;
  for (let g: usize = 0; g < groups; g++, ranks += groupBytes) {
    let entry = entries;
    for (let plane: usize = 0; plane < planes; plane++) {
      let a = i8x16.splat(0);
      let b = a;
      let c = a;
      let d = a;
      for (let end = entry + (word(counts + (plane << 3), 0) << 3); entry < end; entry += 8) {
        const at = ranks + load<u32>(entry);
        const limit = v128.load_splat<u8>(entry, 4);
        const leaves = v128.load_splat<u8>(entry, 5);
        a = v128.or(a, v128.and(i8x16.gt_s(v128.load(at), limit), leaves));
        b = v128.or(b, v128.and(i8x16.gt_s(v128.load(at, 16), limit), leaves));
        c = v128.or(c, v128.and(i8x16.gt_s(v128.load(at, 32), limit), leaves));
        d = v128.or(d, v128.and(i8x16.gt_s(v128.load(at, 48), limit), leaves));
      }
      for (let end = entry + (word(counts + (plane << 3), 1) << 3); entry < end; entry += 8) {
        const at = ranks + load<u32>(entry);
        const limit = v128.load_splat<u8>(entry, 4);
        const leaves = v128.load_splat<u8>(entry, 5);
        a = v128.or(a, v128.and(i8x16.gt_s(limit, v128.load(at)), leaves));
        b = v128.or(b, v128.and(i8x16.gt_s(limit, v128.load(at, 16)), leaves));
        c = v128.or(c, v128.and(i8x16.gt_s(limit, v128.load(at, 32)), leaves));
        d = v128.or(d, v128.and(i8x16.gt_s(limit, v128.load(at, 48)), leaves));
      }
      const killed = work + (plane << 6);
      v128.store(killed, a);
      v128.store(killed, b, 16);
      v128.store(killed, c, 32);
      v128.store(killed, d, 48);
    }
    for (let r: usize = 0; r < GROUP; r += 16) v128.store(work + LEAVES + r, firstAlive(work + r, planes));
    const first = to + ((g * outputs) << 9);
    if (leafWidth == 1) addLeaves(work + LEAVES, values, first, outputs << 3);
    else addWideLeaves(work + LEAVES, values, first, outputs << 3, leafWidth);
  }
}

/** Number of the first leaf that is not killed, for 16 rows. */
@inline
function firstAlive(killed: usize, planes: usize): v128 {
  let bits = v128.not(v128.load(killed));
  let none = i8x16.eq(bits, i8x16.splat(0));
  let plane = i8x16.sub(i8x16.splat(0), none);
  for (let p: usize = 1; p < planes; p++) {
    bits = v128.or(bits, v128.andnot(none, v128.load(killed + (p << 6))));
    none = i8x16.eq(bits, i8x16.splat(0));
    plane = i8x16.sub(plane, none);
  }
  const below = v128.andnot(i8x16.sub(bits, i8x16.splat(1)), bits);
  plane = i8x16.add(plane, plane);
  plane = i8x16.add(plane, plane);
  return i8x16.add(i8x16.add(plane, plane), i8x16.popcnt(below));
}

@inline
function addLeaves(leaves: usize, values: usize, to: usize, step: usize): void {
  for (let r: usize = 0; r < GROUP; r += 4) {
    store<f64>(to, load<f64>(to) + load<f64>(values + (<usize>load<u8>(leaves + r) << 3)));
    store<f64>(to + step, load<f64>(to + step) + load<f64>(values + (<usize>load<u8>(leaves + r, 1) << 3)));
    const third = to + (step << 1);
    store<f64>(third, load<f64>(third) + load<f64>(values + (<usize>load<u8>(leaves + r, 2) << 3)));
    store<f64>(third + step, load<f64>(third + step) + load<f64>(values + (<usize>load<u8>(leaves + r, 3) << 3)));
    to += step << 2;
  }
}

function addWideLeaves(leaves: usize, values: usize, to: usize, step: usize, leafWidth: usize): void {
  for (let r: usize = 0; r < GROUP; r++, to += step) addLeaf(values + ((<usize>load<u8>(leaves + r) * leafWidth) << 3), to, leafWidth);
}

@inline
function addLeaf(value: usize, to: usize, leafWidth: usize): void {
  for (let k: usize = 0; k < leafWidth << 3; k += 8) store<f64>(to + k, load<f64>(to + k) + load<f64>(value + k));
}

/** Four rows walk at once; a leaf leads to itself. */
function walkTree(
  program: usize,
  tree: usize,
  input: usize,
  stride: usize,
  rows: usize,
  to: usize,
  outputs: usize,
  leafWidth: usize,
): void {
  const root = program + word(tree, 2);
  const step = outputs << 3;
  for (let row: usize = 0; row < rows; row += 4) {
    let a = root;
    let b = root;
    let c = root;
    let d = root;
    let moved: usize = 1;
    while (moved != 0) {
      const a1 = nextNode(program, input, stride, row, a);
      const b1 = nextNode(program, input, stride, row + 1, b);
      const c1 = nextNode(program, input, stride, row + 2, c);
      const d1 = nextNode(program, input, stride, row + 3, d);
      moved = (a ^ a1) | (b ^ b1) | (c ^ c1) | (d ^ d1);
      a = a1;
      b = b1;
      c = c1;
      d = d1;
    }
    let at = to + row * step;
    addLeaf(program + word(a, 0), at, leafWidth);
    addLeaf(program + word(b, 0), (at += step), leafWidth);
    addLeaf(program + word(c, 0), (at += step), leafWidth);
    addLeaf(program + word(d, 0), (at += step), leafWidth);
  }
}

/** Bit 31 of the third word: missing goes left. The right child lies behind the left one. */
@inline
function nextNode(program: usize, input: usize, stride: usize, row: usize, node: usize): usize {
  const about = load<u32>(node, 8);
  const left = program + <usize>load<u32>(node, 12);
  const column = input + <usize>(about & PLACE) * stride;
  if (about & CATEGORICAL) {
    const code = load<u32>(column + (row << 2));
    if (code >= load<u32>(node, 4)) return left + <usize>((~about >> 31) << 4);
    const byte = load<u8>(program + <usize>load<u32>(node) + (code >> 3));
    return left + <usize>(((~<u32>byte >> (code & 7)) & 1) << 4);
  }
  const value = load<f64>(column + (row << 3));
  const threshold = load<f64>(node);
  const isRight = <u32>!(value <= threshold) & (<u32>(value > threshold) | (~about >> 31));
  return left + <usize>(isRight << 4);
}
