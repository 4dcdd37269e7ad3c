/** Days in a row on which nothing was written down, though there is much on all others of their weekday. */
export interface EmptyDays {
  /** Milliseconds of the first day (UTC), and how many there are. */
  readonly from: number;
  readonly days: number;
}

export interface DaysWithout {
  readonly stretches: readonly EmptyDays[];
  readonly daysWithRows: number;
  /** Rows of a day, the middle one and that which one in twenty has fewer than. */
  readonly usual: number;
  readonly few: number;
}

const DAY = 86_400_000;
const WEEK = 7;
/** Days of the table, rows of nearly every day on which there are some, and how many days of a weekday have some. */
const [LEAST_DAYS, LEAST_EACH, OPEN] = [40, 5, 0.8];
const FEW = 0.05;
/** One day alone is a holiday as likely. */
const LEAST_TOGETHER = 2;
/** More of the days are a part of the rhythm. */
const MOST_EMPTY = 0.1;

/**
 * Stretches of two days and more without any row, in a table whose other days have five rows or more in nineteen of twenty. Weekdays on which there is never much are no days of it, nor is the turn of a year, and
 * what they part counts apart. null: none, or too many for a loss.
 */
export function daysWithoutRows(times: Float64Array, leastEach = LEAST_EACH): DaysWithout | null {
  const counts = new Map<number, number>();
  for (const time of times) {
    const day = Math.floor(time / DAY);
    counts.set(day, (counts.get(day) ?? 0) + 1);
  }
  const [first, last] = endsOf(counts.keys());
  const all = last - first + 1;
  if (counts.size < LEAST_DAYS || all > 2 * WEEK * counts.size) return null;
  const isOpen = openWeekdays(counts, first, last);
  const rows = [...counts].filter(([day]) => isOpen[weekdayOf(day)]).map(([, count]) => count);
  const sorted = Float64Array.from(rows).sort();
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  if (at(FEW) < leastEach) return null;
  const stretches: EmptyDays[] = [];
  let [from, days, empty] = [0, 0, 0];
  for (let day = first; day <= last; day++) {
    // A Friday and the Monday after it are Easter, and no loss.
    if (!isOpen[weekdayOf(day)] || isTurnOfYear(day) || counts.has(day)) {
      if (days >= LEAST_TOGETHER) stretches.push({ from: from * DAY, days });
      days = 0;
      continue;
    }
    if (days === 0) from = day;
    days++;
    empty++;
  }
  if (stretches.length === 0 || empty > MOST_EMPTY * sorted.length) return null;
  return { stretches, daysWithRows: counts.size, usual: at(0.5), few: at(FEW) };
}

function endsOf(days: Iterable<number>): readonly [number, number] {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const day of days) [first, last] = [Math.min(first, day), Math.max(last, day)];
  return [first, last];
}

/** 1 January 1970 was a Thursday; only that they are told apart counts. */
function weekdayOf(day: number): number {
  return ((day % WEEK) + WEEK) % WEEK;
}

function openWeekdays(counts: ReadonlyMap<number, number>, first: number, last: number): readonly boolean[] {
  const [held, all] = [new Float64Array(WEEK), new Float64Array(WEEK)];
  for (let day = first; day <= last; day++) {
    const weekday = weekdayOf(day);
    all[weekday] = (all[weekday] ?? 0) + 1;
    if (counts.has(day)) held[weekday] = (held[weekday] ?? 0) + 1;
  }
  return Array.from(all, (days, weekday) => (held[weekday] ?? 0) >= OPEN * days);
}

/** 24 December to 2 January: nearly everything is closed on some of them. */
function isTurnOfYear(day: number): boolean {
  const date = new Date(day * DAY);
  return (date.getUTCMonth() === 11 && date.getUTCDate() >= 24) || (date.getUTCMonth() === 0 && date.getUTCDate() <= 2);
}
