import { MONTH_NUMBERS } from "../core/month-names.ts";
import type { PeriodFormat } from "../core/written-period.ts";
import { literal } from "./session.ts";

/** What `parsePeriod` gives of a trimmed text, as TIMESTAMP or NULL. */
export function periodSql(trimmed: string, { period, pattern, yearFirst, named }: PeriodFormat): string {
  const part = (place: number) => `regexp_extract(${trimmed}, ${literal(`^${pattern}$`)}, ${place})`;
  const year = `TRY_CAST(${part(yearFirst ? 1 : 2)} AS INTEGER)`;
  const text = part(yearFirst ? 2 : 1);
  const number = named ? monthSql(text) : `TRY_CAST(${text} AS INTEGER)`;
  if (period !== "week") return `CAST(make_date(${year}, ${period === "month" ? number : `3 * ${number} - 2`}, 1) AS TIMESTAMP)`;
  const monday = `(date_trunc('week', make_date(${year}, 1, 4)) + to_days(7 * (${number} - 1)))`;
  return `CASE WHEN year(${monday} + to_days(3)) = ${year} THEN CAST(${monday} AS TIMESTAMP) END`;
}

function monthSql(text: string): string {
  const names = [...MONTH_NUMBERS];
  const list = (items: readonly (string | number)[]) => `[${items.join(", ")}]`;
  return `${list(names.map(([, month]) => month))}[list_position(${list(names.map(([name]) => literal(name)))}, ${text})]`;
}
