const DAY_FIRST = /%d(.)%m\1(%[Yy])/;
const MONTH_FIRST = /%m(.)%d\1(%[Yy])/;
const DATE = /%[Yy].*%[mb].*%d|%d.*%[mb].*%[Yy]|%[mb].*%d.*%[Yy]/;

const YEAR_FIRST = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d"];
/** ISO 8601 in UTC and as pandas, JavaScript, Python and SQL write it. */
const ISO_TIMES = ["T%H:%M:%S", " %H:%M:%S", "T%H:%M", " %H:%M", "T%H:%M:%SZ", "T%H:%M:%S.%f", " %H:%M:%S.%f", "T%H:%M:%S.%fZ"].concat([
  "T%H:%M:%S+00:00",
  " %H:%M:%S+00:00",
]);
const PLAIN_TIMES = ["", " %H:%M:%S", " %H:%M"];
const SEPARATORS = ["-", "/", "."];

/**
 * Formats in which new rows may write the dates that training wrote in these, read without doubt: the year first, and where training tells whether day or
 * month comes first, that order with other marks between. None where the formats write less than a day, or times alone.
 */
export function furtherFormats(formats: readonly string[]): readonly string[] {
  if (formats.length === 0 || !formats.every((format) => DATE.test(format))) return [];
  const yearFirst = [...YEAR_FIRST, ...ISO_TIMES.map((time) => `%Y-%m-%d${time}`), "%Y/%m/%d %H:%M:%S"];
  return [...new Set([...yearFirst, ...sameOrder(formats)])].filter((format) => !formats.includes(format));
}

/** Where training has both orders, no mark but its own tells which one is meant. */
function sameOrder(formats: readonly string[]): string[] {
  const yearsOf = (order: RegExp) => new Set(formats.flatMap((format) => order.exec(format)?.[2] ?? []));
  const [dayFirst, monthFirst] = [yearsOf(DAY_FIRST), yearsOf(MONTH_FIRST)];
  if (dayFirst.size > 0 === monthFirst.size > 0) return [];
  const [first, second] = dayFirst.size > 0 ? ["%d", "%m"] : ["%m", "%d"];
  return [...dayFirst, ...monthFirst].flatMap((year) =>
    SEPARATORS.flatMap((mark) => PLAIN_TIMES.map((time) => `${first}${mark}${second}${mark}${year}${time}`)),
  );
}
