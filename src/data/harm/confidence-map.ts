/** log odds of being real = intercept + slope x log odds of the strength + the offset of the trap (0 where none stands here). */
export const CONFIDENCE_MAP: { readonly intercept: number; readonly slope: number; readonly offsets: Readonly<Record<string, number>> } = {
  intercept: 0,
  slope: 1,
  offsets: {},
};
