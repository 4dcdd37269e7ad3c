import { aggregate } from "./aggregate.ts";
import { numberSql } from "./number-text.ts";
import type { Session } from "./session.ts";

/** Cells of a column that write a number, and those among them that begin with 0 and another digit. */
export interface ZeroLed {
  readonly numeric: number;
  readonly zeroLed: number;
  readonly shortest: number;
  readonly longest: number;
  /** Of the zero-led ones, those with a decimal mark. */
  readonly pointed: number;
  /** Characters before the decimal mark. */
  readonly whole: { readonly shortest: number; readonly longest: number };
}

export async function countZeroLed(
  session: Session,
  table: string,
  columns: readonly string[],
  rows: number,
  decimal: "." | ",",
): Promise<Map<string, ZeroLed>> {
  const counts = await aggregate(session, table, columns, rows, (name) => {
    const isNumber = `${numberSql(name, decimal)} IS NOT NULL`;
    const isZeroLed = `${isNumber} AND ${name} >= '00' AND ${name} < '0:'`;
    const extremes = (length: string) => ["min", "max"].map((end) => `coalesce(${end}(CASE WHEN ${isNumber} THEN ${length} END), 0)`);
    return [
      `count_if(${isNumber})`,
      `count_if(${isZeroLed})`,
      ...extremes(`strlen(${name})`),
      `count_if(${isZeroLed} AND contains(${name}, '${decimal}'))`,
      ...extremes(`strlen(split_part(${name}, '${decimal}', 1))`),
    ];
  });
  return new Map(
    [...counts].map(([name, row]) => {
      const [numeric = 0, zeroLed = 0, shortest = 0, longest = 0, pointed = 0, least = 0, most = 0] = row.map(Number);
      return [name, { numeric, zeroLed, shortest, longest, pointed, whole: { shortest: least, longest: most } }];
    }),
  );
}

/** Equally many digits before the decimal mark in every cell, filled up with zeros: classes of a scheme such as 004.678 beside 823.9 and 510, no measure. */
export function isPointedCode({ pointed, whole }: Pick<ZeroLed, "pointed" | "whole">): boolean {
  return pointed > 0 && whole.shortest === whole.longest;
}
