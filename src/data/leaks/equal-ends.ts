import type { Column } from "../../core/column.ts";
import { twoProportionZ } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { columnsNamed } from "../columns/column-facts.ts";
import { viewOf } from "../signal/associations.ts";
import { mayBeFollowed } from "../signal/named-after.ts";

/** Two lengths that are the same in all rows of one class: the times until two outcomes, both cut off by the end of the study where neither came. */
export interface EqualEnds {
  readonly columns: readonly [string, string];
  readonly classIndex: number;
  /** Share of the rows of that class in which the two are equal, and of the others. */
  readonly equal: number;
  readonly equalElsewhere: number;
}

const MOST_COLUMNS = 12;
const LEAST_ROWS = 20;
const ALWAYS = 0.99;
const ELSEWHERE = 0.9;
const BY_CHANCE = 1e-4;

/** Pairs of columns whose names say how long and nothing of what. Once per audit. */
export function equalEnds(context: AuditContext): readonly EqualEnds[] {
  return context.shared("equal ends", () => {
    if (context.task.kind === "regression") return [];
    const columns = columnsNamed(context.frame, context.roles.features)
      .filter(({ name }) => mayBeFollowed(context, name))
      .slice(0, MOST_COLUMNS);
    const pairs = columns.flatMap((a, i) => columns.slice(i + 1).map((b) => [a, b] as const));
    return pairs.flatMap(([a, b]) => equalIn(context, a, b, pairs.length) ?? []);
  });
}

function equalIn(context: AuditContext, a: Column, b: Column, pairs: number): EqualEnds | null {
  if (!("values" in a && "values" in b) || context.task.kind === "regression") return null;
  const counts = context.task.classes.map(() => ({ rows: 0, same: 0 }));
  for (const row of viewOf(context).rows) {
    const [x, y] = [a.values[row] ?? Number.NaN, b.values[row] ?? Number.NaN];
    const own = counts[context.target[row] ?? -1];
    if (own === undefined || Number.isNaN(x) || Number.isNaN(y)) continue;
    own.rows++;
    own.same += Number(x === y);
  }
  const [rows, same] = counts.reduce(([n, m], one) => [n + one.rows, m + one.same], [0, 0]);
  for (const [classIndex, own] of counts.entries()) {
    const others = { rows: rows - own.rows, same: same - own.same };
    if (Math.min(own.rows, others.rows) < LEAST_ROWS || own.same < ALWAYS * own.rows || others.same > ELSEWHERE * others.rows) continue;
    if (twoProportionZ(own.same, own.rows, others.same, others.rows).p * pairs * counts.length > BY_CHANCE) continue;
    return { columns: [a.name, b.name], classIndex, equal: own.same / own.rows, equalElsewhere: others.same / others.rows };
  }
  return null;
}
