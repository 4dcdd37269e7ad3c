import { CURRENCIES, TIME_UNITS, UNITS } from "./semantic-words.ts";

/** What the spelling of a cell says, with its unit where it writes one. */
export interface Written {
  readonly type: "mail" | "url" | "phone" | "geo" | "money" | "duration" | "quantity" | "date";
  readonly unit: string | null;
}

const SIGNS: Readonly<Record<string, string>> = {
  "€": "EUR",
  $: "USD",
  "£": "GBP",
  "¥": "JPY",
  "₹": "INR",
  "₽": "RUB",
  "₩": "KRW",
  "₺": "TRY",
};
const NUMBER = String.raw`[-+]?\d[\d.,' \u00A0]*`;
const CURRENCY = `${Object.keys(SIGNS)
  .map((sign) => `\\${sign}`)
  .join("|")}|${CURRENCIES.join("|")}`;
const MONEY = new RegExp(`^(?:(${CURRENCY})\\s*${NUMBER}|${NUMBER}(${CURRENCY}))$`, "i");
const MEASURED = new RegExp(`^${NUMBER}(%|°?[a-zA-Z]{1,12}[23²³]?)$`);
const CLOCK = /^(\d{1,4}):[0-5]\d(:[0-5]\d([.,]\d+)?)?$/;
const ISO_DURATION = /^-?P(?=.)(\d+([.,]\d+)?[YMWD])*(T(\d+([.,]\d+)?[HMS])+)?$/;
const PAIR = /^\(?\s*(-?\d{1,3}\.\d{2,})\s*[,; ]\s*(-?\d{1,3}\.\d{2,})\s*\)?$/;
const SHAPE = /^(SRID=\d+;)?(MULTI)?(POINT|LINESTRING|POLYGON)\s*Z?\s*\(/i;

/** Null when the spelling alone says nothing. A time of the day is a date, unless an hour goes beyond the day. */
export function writtenAs(text: string): Written | null {
  const cell = text.trim();
  if (/^[^\s@]{1,64}@[^\s@]+\.[a-z]{2,}$/i.test(cell)) return { type: "mail", unit: null };
  if (/^((https?|ftp):\/\/|www\.)[^\s]+$/i.test(cell)) return { type: "url", unit: null };
  if (isPhone(cell)) return { type: "phone", unit: null };
  if (isPlace(cell)) return { type: "geo", unit: null };
  const clock = CLOCK.exec(cell);
  if (clock !== null) return Number(clock[1]) > 24 ? { type: "duration", unit: "h" } : { type: "date", unit: "time of day" };
  if (ISO_DURATION.test(cell)) return { type: "duration", unit: "ISO 8601" };
  const money = MONEY.exec(cell);
  const sign = money?.[1] ?? money?.[2];
  if (sign !== undefined) return { type: "money", unit: SIGNS[sign] ?? sign.toUpperCase() };
  const unit = MEASURED.exec(cell)?.[1];
  return unit === undefined ? null : measured(unit);
}

/** An international number, or one with its area in parentheses or parted as in North America. */
function isPhone(cell: string): boolean {
  return /^(\+|00)\d[\d\s()./-]{7,18}$/.test(cell) || /^\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}$/.test(cell);
}

/** Digits in groups, as phone numbers are written at home: only a name tells them from other numbers. */
export function couldBePhone(text: string): boolean {
  const digits = text.replace(/\D/g, "").length;
  return /^[+(]?\d[\d\s()./-]*$/.test(text.trim()) && digits >= 6 && digits <= 15;
}

/** Latitude and longitude, or well-known text. */
function isPlace(cell: string): boolean {
  if (SHAPE.test(cell)) return true;
  const pair = PAIR.exec(cell);
  return pair !== null && Math.abs(Number(pair[1])) <= 90 && Math.abs(Number(pair[2])) <= 180;
}

function measured(unit: string): Written | null {
  if (unit === "%") return { type: "quantity", unit: "%" };
  const plain = unit.toLowerCase().replace("°", "").replace("²", "2").replace("³", "3");
  const time = timeUnit(plain);
  if (time !== null) return { type: "duration", unit: time };
  return UNITS.includes(plain) ? { type: "quantity", unit } : null;
}

export function timeUnit(word: string): string | null {
  return Object.entries(TIME_UNITS).find(([, spellings]) => spellings.includes(word))?.[0] ?? null;
}
