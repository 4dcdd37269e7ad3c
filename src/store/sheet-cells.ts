/** Where the table lies in a sheet. Columns are 0-based. */
export interface SheetBounds {
  readonly left: number;
  /** One after the last column. */
  readonly right: number;
  /** Rows of one cell above it. */
  readonly titles: number;
}

/** Excel keeps a time of the day as a fraction of its day 0, whose date is one of these; nobody means the date. */
const DAY_0 = ["1899-12-30", "1899-12-31", "1904-01-01"];

/** A cell as a CSV would write it. Dates have no zone; a time of the day has no date. */
export function sheetText(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (value instanceof Date) return dateText(value);
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : "";
  return String(value);
}

/** The serial number of a date is a fraction of a day: what is less than a millisecond off is not there. */
function dateText(date: Date): string {
  const time = Math.round(date.getTime());
  if (Number.isNaN(time)) return "";
  const iso = new Date(time).toISOString();
  const clock = iso.slice(11, 23).replace(/\.000$/, "");
  const day = iso.slice(0, 10);
  if (clock === "00:00:00") return day;
  return DAY_0.includes(day) ? clock : `${day} ${clock}`;
}

/** From the first rows that hold anything. null = there are none. A single cell above a table of several columns is a title. */
export function sheetBounds(rows: readonly (readonly string[])[]): SheetBounds | null {
  if (rows.length === 0) return null;
  const filled = rows.map((cells) => cells.filter((cell) => cell !== "").length);
  const wide = filled.findIndex((cells) => cells > 1);
  const titles = wide < 0 ? 0 : wide;
  const table = rows.slice(titles);
  const left = Math.min(...table.map((cells) => cells.findIndex((cell) => cell !== "")));
  const right = 1 + Math.max(...table.map((cells) => cells.findLastIndex((cell) => cell !== "")));
  return { left, right, titles };
}
