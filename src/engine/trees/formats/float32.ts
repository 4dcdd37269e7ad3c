const bits = new DataView(new ArrayBuffer(8));

/**
 * The largest double x whose 32-bit rounding lies below t: `fround(x) < t` and `x <= largestBelow(t)` are the same test, so that a double
 * threshold stands for XGBoost's comparison of 32-bit numbers. t: a 32-bit number; for NaN gives NaN.
 */
export function largestBelow(t: number): number {
  if (Number.isNaN(t) || t === Number.NEGATIVE_INFINITY) return t;
  // Between the last 32-bit number below t and t itself; its rounding goes to the even one of the two.
  const middle = middleBelow(t);
  return Math.fround(middle) < t ? middle : previousDouble(middle);
}

function middleBelow(t: number): number {
  if (t !== Number.POSITIVE_INFINITY) return (previousFloat(t) + t) / 2;
  // Doubles from 2^128 - 2^103 on round to infinity.
  return 2 ** 128 - 2 ** 103;
}

/** Below -3.4e38 lies -2^128, as if the exponent went on. */
function previousFloat(t: number): number {
  bits.setFloat32(0, t === 0 ? 0 : t);
  const place = bits.getUint32(0);
  if (place === 0) return -(2 ** -149);
  bits.setUint32(0, t > 0 ? place - 1 : place + 1);
  const previous = bits.getFloat32(0);
  return previous === Number.NEGATIVE_INFINITY ? -(2 ** 128) : previous;
}

function previousDouble(x: number): number {
  bits.setFloat64(0, x);
  const place = bits.getBigUint64(0);
  bits.setBigUint64(0, x > 0 ? place - 1n : place + 1n);
  return bits.getFloat64(0);
}
