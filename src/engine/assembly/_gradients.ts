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
function pair(a: f64, b: f64): v128 {
  return f64x2.replace_lane(f64x2.splat(a), 1, b);
}

/** Logistic loss: gradient (p - y) w, hessian p (1 - p) w. weight: 0 = all 1. Returns nothing; sums as above. */
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
  let sumG: i64 = 0;
  let sumA: i64 = 0;
  let sumH: i64 = 0;
  for (let at = begin; at < end; at += 2) {
    const isPair = at + 1 < end;
    const row0 = <usize>load<u32>(rows + (at << 2));
    const row1 = isPair ? <usize>load<u32>(rows + ((at + 1) << 2)) : row0;
    const s = pair(load<f64>(scores + (row0 << 3)), load<f64>(scores + (row1 << 3)));
    const x = f64x2.max(f64x2.min(f64x2.neg(s), most), least);
    const p = f64x2.div(one, f64x2.add(one, exponential(x)));
    let g = f64x2.sub(p, pair(load<f64>(target + (row0 << 3)), load<f64>(target + (row1 << 3))));
    let h = f64x2.mul(p, f64x2.sub(one, p));
    if (weight != 0) {
      const w = pair(load<f64>(weight + (row0 << 3)), load<f64>(weight + (row1 << 3)));
      g = f64x2.mul(g, w);
      h = f64x2.mul(h, w);
    }
    const gi = f64x2.floor(f64x2.add(f64x2.mul(g, gs), half));
    const hi = f64x2.max(f64x2.floor(f64x2.add(f64x2.mul(h, hs), half)), one);
    const g0 = <i64>f64x2.extract_lane(gi, 0);
    const h0 = <i64>f64x2.extract_lane(hi, 0);
    store<i64>(gh + (row0 << 3), (g0 << 32) + h0);
    sumG += g0;
    sumA += g0 < 0 ? -g0 : g0;
    sumH += h0;
    if (!isPair) break;
    const g1 = <i64>f64x2.extract_lane(gi, 1);
    const h1 = <i64>f64x2.extract_lane(hi, 1);
    store<i64>(gh + (row1 << 3), (g1 << 32) + h1);
    sumG += g1;
    sumA += g1 < 0 ? -g1 : g1;
    sumH += h1;
  }
  store<f64>(sums, <f64>sumG);
  store<f64>(sums, <f64>sumA, 8);
  store<f64>(sums, <f64>sumH, 16);
}

/** Gradients that a loss has written: gradient, hessian by row. hessian: 0 = all 1 before scaling. factor: 0, or a factor by row. */
export function packGiven(
  gradient: usize,
  hessian: usize,
  rows: usize,
  begin: usize,
  end: usize,
  gScale: f64,
  hScale: f64,
  gh: usize,
  sums: usize,
): void {
  let sumG: i64 = 0;
  let sumA: i64 = 0;
  let sumH: i64 = 0;
  for (let at = begin; at < end; at++) {
    const row = <usize>load<u32>(rows + (at << 2));
    const g = <i64>Math.floor(load<f64>(gradient + (row << 3)) * gScale + 0.5);
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
