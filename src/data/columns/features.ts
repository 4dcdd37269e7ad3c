import type { Column } from "../../core/column.ts";
import type { ColumnInfo } from "../../core/dataset.ts";
import type { AuditContext } from "../check.ts";
import type { LevelColumn, NumberColumn } from "./counts.ts";

export const DAY_MS = 86_400_000;

/** Columns a model would see, in the order of the table. */
export function featuresOf(context: AuditContext): readonly Column[] {
  return context.shared("features", () => {
    const names = new Set(context.roles.features);
    return context.frame.columns.filter(({ name }) => names.has(name));
  });
}

export function numberFeatures(context: AuditContext): readonly NumberColumn[] {
  return featuresOf(context).filter((column): column is NumberColumn => column.type === "number");
}

/** Dates as numbers of days since 1970: a time between two dates is a difference of them. */
export function dayFeatures(context: AuditContext): readonly NumberColumn[] {
  return featuresOf(context).flatMap((column): NumberColumn[] =>
    column.type === "date" && "values" in column ? [{ ...column, type: "number", values: column.values.map((ms) => ms / DAY_MS) }] : [],
  );
}

export function levelFeatures(context: AuditContext): readonly LevelColumn[] {
  return featuresOf(context).filter((column): column is LevelColumn => "codes" in column);
}

/** Names among the features, and keys: what these hold is known before they are read. */
export function offeredLevels({ frame, roles }: AuditContext): readonly LevelColumn[] {
  const offered = new Set([...roles.features, ...roles.ids]);
  return frame.columns.filter((column): column is LevelColumn => offered.has(column.name) && "codes" in column);
}

/** What the store counted over the whole table. */
export function infoOf(context: AuditContext, name: string): ColumnInfo {
  const infos = context.shared("infos", () => new Map(context.dataset.columns.map((info) => [info.name, info])));
  const info = infos.get(name);
  if (info === undefined) throw new RangeError(`no column "${name}" in the dataset`);
  return info;
}
