import type { Suspicion } from "../../core/finding.ts";
import { float64From } from "../../core/typed-from.ts";
import { ranks } from "../../stats/index.ts";
import type { AuditContext, Check } from "../check.ts";
import { valueAt } from "../columns/column-facts.ts";
import { featuresOf } from "../columns/features.ts";
import { rowOrderOf } from "../columns/row-order.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { amount, percent, quoted } from "../findings/phrase.ts";
import { type Change, LEAST_Z, labelChange, OVER_OTHERS } from "../labels/label-change.ts";
import { levelJump } from "../labels/level-jump.ts";
import { timeText } from "../labels/time-text.ts";
import { unripeLabels } from "../labels/unripe-labels.ts";
import { yearChange } from "../labels/year-change.ts";
import { associationsOf } from "../signal/associations.ts";

/** Features whose own steps are compared with that of the target. */
const WITNESSES = 5;

/** At one time the target changes its level at once and for good: what it means was defined anew, or it is measured otherwise. */
export const labelShiftInTime: Check = {
  trap: "label-shift-in-time",
  title: "The meaning of the target changes over time",
  hiddenByLabels: true,
  inspect(context) {
    const order = rowOrderOf(context);
    if (order.by === null) return [];
    const unripe = unripeLabels(context, order.by, order.rows, (rows, at) => companions(context, rows, at));
    if (unripe !== null) return [unripe];
    const found = labelChange(context);
    if (found === null) return ofYears(context, order.by, order.rows);
    const labels = float64From(order.rows, (row) => context.target[row] ?? Number.NaN);
    return [suspicion(context, order.by, order.rows, labels, found.classIndex, found.change)];
  },
};

/** Below LIKELY: a small step looks much like a slope. */
const OF_STEP = 0.45;

/** A step that the season hides until a year is held against the year before: shops open and prices rise like that too, so it asks. */
function ofYears(context: AuditContext, by: string, rows: Int32Array): Suspicion[] {
  const step = yearChange(context);
  if (step === null) return [];
  const { target } = context.roles;
  const moved = companions(context, rows, step.at);
  const when = timeText(context, by, rows[step.at] ?? 0);
  const late = new Set(rows.subarray(step.at));
  const short = (value: number) => amount(Number(value.toPrecision(3)));
  return [
    {
      trap: "label-shift-in-time",
      columns: [target, by],
      rows: affectedRows(context, (row) => late.has(row)),
      severity: "harmful",
      confidence: moved.length === 0 ? OF_STEP : 0.3,
      evidence: { overYears: true, rowsAfter: late.size, featuresThatMoveToo: [...moved], ...step, at: when },
      fix: { action: "advice", text: adviceFor(target, when) },
      counterfactual: null,
      unmeasured: TWO_THINGS,
      question: `Does \`${target}\` mean the same before and after ${when}?`,
      choices: ["no", "yes"],
      why: `From ${when} on \`${target}\` is ${short(step.ratio)} times what it was in the same weeks of the year before (geometric means); where both years lie on one side of that day it is ${short(step.usual)} times. The season hides that step from a look along time.${moved.length === 0 ? " The columns that tell most of it stay as they were." : ""}`,
    },
  ];
}

const TWO_THINGS = "Before and after may mean two things: a score over both is a score of neither.";

function adviceFor(target: string, when: string): string {
  return `Find out what changed ${/^\d{4}-/.test(when) ? "on" : "at"} ${when}. If \`${target}\` means something else since, train and judge on the rows from then on, or bring both to one definition.`;
}

/** A step that strong features make too is a change of the cases as likely as of the definition. */
function confidenceOf(change: Change, alone: boolean): number {
  if (change.how === "step") return (alone ? OF_STEP : 0.3) * (1 - 1 / change.odds);
  return (alone ? 0.55 : 0.3) + 0.3 * (1 - OVER_OTHERS / Math.max(OVER_OTHERS, change.overOthers));
}

/** of: the series whose step it is, where others are named beside it. */
function proofOf(change: Change, of: string | null): string {
  const which = of === null ? "the series" : `the series of ${of}`;
  return change.how === "jump"
    ? `${of === null ? "" : `that of ${of} `}${change.overOthers.toFixed(1)} times the largest other change of ${of === null ? which : "its series"}`
    : `and ${of === null ? "nothing else is left in the series" : `beside this step nothing is left in ${which}`} but chance`;
}

/** Share of a class before and after. */
interface ClassChange {
  readonly classIndex: number;
  readonly before: number;
  readonly after: number;
}

