import type { Suspicion } from "../../core/finding.ts";
import { float64From } from "../../core/typed-from.ts";
import { parseDate } from "../../recipe/index.ts";
import { wilson } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import type { LevelColumn, NumberColumn } from "../columns/counts.ts";
import { DAY_MS, featuresOf, infoOf, levelFeatures, numberFeatures } from "../columns/features.ts";
import { rowNumberings } from "../columns/row-order.ts";
import { counted, namedColumns, percent } from "../findings/phrase.ts";
import { textDatesOf } from "../values/date-columns.ts";
import { elapsedColumns } from "../values/elapsed-columns.ts";
import { calendarKinds, calendarParts, monthCounts } from "./calendar-parts.ts";
import type { ColumnIdentity } from "./column-identities.ts";
import { type CountedFrom, countedFrom } from "./counted-from.ts";
import { saysNothingNew } from "./derived-said.ts";

/** Fewer different values are in one order with a date by chance. */
const LEAST_DISTINCT = 10;
/** A length that two dates give in so many rows is made of them: other lengths would fit in few rows. */
const MOSTLY_ELAPSED = 0.95;
/** Of the different texts, so many are months. */
const NEARLY_ALL = 0.9;

/** Milliseconds of the dates that are still text; null of other names. */
function textMoments(context: AuditContext, column: LevelColumn): NumberColumn | null {
  const found = textDatesOf(context, column);
  if (found === null) return null;
  const read = column.levels.map((level) => parseDate(level, found.formats));
  return { name: column.name, type: "number", values: float64From(column.codes, (code) => read[code] ?? Number.NaN) };
}

/** Of "1949-02", which may as well be a season: the time between two tells. */
function monthsOf({ name, codes, levels }: LevelColumn): NumberColumn | null {
  const read = levels.map((level) => parseDate(level, ["%Y-%m"]));
  const isOfMonths = read.filter(Number.isNaN).length <= (1 - NEARLY_ALL) * read.length;
  return isOfMonths ? { name, type: "number", values: float64From(codes, (code) => read[code] ?? Number.NaN) } : null;
}

/** The dates of the table, read or still text, and whole numbers that are parts of them; months that a year and a month make. */
export function ofCalendar(context: AuditContext): readonly Suspicion[] {
  const { roles } = context;
  // A year that orders the rows and a count of months that numbers them are no features, but a plain numbering of the rows is no count of months.
  const counted = new Set([roles.target, ...rowNumberings(context).flatMap(({ name, key }) => (key ? [name] : []))]);
  const offered = new Set([...roles.features, ...roles.ids, roles.time].filter((name) => name !== null && !counted.has(name)));
  const numbers = context.frame.columns.filter(
    (column): column is NumberColumn => column.type === "number" && offered.has(column.name) && infoOf(context, column.name).integer,
  );
  const dates = context.frame.columns.flatMap((column) => {
    if ("values" in column) return column.type === "date" ? [column] : [];
    return textMoments(context, column) ?? [];
  });
  const parts = [...calendarParts(dates, numbers), ...monthCounts(numbers)];
  const open = numbers.filter(({ name }) => !parts.some(({ column }) => column === name));
  const days = dates.map((date) => ({ ...date, type: "number" as const, values: date.values.map((ms) => ms / DAY_MS) }));
  const left = featuresOf(context).filter(({ name }) => !parts.some(({ column }) => column === name));
  return [
    ...countedFrom(days, open).map(counts),
    ...[...parts, ...calendarKinds(dates, left)].map(({ part, column, of, compared, held, isKind }) => {
      const what =
        part === "months"
          ? `counts the months of ${namedColumns(of)}`
          : `${isKind === true ? "follows from the" : "is the"} ${part} of ${namedColumns(of)}`;
      const said = {
        confidence: wilson(held, compared, 0.95).low,
        evidence: { kind: "calendar", part, comparedRows: compared, exactRows: held },
        why: `\`${column}\` ${what} in ${percent(held / compared)} of the rows: it tells nothing that ${of.length === 1 ? "it does" : "they do"} not.`,
      };
      return saysNothingNew(
        [column, ...of],
        said,
        `Keep either \`${column}\` or ${namedColumns(of)} where a model is to be explained; trees need nothing.`,
      );
    }),
  ];
}

function counts({ number, date, unit, compared, held }: CountedFrom): Suspicion {
  const said = {
    confidence: wilson(held, compared, 0.95).low,
    evidence: { kind: "counted-from", unit, comparedRows: compared, exactRows: held },
    why: `\`${number.name}\` counts the ${unit} of \`${date}\` from a day on in ${percent(held / compared)} of the rows: it tells nothing that it does not.`,
  };
  return saysNothingNew([number.name, date], said, `Keep either \`${number.name}\` or \`${date}\` where a model is to be explained.`);
}

/** Ages and lengths that two dates give; what a plain difference of days gives is told already. */
export function elapsed(context: AuditContext, read: readonly NumberColumn[], told: readonly ColumnIdentity[]): readonly Suspicion[] {
  const texts = levelFeatures(context).flatMap((column) => textMoments(context, column) ?? monthsOf(column) ?? []);
  const days = [...read, ...texts.map((one) => ({ ...one, values: one.values.map((ms) => ms / DAY_MS) }))];
  if (days.length < 2) return [];
  const numbers = numberFeatures(context).filter(({ name }) => infoOf(context, name).distinct >= LEAST_DISTINCT);
  return elapsedColumns(days, numbers, MOSTLY_ELAPSED)
    .filter(({ number, from }) => !told.some(({ whole, parts }) => [whole, ...parts].includes(number) && [whole, ...parts].includes(from)))
    .map(({ number, from, to, unit, compared, held }) => {
      const said = {
        confidence: wilson(held, compared, 0.95).low,
        evidence: { kind: "elapsed", unit, comparedRows: compared, exactRows: held },
        why: `\`${number.name}\` is the time from \`${from.name}\` to \`${to.name}\` in ${unit} in ${percent(held / compared)} of the rows: it tells nothing that they do not.${held === compared ? "" : ` Look at the other ${counted(compared - held, "row")} for slips.`}`,
      };
      return saysNothingNew(
        [number.name, from.name, to.name],
        said,
        `Keep either \`${number.name}\` or both dates where a model is to be explained; trees are helped by the time rather than by the dates.`,
      );
    });
}
