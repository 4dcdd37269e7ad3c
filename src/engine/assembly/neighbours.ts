// Distances among the points of one part, column by column: `stride` doubles lie between the columns, a multiple of four, of which those behind the last point are ignored.

const ENDLESS: f64 = Infinity;

/** Squares of how far the point at `own`, whose numbers lie `pitch` bytes apart, is from points `first` to `count`; equal ones are endlessly far. first: a multiple of four. */
export function squaresFrom(values: usize, stride: usize, width: usize, own: usize, pitch: usize, first: usize, count: usize, far: usize): void {
  const zero = f64x2.splat(0);
  const endless = f64x2.splat(ENDLESS);
  for (let j = first; j < count; j += 4) {
    let a = zero;
    let b = zero;
    let at = values + (j << 3);
    let x = own;
    for (let k: usize = 0; k < width; k++) {
      const number = v128.load64_splat(x);
      const left = f64x2.sub(number, v128.load(at));
      const right = f64x2.sub(number, v128.load(at, 16));
      a = f64x2.add(a, f64x2.mul(left, left));
      b = f64x2.add(b, f64x2.mul(right, right));
      at += stride << 3;
      x += pitch;
    }
    v128.store(far + (j << 3), v128.bitselect(endless, a, f64x2.eq(a, zero)));
    v128.store(far + (j << 3), v128.bitselect(endless, b, f64x2.eq(b, zero)), 16);
  }
}

/** A column is where a value begins and one where it ends. Products over them of the length that two values span, at least `least` and at most 1, in units of it. */
function productsFrom(values: usize, stride: usize, width: usize, least: f64, own: usize, first: usize, count: usize, far: usize): void {
  const one = f64x2.splat(1);
  const unit = f64x2.splat(least);
  for (let j = first; j < count; j += 2) {
    let product = one;
    let at = values + (j << 3);
    let x = own;
    for (let k: usize = 0; k < width; k += 2) {
      const from = f64x2.pmin(v128.load64_splat(x), v128.load(at));
      at += stride << 3;
      x += stride << 3;
      const to = f64x2.pmax(v128.load64_splat(x), v128.load(at));
      at += stride << 3;
      x += stride << 3;
      const share = f64x2.pmin(f64x2.pmax(f64x2.sub(to, from), unit), one);
      product = f64x2.mul(product, f64x2.div(share, unit));
    }
    v128.store(far + (j << 3), product);
  }
}

/**
 * Compares all points of a part with its first `others`, which may be neighbours. least: 0 = by squares, else by products. points: their places among all points, of each of which
 * `apart` and `rows` keep the nearest. limits, far: room for a double of each point of the part.
 */
export function compareAll(
  values: usize,
  stride: usize,
  width: usize,
  least: f64,
  count: usize,
  others: usize,
  points: usize,
  kept: usize,
  apart: usize,
  rows: usize,
  limits: usize,
  far: usize,
): void {
  for (let i: usize = 0; i < count; i++)
    store<f64>(limits + (i << 3), load<f64>(apart + ((<usize>load<u32>(points + (i << 2)) * kept + kept - 1) << 3)));
  for (let i: usize = 0; i < others; i++) {
    const first = (i + 1) & ~3;
    const own = values + (i << 3);
    if (least == 0) squaresFrom(values, stride, width, own, stride << 3, first, count, far);
    else productsFrom(values, stride, width, least, own, first, count, far);
    const a = load<u32>(points + (i << 2));
    for (let j = i + 1; j < count; j++) {
      const between = load<f64>(far + (j << 3));
      const b = load<u32>(points + (j << 2));
      if (between < load<f64>(limits + (j << 3))) store<f64>(limits + (j << 3), keep(kept, apart, rows, b, a, between));
      if (j < others && between < load<f64>(limits + (i << 3)))
        store<f64>(limits + (i << 3), keep(kept, apart, rows, a, b, between));
    }
  }
}

/** Nobody is kept twice. Returns how far the last one is that the point keeps. */
function keep(kept: usize, apart: usize, rows: usize, point: u32, other: u32, between: f64): f64 {
  const numbers = apart + ((<usize>point * kept) << 3);
  const names = rows + ((<usize>point * kept) << 2);
  const last = numbers + ((kept - 1) << 3);
  for (let place: usize = 0; place < kept; place++) if (load<u32>(names + (place << 2)) == other) return load<f64>(last);
  let place = kept - 1;
  while (place > 0 && load<f64>(numbers + ((place - 1) << 3)) > between) {
    store<f64>(numbers + (place << 3), load<f64>(numbers + ((place - 1) << 3)));
    store<u32>(names + (place << 2), load<u32>(names + ((place - 1) << 2)));
    place--;
  }
  store<f64>(numbers + (place << 3), between);
  store<u32>(names + (place << 2), other);
  return load<f64>(last);
}
