import type { Column } from "../../core/column.ts";
import { OldhandError } from "../../core/error.ts";
import type { Suspicion } from "../../core/finding.ts";
import { canonicalJson } from "../../core/json.ts";
import { shellWord } from "../../core/shell-word.ts";
import type { SplitPolicy } from "../../core/split.ts";
import type { AuditContext } from "../check.ts";
import { factsOf } from "../columns/column-facts.ts";
import { PERSISTENT_Z, rowOrderOf } from "../columns/row-order.ts";
import { rowSortingOf } from "../columns/row-sorting.ts";
import { zText } from "../findings/phrase.ts";
import { meaningOf } from "../meaning/meaning.ts";
import { unixTimesOf } from "../meaning/unix-times.ts";
import { groupEvidence } from "./group-evidence.ts";
import { groupLeftToTime } from "./group-or-time.ts";
import { panelOf } from "./panel.ts";
import { columnsOfKey } from "./profile-key.ts";
import { timeOfRows } from "./row-times.ts";
import { foldsInOrder, groupSplit, orderedSplit, randomSplit } from "./split-sizes.ts";
import { persistenceWithinSeries, type WithinSeries } from "./within-series.ts";

/** Fewer different times are no order. */
const LEAST_TIMES = 5;

/** What the user said about judging. */
export interface GivenSplit {
  readonly policy?: SplitPolicy["policy"] | null;
  /** Columns that name the group together. */
  readonly group?: readonly string[];
  /** The time by which the given test rows come after the training rows; absent or null: none is known. */
  readonly laterTest?: string | null;
}

export interface SplitProposal {
  readonly split: SplitPolicy;
  /** What people do without thinking; equal to `split` when there is no reason against it. */
  readonly naive: SplitPolicy;
  /** Columns that the policy goes by. */
  readonly by: readonly string[];
  /** One plain sentence. */
  readonly why: string;
  /** What was declared and is not judged by, a sentence; null when nothing was. */
  readonly passedOver: string | null;
  /** Nearest rows decided: they judge a row better where its own group, or the rows beside it, may help. */
  readonly byNearestRows?: true;
}

/** What people do without thinking is what is proposed. */
export function isByChance({ split, naive }: SplitProposal): boolean {
  return canonicalJson(split) === canonicalJson(naive);
}

/**
 * The split policy from evidence, in this order: what the user asked for; a declared group; a declared time; the time of a given test that is later; a verified group; a
 * time column along which labels persist; rows whose order was verified to tell labels; else by chance. With a given test set: the policy by which all
 * is chosen within the training rows, before the test set judges once.
 */
