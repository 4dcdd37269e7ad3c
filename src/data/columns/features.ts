import type { Column } from "../../core/column.ts";
import type { ColumnInfo } from "../../core/dataset.ts";
import type { AuditContext } from "../check.ts";
import type { LevelColumn, NumberColumn } from "./counts.ts";

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

export function levelFeatures(context: AuditContext): readonly LevelColumn[] {
  return featuresOf(context).filter((column): column is LevelColumn => "codes" in column);
}

/** What the store counted over the whole table. */
export function infoOf(context: AuditContext, name: string): ColumnInfo {
  const infos = context.shared("infos", () => new Map(context.dataset.columns.map((info) => [info.name, info])));
  const info = infos.get(name);
  if (info === undefined) throw new RangeError(`no column "${name}" in the dataset`);
  return info;
}
