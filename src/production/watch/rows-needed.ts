import { binomialUpperTail, normalQuantile } from "../../stats/index.ts";

/** Of ten windows with the drift, eight show it: the usual convention (Cohen 1988). */
export const POWER = 0.8;

/** Beyond this the answer is only "many". */
const MOST_ROWS = 1e7;

/**
 * Rows at which a one-sided test at `level` finds, with probability POWER, a distance that drift raises by `least`. `sd` is that of the distance without
 * drift in windows of `window` rows; it is taken to fall with the root of the rows, to be the same with drift, and the distance to be about normal.
 */
export function rowsForDistance({ sd, window, least, level }: { sd: number; window: number; least: number; level: number }): number {
  const reach = normalQuantile(1 - level) + normalQuantile(POWER);
  return Math.min(MOST_ROWS, Math.ceil(window * ((reach * sd) / least) ** 2));
}

/** Rows at which the exact binomial test at `level` finds, with probability POWER, that a known share has risen by `least`. */
export function rowsForShare({ before, least, level }: { before: number; least: number; level: number }): number {
  const after = Math.min(1, before + least);
  const has = (rows: number) => binomialUpperTail(criticalCount(rows, before, level), rows, after) >= POWER;
  let enough = 1;
  while (!has(enough) && enough < MOST_ROWS) enough *= 2;
  let short = Math.floor(enough / 2);
  while (enough - short > 1) {
    const middle = (short + enough) >> 1;
    if (has(middle)) enough = middle;
    else short = middle;
  }
  return enough;
}

/** Least count that the share without drift reaches with at most the probability `level`. */
function criticalCount(rows: number, share: number, level: number): number {
  let [low, high] = [0, rows + 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (tail(middle, rows, share) <= level) high = middle;
    else low = middle;
  }
  return high;
}

function tail(count: number, rows: number, share: number): number {
  return share <= 0 ? Number(count <= 0) : share >= 1 ? 1 : binomialUpperTail(count, rows, share);
}
