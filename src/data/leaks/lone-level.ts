import { tTwoSidedP, wilson } from "../../stats/index.ts";

/** Rows of a level, and those of one class among them. */
export interface LevelRate {
  readonly rows: number;
  readonly own: number;
}

/** Levels beside the lone one from which the spread of levels is known at all. */
const LEAST_OTHERS = 3;

/**
 * Chance that a level's rate of one class is one more of those of the other levels, if log odds of levels are spread as a normal: Student's t of the distance from their mean, by their standard
 * deviation, in which the luck of their rows is contained, and by the doubt about their mean (a prediction interval). The lone level counts with the end of its 90 % interval (Wilson) that
 * lies nearer to the others. 1: on neither side, or too few others.
 */
export function loneLevelP(one: LevelRate, others: readonly LevelRate[]): number {
  if (others.length < LEAST_OTHERS) return 1;
  const odds = others.map(({ rows, own }) => Math.log((own + 0.5) / (rows - own + 0.5)));
  const mean = odds.reduce((sum, value) => sum + value, 0) / odds.length;
  const variance = odds.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (odds.length - 1);
  const { low, high } = wilson(one.own, one.rows, 0.9);
  const [lowest, highest] = [Math.log(low / (1 - low)), Math.log(high / (1 - high))];
  const distance = lowest > mean ? lowest - mean : highest < mean ? mean - highest : 0;
  if (distance === 0) return 1;
  return variance === 0 ? 0 : tTwoSidedP(distance / Math.sqrt(variance * (1 + 1 / odds.length)), odds.length - 1);
}
