// Gradients of rows become one i64 each: round(gradient * gScale) in the high 32 bits, max(1, round(hessian * hScale)) in the low ones.
// sums: three f64 numbers to which the whole numbers are added: gradients, their sizes, hessians. They are exact, so their order plays no part.

const MAGIC: f64 = 6755399441055744.0;
const LOG2E: f64 = 1.4426950408889634;
const LN2_HIGH: f64 = 0.6931471803691238;
const LN2_LOW: f64 = 1.9082149292705877e-10;

// @ts-ignore: decorator
@inline
function horner(p: v128, r: v128, c: f64): v128 {
  return f64x2.add(f64x2.mul(p, r), f64x2.splat(c));
}

/** e^x for x in [-700, 700], relative error below 3e-13: 2^k times a Taylor polynomial of degree 10 on [-ln 2 / 2, ln 2 / 2]. */
function exponential(x: v128): v128 {
  const shifted = f64x2.add(f64x2.mul(x, f64x2.splat(LOG2E)), f64x2.splat(MAGIC));
  const k = f64x2.sub(shifted, f64x2.splat(MAGIC));
  let r = f64x2.sub(x, f64x2.mul(k, f64x2.splat(LN2_HIGH)));
  r = f64x2.sub(r, f64x2.mul(k, f64x2.splat(LN2_LOW)));
  let p = f64x2.splat(2.755731922398589e-7);
  p = horner(p, r, 0.0000027557319223985893);
  p = horner(p, r, 0.0000248015873015873);
  p = horner(p, r, 0.0001984126984126984);
  p = horner(p, r, 0.001388888888888889);
  p = horner(p, r, 0.008333333333333333);
  p = horner(p, r, 0.041666666666666664);
  p = horner(p, r, 0.16666666666666666);
  p = horner(p, r, 0.5);
  p = horner(p, r, 1);
  p = horner(p, r, 1);
  const power = i64x2.shl(i64x2.add(shifted, i64x2.splat(1023)), 52);
  return f64x2.mul(p, power);
}

// @ts-ignore: decorator
@inline
function pairAt(values: usize, row0: usize, row1: usize): v128 {
  return v128.load_lane<f64>(values + (row1 << 3), v128.load_splat<f64>(values + (row0 << 3)), 1);
}

// @ts-ignore: decorator
@inline
function bytesAt(values: usize, row0: usize, row1: usize): v128 {
  return f64x2.replace_lane(f64x2.splat(<f64>load<u8>(values + row0)), 1, <f64>load<u8>(values + row1));
}

