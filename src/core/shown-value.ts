const DAY_MS = 86_400_000;
/** Whole days from 1966 back and from 1973 on; nearer to 1970 a number may as well be an amount. */
const LEAST_MS = 1e11;
/** 0001-01-01 to 9999-12-31. */
const [FIRST_MS, LAST_MS] = [-62_135_596_800_000, 253_402_214_400_000];

/** A value of a step in words: a date, which is kept in milliseconds, as the day that it is. isDate: the step says that it is one. */
export function shownValue(value: string | number | boolean, isDate = false): string {
  if (isDate && typeof value === "number") return new Date(value).toISOString().slice(0, 10);
  const isDay = typeof value === "number" && value % DAY_MS === 0 && Math.abs(value) >= LEAST_MS && value >= FIRST_MS && value <= LAST_MS;
  return isDay ? new Date(value).toISOString().slice(0, 10) : JSON.stringify(value);
}
