import { expect } from "vitest";

/** Equal within a relative tolerance; numbers below `floor` are compared absolutely. */
export function near(got: number, want: number, tolerance = 1e-12, floor = 1e-300): void {
  expect(Math.abs(got - want) / Math.max(Math.abs(want), floor), `got ${got}, want ${want}`).toBeLessThanOrEqual(tolerance);
}

export function allNear(got: ArrayLike<number>, want: ArrayLike<number>, tolerance = 1e-12): void {
  expect(got.length).toBe(want.length);
  for (let i = 0; i < want.length; i++) near(got[i]!, want[i]!, tolerance, 1);
}
