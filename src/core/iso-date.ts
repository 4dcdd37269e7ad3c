const TIME = "([01][0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9])(?:\\.([0-9]{1,9}))?)?";
const ZONE = "(Z|[+-](?:[01][0-9]|2[0-3]):?[0-5][0-9])?";
const AFTER_YEAR = `-([0-9]{2})-([0-9]{2})(?:[T ]${TIME}${ZONE})?`;

/** ISO 8601 dates, alone or with a time, blanks around allowed, of the years 0 to 9999. RE2 and JavaScript agree on it. */
export const ISO_DATE_PATTERN = `[ \\t]*([0-9]{4})${AFTER_YEAR}[ \\t]*`;

/** Years beyond have a sign and six digits, as JavaScript writes them. */
const ISO = new RegExp(`^[ \\t]*([0-9]{4}|[+-][0-9]{6})${AFTER_YEAR}[ \\t]*$`);

/** Milliseconds since 1970 UTC of an ISO 8601 date or date and time; without a zone it is UTC. NaN for anything else, and for 30 February. */
export function parseIsoDate(text: string): number {
  const match = ISO.exec(text);
  if (match === null) return Number.NaN;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map((part) => Number(part ?? 0));
  const fraction = Number((match[7] ?? "").padEnd(3, "0").slice(0, 3));
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return Number.NaN;
  return date.getTime() + ((hour * 60 + minute) * 60 + second) * 1000 + fraction - zoneMs(match[8] ?? "Z");
}

function zoneMs(zone: string): number {
  if (zone === "Z") return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone.startsWith("-") ? -minutes : minutes) * 60_000;
}