export function proposeSplit(context: AuditContext, suspicions: readonly Suspicion[], given: GivenSplit = {}): SplitProposal {
  const naive = randomSplit(context);
  const { roles } = context;
  const group = given.group !== undefined && given.group.length > 0 ? given.group : roles.group === null ? [] : [roles.group];
  const proposal = (split: SplitPolicy, by: readonly string[], why: string): SplitProposal => ({ split, naive, by, why, passedOver: null });
  if (given.policy != null && given.policy !== "given") {
    const split = asked(context, given.policy, group);
    return proposal(split, byOf(split), `asked for${orderWords(split)}`);
  }
  const isTimeDeclared = roles.time !== null && roles.declared.includes(roles.time);
  const passedOver = isTimeDeclared
    ? `The declared time ${roles.time} is not judged by: groups stay whole, their rows are of any time.`
    : null;
  if (group.length > 0)
    return { ...proposal(groupSplit(context, group, null), group, `${group.join(", ")} was declared as the group`), passedOver };
  if (roles.time !== null && isTimeDeclared) {
    return proposal(orderedSplit(context, roles.time), [roles.time], `${roles.time} was declared as the time`);
  }
  if (given.laterTest != null) {
    const why = `the given test rows are later by ${given.laterTest}, so the rows that judge within the training rows are later ones too`;
    return proposal(orderedSplit(context, given.laterTest), [given.laterTest], why);
  }
  // By the nearest rows; what was asked about without them is as sure only by the user's answer.
  const decided = ({ columns, evidence }: Suspicion, split: SplitPolicy, why: string, said: string): SplitProposal =>
    "openError" in evidence ? { ...proposal(split, columns, why), byNearestRows: true } : proposal(split, columns, said);
  const verified = (trap: Suspicion["trap"], least = 0.5) =>
    suspicions.find((one) => one.trap === trap && one.fix.action === "split" && one.confidence >= least);
  const later = verified("time-leak", 1);
  if (later?.fix.action === "split" && later.columns.length > 0)
    return proposal(later.fix.split, later.columns, `${later.columns.join(", ")} tells the time, and you said that new cases come later`);
  const grouped = verified("group-leak");
  if (grouped?.fix.action === "split") {
    const said = `you said that new ${isFront(grouped) ? "front parts of " : ""}${grouped.columns.join(", ")} will come`;
    return decided(grouped, grouped.fix.split, "the nearest rows judge a row better where its own group may help", said);
  }
  const order = rowOrderOf(context);
  if (order.by !== null && order.persistenceZ > PERSISTENT_Z && !order.sortedByTarget) {
    const z = zText(order.persistenceZ);
    const left = groupLeftToTime(context)?.key.column;
    const rival = left === undefined ? "" : `; ${left}, whose equal values stand together, hides less of the error than the time does`;
    return proposal(
      orderedSplit(context, order.by),
      [order.by],
      `labels persist along ${order.by} (${z}), and new cases come later${rival}`,
    );
  }
  const ordered = verified("time-leak");
  if (ordered?.fix.action === "split") {
    const said = "you said that the rows stand as they were collected, and that new cases come later";
    return decided(ordered, ordered.fix.split, "the nearest rows judge a row better where its neighbours in the file may help", said);
  }
  const trend = verified("order-leak", 1);
  if (trend?.fix.action === "split")
    return proposal(trend.fix.split, [], "the target has a trend along the file, and you said that its rows stand as they were collected");
  return proposal(naive, [], [...groupLeftAside(context, suspicions), ...timeLeftAside(context)].join("; "));
}

/** Whether the groups are what stands in front in the values. */
function isFront({ fix }: Suspicion): boolean {
  return fix.action === "split" && "cut" in fix.split && fix.split.cut !== null;
}

/** What does not speak against chance; and a group, or an order of the file, that is there and decides nothing, with the reason. */
function groupLeftAside(context: AuditContext, suspicions: readonly Suspicion[]): readonly string[] {
  const asked = suspicions.find(({ trap, fix }) => trap === "group-leak" && fix.action === "split");
  const isAlike = suspicions.some(
    ({ trap, fix }) => trap === "time-leak" && fix.action === "split" && "by" in fix.split && fix.split.by === null,
  );
  const none = [
    ...(asked === undefined ? ["no group"] : []),
    ...(lastWithin(context) === null ? ["no time"] : []),
    ...(isAlike ? [] : ["no order of the rows"]),
  ];
  const nothing = none.length === 1 ? none : [`${none.slice(0, -1).join(", ")} and ${none.at(-1)}`];
  const alike =
    "rows near each other in the file are alike, but the nearest rows do not show that it flatters, --split blocks judges by it";
  const reasons = [`${nothing.join("")} speaks against chance`, ...(isAlike ? [alike] : [])];
  if (asked === undefined) return reasons;
  if (isFront(asked)) return [...reasons, `if new front parts of ${asked.columns.join(", ")} will come, say so where it is asked`];
  return [
    ...reasons,
    `if new ${asked.columns.join(", ")} will come, ${asked.columns.map((name) => `--group ${shellWord(name)}`).join(" ")} judges by it`,
  ];
}

