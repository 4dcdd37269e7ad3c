import { float64From, int32From, int32Where, placesUpTo } from "../../core/typed-from.ts";
import { ascendingOrder } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import type { NumberColumn } from "../columns/counts.ts";
import { type RowOrder, rowOrderOf } from "../columns/row-order.ts";
import { groupKeys } from "../split/group-keys.ts";

const MOST_DATES = 3;

/** The order of the rows, and that of each date by which they can stand in another one. */
export function ordersOf(context: AuditContext): readonly Pick<RowOrder, "rows" | "by">[] {
  const { frame, target } = context;
  const first = rowOrderOf(context);
  const dates = frame.columns
    .filter((column): column is NumberColumn => column.type === "date" && column.name !== first.by)
    .slice(0, MOST_DATES);
  const labelled = int32Where(placesUpTo(frame.rows), (row) => !Number.isNaN(target[row]));
  const others = dates.map((date) => {
    const dated = int32Where(labelled, (row) => !Number.isNaN(date.values[row]));
    const order = ascendingOrder(float64From(dated, (row) => date.values[row] ?? 0));
    return { by: date.name, rows: int32From(order, (place) => dated[place] ?? 0) };
  });
  return [first, ...others];
}

/** Columns within whose values rows follow each other: the group, and keys of things by the whole of their values, surest first. */
export function namesOfThings(context: AuditContext): readonly string[] {
  const { group } = context.roles;
  const keys = groupKeys(context).flatMap(({ column, cut }) => (cut === null ? [column] : []));
  return [...new Set([...(group === null ? [] : [group]), ...keys])];
}
