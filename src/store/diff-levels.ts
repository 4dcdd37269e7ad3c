import type { LevelsChanged } from "../core/table-diff.ts";
import type { Session } from "./session.ts";

const MOST_LEVELS = 10;

/** How the cells of a category moved in matched rows with a value on both sides; from: these rows, x and y with the place its two columns. null when none did. */
export async function levelsChanged(session: Session, from: string, place: number): Promise<LevelsChanged | null> {
  const [x, y] = [`x${place}`, `y${place}`];
  const pairs = `SELECT ${x} AS x, ${y} AS y, count(*) AS n FROM ${from} WHERE ${x} IS NOT NULL AND ${y} IS NOT NULL GROUP BY ALL`;
  const sides = [
    "SELECT x AS level, n AS before, 0 AS after, 0 AS came, if(x <> y, n, 0) AS went FROM pairs_of",
    "SELECT y, 0, n, if(x <> y, n, 0), 0 FROM pairs_of",
  ].join(" UNION ALL ");
  const sums = ["before", "after", "came", "went"].map((name) => `sum(${name}) AS ${name}`).join(", ");
  const rows = await session.rows(
    `WITH pairs_of AS (${pairs}), moved AS (SELECT level, ${sums} FROM (${sides}) GROUP BY level HAVING sum(came) + sum(went) > 0) SELECT level, before, after, came, went, count(*) OVER (), sum(abs(came - went)) OVER (), sum(came) OVER () FROM moved ORDER BY abs(came - went) / sqrt(came + went) DESC, level LIMIT ${MOST_LEVELS}`,
  );
  const [first] = rows;
  if (first === undefined) return null;
  const most = rows.map(([level, before, after, came, went]) => ({
    level: String(level),
    before: Number(before),
    after: Number(after),
    came: Number(came),
    went: Number(went),
  }));
  return { count: Number(first[5]), net: Number(first[6]) / 2, cells: Number(first[7]), most };
}
