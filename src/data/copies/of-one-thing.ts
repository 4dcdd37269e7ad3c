import type { AuditContext } from "../check.ts";
import { valueAt } from "../columns/column-facts.ts";
import { GAPS } from "./lone-neighbours.ts";
import type { Nearest } from "./nearest-points.ts";
import { isKeyByName, type RankSpace } from "./rank-space.ts";

/** Share of the pairs that have one number of a thing: these are its rows, and judging by the thing is the matter of group-leak. */
const OF_ONE = 0.5;

/** Whether a thing of few rows is why points are lone neighbours. Of a lot of a hundred rows all are alike: that one of them is far nearer than the next ones is not the lot's doing. */
export function areOfOneThing({ frame }: AuditContext, { places }: RankSpace, nearest: Nearest, points: Int32Array): boolean {
  const row = (point: number) => places[point] ?? 0;
  return frame.columns.filter(isKeyByName).some((key) => {
    const rows = new Map<number, number>();
    for (const place of places) rows.set(valueAt(key, place), (rows.get(valueAt(key, place)) ?? 0) + 1);
    const same = points.filter((point) => {
      const thing = valueAt(key, row(point));
      return (rows.get(thing) ?? 0) <= GAPS && thing === valueAt(key, row(nearest.rows[point * nearest.kept] ?? point));
    });
    return same.length >= OF_ONE * points.length;
  });
}
