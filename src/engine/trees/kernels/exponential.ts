const MAGIC = 6755399441055744;
const { LOG2E } = Math;
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
/** 1 / i!, from 1 / 10! down to 1. */
const TAYLOR = [
  2.755731922398589e-7, 0.0000027557319223985893, 0.0000248015873015873, 0.0001984126984126984, 0.001388888888888889, 0.008333333333333333,
  0.041666666666666664, 0.16666666666666666, 0.5, 1, 1,
] as const;

const power = new Float64Array(1);
const words = new Int32Array(power.buffer);

/**
 * e^x for x in [-700, 700], relative error below 3e-13: 2^k times a Taylor polynomial on [-ln 2 / 2, ln 2 / 2] (Cody and Waite). The same operations as
 * in src/engine/assembly/_gradients.ts, so the same bits; Math.exp may differ from machine to machine.
 */
export function exponential(x: number): number {
  const k = x * LOG2E + MAGIC - MAGIC;
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  let p: number = TAYLOR[0];
  for (let i = 1; i < TAYLOR.length; i++) p = p * r + TAYLOR[i]!;
  words[0] = 0;
  words[1] = (k + 1023) << 20;
  return p * power[0]!;
}
