import { type Column, type Frame, isMissing } from "./column.ts";
import type { Random } from "./random.ts";

/** What happens by chance to this share of the cells: missing = emptied; unknown = a name that no table has, in columns of names only. */
export interface Spoiling {
  readonly kind: "missing" | "unknown";
  /** 0..1. */
  readonly share: number;
}

const UNKNOWN = "never seen before";

/** The frame with cells spoilt; each cell on its own. Cells that are missing stay so. */
export function spoilt(frame: Frame, { kind, share }: Spoiling, random: Random): Frame {
  const isHit = () => random.next() < share;
  return { ...frame, columns: frame.columns.map((column) => (kind === "missing" ? withHoles(column, isHit) : withUnknown(column, isHit))) };
}

/** The column, empty where `isHit` for the row. */
export function withHoles(column: Column, isHit: (row: number) => boolean): Column {
  if ("values" in column) return { ...column, values: column.values.map((value, row) => (isHit(row) ? Number.NaN : value)) };
  return { ...column, codes: column.codes.map((code, row) => (isHit(row) ? -1 : code)) };
}

function withUnknown(column: Column, isHit: (row: number) => boolean): Column {
  if ("values" in column) return column;
  const known = new Set(column.levels);
  let level = UNKNOWN;
  while (known.has(level)) level += "!";
  const code = column.levels.length;
  return {
    ...column,
    levels: [...column.levels, level],
    codes: column.codes.map((own, row) => (isHit(row) && !isMissing(column, row) ? code : own)),
  };
}