/** The series of a panel in which labels last, though over all rows of a time they do not. */
function lastWithin(context: AuditContext): WithinSeries | null {
  const series = persistenceWithinSeries(context);
  return series !== null && series.z > PERSISTENT_Z ? series : null;
}

function timeLeftAside(context: AuditContext): readonly string[] {
  const { by, persistenceZ, sortedByTarget } = rowOrderOf(context);
  const series = lastWithin(context);
  if (series !== null)
    return [
      `within ${series.unit} labels persist along ${series.by} (${zText(series.z, 1)}): if new cases come later, --time ${shellWord(series.by)} judges by it`,
    ];
  if (by !== null)
    return [`labels do not persist along ${by} (${zText(persistenceZ, 1)}), --time ${shellWord(by)} judges by it all the same`];
  const time = timeOfRows(context);
  const panel = time === null ? null : panelOf(context, time);
  if (time !== null && panel !== null)
    return [`each ${panel.unit} comes back at times of ${time}: if new cases come later, --time ${shellWord(time)} judges by it`];
  const dates = context.frame.columns.filter((column) => mayBeTime(context, column));
  const [date] = dates;
  if (date !== undefined) {
    const names = dates.map(({ name }) => name).join(", ");
    return [
      `that ${names} ${dates.length === 1 ? "says" : "say"} when a row was written is not known, --time ${shellWord(date.name)} judges by it`,
    ];
  }
  const sorted = persistenceZ > PERSISTENT_Z && !sortedByTarget ? rowSortingOf(context) : null;
  return sorted === null
    ? []
    : [`the file is sorted by ${sorted.join(", ")}, so its order is taken for no time (--split blocks judges by it)`];
}

/** A time that the user may mean: dates of more than a few days, and no births. */
function mayBeTime({ frame, roles }: AuditContext, column: Column): boolean {
  const { name, type } = column;
  const isTime = type === "date" || unixTimesOf(column) !== null;
  const isOffered = isTime && name !== roles.target && !roles.ignored.includes(name) && !meaningOf(name).birth;
  return isOffered && factsOf(column, frame.rows).distinct >= LEAST_TIMES;
}

function asked(context: AuditContext, policy: Exclude<SplitPolicy["policy"], "given">, group: readonly string[]): SplitPolicy {
  switch (policy) {
    case "group":
      return group.length > 0 ? groupSplit(context, group, null) : foundGroup(context);
    case "time":
    case "blocks": {
      const { by } = rowOrderOf(context);
      if (policy === "time" && by === null) throw withoutTime();
      return { policy, by, folds: foldsInOrder(context, by, policy) };
    }
    case "random":
      return { ...randomSplit(context), policy };
    case "stratified":
      return randomSplit(context);
    default:
      return policy satisfies never;
  }
}

/** Neighbours in the file are no times: whoever means its order asks for blocks. */
function withoutTime(): OldhandError {
  return new OldhandError("bad-option", {
    what: "A split by time needs to know the time, and no column of it was found.",
    where: "--split time",
    expected: "--time with the column that tells when each row was written",
    fix: "Add --time COLUMN. If only the order of the rows tells the time, use --split blocks.",
  });
}

/** The card says no more than this of a policy. */
function orderWords(split: SplitPolicy): string {
  if (!("by" in split)) return "";
  return `, by ${split.by === null ? "the order of the rows" : byOf(split).join(", ")}`;
}

function byOf(split: SplitPolicy): readonly string[] {
  if (!("by" in split) || split.by === null) return [];
  return typeof split.by === "string" ? [split.by] : split.by;
}

/** Without a declared group, a verified one. @throws OldhandError bad-option when there is none. */
function foundGroup(context: AuditContext): SplitPolicy {
  const [found] = groupEvidence(context);
  if (found !== undefined) return groupSplit(context, columnsOfKey(found.key), found.key.cut);
  throw new OldhandError("bad-option", {
    what: "A split by group needs to know the group, and none was found.",
    where: "--split group",
    expected: "--group with the column that names it",
    fix: "add --group COLUMN",
  });
}
