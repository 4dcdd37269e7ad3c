import type { Column } from "../../core/column.ts";
import { binomialCdf, binomialUpperTail } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { textAt, valueAt } from "../columns/column-facts.ts";
import { viewOf } from "../signal/associations.ts";
import { type LevelRate, loneLevelP } from "./lone-level.ts";

/** One source whose share of a class is none of those of the others. */
export interface LoneSite {
  readonly text: string;
  readonly classIndex: number;
  readonly one: LevelRate;
  /** Shares of the class in the others. */
  readonly least: number;
  readonly most: number;
  readonly others: number;
  /** Over all levels, classes and columns: that it is one more of the spread of the others. */
  readonly p: number;
}

/** Rows of a level from which its rate says anything. */
export const LEAST_SITE_ROWS = 50;
/** Other levels from which they agree. */
const LEAST_OTHERS = 3;
/** Chance that it is one of the spread of the others, and chance that it is no other than all of them together, over all looks. */
const [OF_SPREAD, OF_ONE_RATE] = [0.05, 0.001];

interface Level {
  readonly text: string;
  readonly rows: number;
  readonly labels: Float64Array;
}

/** Sources honestly differ, but as their kind does: one of them far off all others, which agree, has its labels made or its rows chosen in another way. `columns`: sources that are looked at. */
export function loneSite(context: AuditContext, column: Column, columns: number): LoneSite | null {
  if (context.task.kind === "regression") return null;
  const classes = context.task.classes.length;
  const levels = levelsOf(context, column, classes).filter(({ rows }) => rows >= LEAST_SITE_ROWS);
  const looks = levels.length * columns * Math.max(1, classes - 1);
  let best: LoneSite | null = null;
  for (let classIndex = 0; classIndex < classes; classIndex++) {
    const rates = levels.map(({ rows, labels }) => ({ rows, own: labels[classIndex] ?? 0 }));
    for (const [place, { text }] of levels.entries()) {
      const others = rates.filter((_, other) => other !== place);
      const one = rates[place] as LevelRate;
      if (others.length < LEAST_OTHERS) continue;
      if (chanceOf(one, others) * looks >= OF_ONE_RATE) continue;
      const p = loneLevelP(one, others) * looks;
      if (p >= (best?.p ?? OF_SPREAD)) continue;
      const shares = others.map((other) => other.own / other.rows);
      best = { text, classIndex, one, least: Math.min(...shares), most: Math.max(...shares), others: others.length, p };
    }
  }
  return best;
}

/** Two-sided, at the rate of all others together, with one row more of each kind. */
function chanceOf({ rows, own }: LevelRate, others: readonly LevelRate[]): number {
  const sum = (of: (rate: LevelRate) => number) => others.reduce((total, rate) => total + of(rate), 0);
  const rate = (sum((other) => other.own) + 1) / (sum((other) => other.rows) + 2);
  return 2 * Math.min(binomialUpperTail(own, rows, rate), binomialCdf(own, rows, rate));
}

function levelsOf(context: AuditContext, column: Column, classes: number): readonly Level[] {
  const levels = new Map<number, { text: string; rows: number; labels: Float64Array }>();
  for (const row of viewOf(context).rows) {
    const [value, label] = [valueAt(column, row), context.target[row] ?? 0];
    if (Number.isNaN(value)) continue;
    const level = levels.get(value) ?? { text: textAt(column, row) ?? "", rows: 0, labels: new Float64Array(classes) };
    levels.set(value, level);
    level.rows++;
    level.labels[label] = (level.labels[label] ?? 0) + 1;
  }
  return [...levels.values()];
}
