import type { Task } from "../../core/task.ts";
import { float64Where } from "../../core/typed-from.ts";
import { quantile } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { amount, percent, quoted } from "../findings/phrase.ts";
import { withShared } from "../with-shared.ts";
import { classCounts } from "./class-counts.ts";

/** Two classes hold so much of the rows, and the smaller of them as much as all others together: these may be spellings, or cases that are not decided. */
const NEARLY_ALL = 0.9;
/** Times the distance from the median to the farther one of the 5 % and 95 % quantiles. Of an exponential target one row in 2 x 10^10 lies farther above. */
const FAR = 10;
/** More of the rows are no slips. */
const MOST_FAR = 0.05;

/** The table with fewer labels. */
export interface PlainTarget {
  readonly context: AuditContext;
  readonly rows: number;
  readonly without: string;
  /** A sentence: which labels are left. */
  readonly said: string;
}

/**
 * The same table with the target as most of its rows have it: of two classes where few rows are of others (open cases, another spelling), of numbers without the few that lie far
 * from all others (placeholders, another unit). What such labels hide shows there. null where the target is plain as it stands.
 */
export function plainTarget(context: AuditContext): PlainTarget | null {
  return context.task.kind === "multiclass" ? ofTwoClasses(context) : context.task.kind === "regression" ? withoutFar(context) : null;
}

function ofTwoClasses(context: AuditContext): PlainTarget | null {
  const { classes, labels } = context.task as Extract<Task, { kind: "multiclass" }>;
  const counts = classCounts(context);
  const [first = 0, second = 0] = [...counts.keys()].sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b);
  const all = counts.reduce((sum, count) => sum + count, 0);
  const kept = (counts[first] ?? 0) + (counts[second] ?? 0);
  if (kept < NEARLY_ALL * all || kept === all || (counts[second] ?? 0) < all - kept) return null;
  const names = [classes[first] ?? "", classes[second] ?? ""] as const;
  const task: Task = { kind: "binary", classes: names, ...(labels === undefined ? {} : { labels }) };
  const target = context.target.map((label) => (label === first ? 0 : label === second ? 1 : Number.NaN));
  const rows = all - kept;
  return {
    context: withShared({ ...context, task, target, labels: [] }),
    rows,
    without: "rare classes",
    said: `Seen in the rows of ${quoted(names[0])} and ${quoted(names[1])} alone, ${percent(kept / all)} of all. Whether the other classes are the point is not known here.`,
  };
}

function withoutFar(context: AuditContext): PlainTarget | null {
  const present = float64Where(context.target, (value) => !Number.isNaN(value));
  const [low, median, high] = [0.05, 0.5, 0.95].map((part) => quantile(present, part)) as [number, number, number];
  const reach = FAR * Math.max(high - median, median - low);
  const isFar = (value: number) => Math.abs(value - median) > reach;
  const rows = present.reduce((count, value) => count + Number(isFar(value)), 0);
  if (!(reach > 0) || rows === 0 || rows > MOST_FAR * present.length) return null;
  const target = context.target.map((value) => (isFar(value) ? Number.NaN : value));
  return {
    context: withShared({ ...context, target, labels: [] }),
    rows,
    without: "far values",
    said: `Seen without the ${amount(rows)} ${rows === 1 ? "row" : "rows"} whose \`${context.roles.target}\` lies far out, beyond ${amount(FAR)} times the distance from the median to where nine tenths of the rows end.`,
  };
}