/** Logistic loss: gradient (p - y) w, hessian p (1 - p) w. target: bytes, 0 or 1. weight: 0 = all 1. Returns nothing; sums as above. */
export function packLogistic(
  scores: usize,
  target: usize,
  weight: usize,
  rows: usize,
  begin: usize,
  end: usize,
  gScale: f64,
  hScale: f64,
  gh: usize,
  sums: usize,
): void {
  const one = f64x2.splat(1);
  const half = f64x2.splat(0.5);
  const least = f64x2.splat(-700);
  const most = f64x2.splat(700);
  const gs = f64x2.splat(gScale);
  const hs = f64x2.splat(hScale);
  const whole = f64x2.splat(MAGIC);
  const low = i64x2.splat(0xffffffff);
  const unsigned = i64x2.splat(i64.MAX_VALUE);
  let counted = i64x2.splat(-1);
  let sumG = f64x2.splat(0);
  let sumA = f64x2.splat(0);
  let sumH = f64x2.splat(0);
  for (let at = begin; at < end; at += 2) {
    const row0 = <usize>load<u32>(rows + (at << 2));
    let row1 = row0;
    // The last row of an odd number stands in both lanes and counts once.
    if (at + 1 < end) row1 = <usize>load<u32>(rows + (at << 2), 4);
    else counted = i64x2.replace_lane(counted, 1, 0);
    const x = f64x2.pmax(f64x2.pmin(f64x2.neg(pairAt(scores, row0, row1)), most), least);
    const p = f64x2.div(one, f64x2.add(one, exponential(x)));
    let g = f64x2.sub(p, bytesAt(target, row0, row1));
    let h = f64x2.mul(p, f64x2.sub(one, p));
    if (weight != 0) {
      const w = pairAt(weight, row0, row1);
      g = f64x2.mul(g, w);
      h = f64x2.mul(h, w);
    }
    g = f64x2.floor(f64x2.add(f64x2.mul(g, gs), half));
    h = f64x2.pmax(f64x2.floor(f64x2.add(f64x2.mul(h, hs), half)), one);
    // A whole number below 2^51 plus MAGIC has itself in its last bits.
    const packed = i64x2.add(i64x2.shl(f64x2.add(g, whole), 32), v128.and(f64x2.add(h, whole), low));
    v128.store_lane<i64>(gh + (row0 << 3), packed, 0);
    v128.store_lane<i64>(gh + (row1 << 3), packed, 1);
    g = v128.and(g, counted);
    sumG = f64x2.add(sumG, g);
    sumA = f64x2.add(sumA, v128.and(g, unsigned));
    sumH = f64x2.add(sumH, v128.and(h, counted));
  }
  store<f64>(sums, lanes(sumG));
  store<f64>(sums, lanes(sumA), 8);
  store<f64>(sums, lanes(sumH), 16);
}

// @ts-ignore: decorator
@inline
function lanes(sum: v128): f64 {
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/** A number of [0, 1) in steps of 2^-32 that follows from the row and the draw (the last steps of MurmurHash3, public domain). */
// @ts-ignore: decorator
@inline
function chanceOf(row: u32, draw: u32): f64 {
  let x = (row * 0x9e3779b1) ^ draw;
  x = (x ^ (x >>> 16)) * 0x85ebca6b;
  x = (x ^ (x >>> 13)) * 0xc2b2ae35;
  return <f64>(x ^ (x >>> 16)) * (1.0 / 4294967296.0);
}

/** Gradients that a loss has written: gradient, hessian by row. draw: 0 = to the nearest step; else up or down by chance, right in the mean. */
export function packGiven(
  gradient: usize,
  hessian: usize,
  rows: usize,
  begin: usize,
  end: usize,
  gScale: f64,
  hScale: f64,
  draw: u32,
  gh: usize,
  sums: usize,
): void {
  let sumG: i64 = 0;
  let sumA: i64 = 0;
  let sumH: i64 = 0;
  for (let at = begin; at < end; at++) {
    const row = <usize>load<u32>(rows + (at << 2));
    const up = draw == 0 ? 0.5 : chanceOf(<u32>row, draw);
    const g = <i64>Math.floor(load<f64>(gradient + (row << 3)) * gScale + up);
    const h = <i64>max(1.0, Math.floor(load<f64>(hessian + (row << 3)) * hScale + 0.5));
    store<i64>(gh + (row << 3), (g << 32) + h);
    sumG += g;
    sumA += g < 0 ? -g : g;
    sumH += h;
  }
  store<f64>(sums, <f64>sumG);
  store<f64>(sums, <f64>sumA, 8);
  store<f64>(sums, <f64>sumH, 16);
}

/** Sums of packed rows, as above. */
export function sumPacked(gh: usize, rows: usize, begin: usize, end: usize, sums: usize): void {
  let sumG: i64 = 0;
  let sumH: i64 = 0;
  for (let at = begin; at < end; at++) {
    const v = load<i64>(gh + (<usize>load<u32>(rows + (at << 2)) << 3));
    sumG += <i64>(<i32>(v >> 32));
    sumH += <i64>(<u32>v);
  }
  store<f64>(sums, <f64>sumG);
  store<f64>(sums, 0, 8);
  store<f64>(sums, <f64>sumH, 16);
}
