import { ordersOf } from "./date-order.ts";
import { parsePeriod, periodFormat } from "./written-period.ts";

/** What a strptime field of a file's dates takes; the file's own reader takes the same (`dateSql` of the store). */
const FIELDS: Readonly<Record<string, string>> = {
  d: "\\d{1,2}",
  m: "\\d{1,2}",
  b: "[A-Za-z]{3}",
  Y: "\\d{4}",
  y: "\\d{1,2}",
  H: "\\d{1,2}",
  I: "\\d{1,2}",
  M: "\\d{1,2}",
  S: "\\d{1,2}",
  f: "\\d{1,6}",
  p: "[AaPp][Mm]",
  z: "[+-]\\d{2}(?::?\\d{2})?",
};

const MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");

/** Years of two digits below this are of this century. */
const CENTURY = 69;

interface Reader {
  readonly whole: RegExp;
  readonly fields: readonly string[];
}

const readers = new Map<string, Reader>();

/**
 * Milliseconds since 1970 UTC of a date as a file with this strptime pattern writes it, of a week, month or quarter its first day; NaN for any other text, and for
 * 30 February.
 */
export function parseWrittenDate(text: string, format: string): number {
  for (const one of ordersOf(format)) {
    const ms = parseOne(text, one);
    if (!Number.isNaN(ms)) return ms;
  }
  return Number.NaN;
}

function parseOne(text: string, format: string): number {
  const period = periodFormat(format);
  if (period !== null) return parsePeriod(text, period);
  const { whole, fields } = readerOf(format);
  const match = whole.exec(text);
  if (match === null) return Number.NaN;
  const parts: Readonly<Record<string, string>> = Object.fromEntries(fields.map((field, place) => [field, match[place + 1] ?? ""]));
  const has = (field: string) => Number(parts[field] ?? 0);
  const month = parts.b === undefined ? has("m") : MONTHS.indexOf(parts.b.toLowerCase()) + 1;
  const hour = parts.I === undefined ? has("H") : hourOfHalf(has("I"), parts.p ?? "");
  if (!(hour < 24) || has("M") > 59 || has("S") > 59) return Number.NaN;
  const date = new Date(0);
  date.setUTCFullYear(parts.y === undefined ? has("Y") : has("y") + (has("y") < CENTURY ? 2000 : 1900), month - 1, has("d"));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== has("d")) return Number.NaN;
  const fraction = Number((parts.f ?? "").padEnd(3, "0").slice(0, 3));
  return date.getTime() + ((hour * 60 + has("M")) * 60 + has("S")) * 1000 + fraction - zoneMs(parts.z);
}

/** NaN for what no clock of twelve hours shows. */
function hourOfHalf(hour: number, half: string): number {
  if (hour < 1 || hour > 12) return Number.NaN;
  return (hour % 12) + (half.toLowerCase() === "pm" ? 12 : 0);
}

function zoneMs(zone: string | undefined): number {
  if (zone === undefined) return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3).replace(":", ""));
  return (zone.startsWith("-") ? -minutes : minutes) * 60_000;
}

function readerOf(format: string): Reader {
  const known = readers.get(format);
  if (known !== undefined) return known;
  const fields: string[] = [];
  const pattern = format.replace(/%([A-Za-z])|( +)|([^A-Za-z0-9 ])/g, (part, field: string | undefined, blanks: string | undefined) => {
    if (field === undefined) return blanks === undefined ? `\\${part}` : "\\s+";
    fields.push(field);
    return `(${FIELDS[field] ?? "(?!)"})`;
  });
  const made = { whole: new RegExp(`^[ \\t]*${pattern}[ \\t]*$`), fields };
  readers.set(format, made);
  return made;
}