/** Of three classes and more, all whose shares differ beyond chance on the two sides of a place, the largest change first; of two, one says it. */
function changesAt({ task }: AuditContext, labels: Float64Array, { at, before, after }: Change, found: number): readonly ClassChange[] {
  if (task.kind === "regression" || task.classes.length < 3) return [{ classIndex: found, before, after }];
  const sides = [labels.subarray(0, at), labels.subarray(at)] as const;
  const shareIn = (side: Float64Array, classIndex: number) =>
    side.filter((label) => label === classIndex).length / Math.max(1, side.length);
  const all = Array.from(task.classes.keys(), (classIndex): ClassChange => {
    const [early, late] = [shareIn(sides[0], classIndex), shareIn(sides[1], classIndex)];
    return { classIndex, before: early, after: late };
  });
  const zOf = (one: ClassChange) => {
    const share = shareIn(labels, one.classIndex);
    return Math.abs(one.after - one.before) / Math.sqrt(share * (1 - share) * (1 / sides[0].length + 1 / sides[1].length));
  };
  return all
    .filter((one) => one.classIndex === found || zOf(one) >= LEAST_Z)
    .sort((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before));
}

const MOST_NAMED = 5;

function sharesText({ task }: AuditContext, changes: readonly ClassChange[]): string {
  const nameOf = (classIndex: number) => quoted(task.kind === "regression" ? "" : (task.classes[classIndex] ?? ""));
  const named = changes.slice(0, MOST_NAMED);
  const texts = named.map(({ classIndex, before, after }, i) => {
    return `${i === 0 ? "the share of " : "that of "}${nameOf(classIndex)} ${i === 0 ? "goes " : ""}from ${percent(before)} to ${percent(after)}`;
  });
  return `${texts.join(", ")}${changes.length > named.length ? `, and those of ${changes.length - named.length} more` : ""}`;
}

/** Features that make a step of their own at the same place: the cases changed, not only what is said of them. */
function companions(context: AuditContext, rows: Int32Array, at: number): readonly string[] {
  const associations = associationsOf(context);
  const score = (name: string) => associations.get(name)?.score ?? 0;
  const strongest = featuresOf(context)
    .filter((column) => "values" in column && column.name !== rowOrderOf(context).by)
    .sort((a, b) => score(b.name) - score(a.name))
    .slice(0, WITNESSES);
  return strongest.flatMap((column) => {
    const values = float64From(rows, (row) => valueAt(column, row)).map((value) => (Number.isNaN(value) ? 0 : value));
    const ranked = ranks(values).map((rank) => rank / values.length);
    const jump = levelJump(ranked, (held) => Math.sqrt(1 / 12 / held));
    const near = jump !== null && Math.abs(jump.at - at) <= values.length / 20;
    return near && jump.z >= LEAST_Z ? [column.name] : [];
  });
}

function suspicion(context: AuditContext, by: string, rows: Int32Array, labels: Float64Array, classIndex: number, jump: Change): Suspicion {
  const { roles, task } = context;
  const moved = companions(context, rows, jump.at);
  const timeAt = (place: number) => timeText(context, by, rows[place] ?? 0);
  const [when, earliest, latest] = [timeAt(jump.at), timeAt(jump.place.earliest), timeAt(jump.place.latest)];
  const late = new Set(rows.subarray(jump.at));
  const means = [labels.subarray(0, jump.at), labels.subarray(jump.at)].map(
    (part) => part.reduce((sum, value) => sum + value, 0) / Math.max(1, part.length),
  );
  const changes = changesAt(context, labels, jump, classIndex);
  const level =
    task.kind === "regression" ? `its mean goes from ${amount(means[0] ?? 0)} to ${amount(means[1] ?? 0)}` : sharesText(context, changes);
  const of = task.kind === "regression" || changes.length < 2 ? null : quoted(task.classes[classIndex] ?? "");
  return {
    trap: "label-shift-in-time",
    columns: [roles.target, by],
    rows: affectedRows(context, (row) => late.has(row)),
    severity: "harmful",
    confidence: confidenceOf(jump, moved.length === 0),
    evidence: {
      at: when,
      earliest,
      latest,
      rowsAfter: late.size,
      before: jump.before,
      after: jump.after,
      z: jump.z,
      ...(of === null ? {} : { classes: changes.map((one) => ({ ...one })) }),
      ...(jump.how === "jump" ? { overOthers: jump.overOthers } : { oddsOverSmooth: jump.odds }),
      featuresThatMoveToo: [...moved],
    },
    fix: {
      action: "advice",
      text: adviceFor(roles.target, when),
    },
    counterfactual: null,
    unmeasured: TWO_THINGS,
    question: `Does \`${roles.target}\` mean the same before and after ${when}?`,
    choices: ["no", "yes"],
    why: `${earliest === latest ? `At ${when}` : `Between ${earliest} and ${latest} (95 % of the probability; likeliest at ${when})`} \`${roles.target}\` changes at once and for good: ${level}, ${proofOf(jump, of)}${moved.length === 0 ? ", while the columns that tell most of it stay as they were" : ""}.`,
  };
}
