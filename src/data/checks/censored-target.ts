import type { Suspicion } from "../../core/finding.ts";
import type { AuditContext, Check } from "../check.ts";
import type { ValueCounts } from "../columns/counts.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { amount, percent, quoted } from "../findings/phrase.ts";
import { type LimitsBeside, limitsBeside } from "../labels/limits-beside.ts";
import {
  isCeiling,
  isNextToOthers,
  isOfCounts,
  isScaleEnd,
  isSpike,
  type TargetEnd,
  tailJump,
  targetCounts,
  targetEnd,
} from "../labels/target-values.ts";
import { type HeapedValues, heapedValues } from "../missing/heaped-values.ts";
import { sentinelCodes } from "../missing/sentinels.ts";

const MANY = 0.01;
/** Left as it is until it is answered. */
const ASKED = 0.45;

/** The target was cut off: what lies beyond a limit was written down as the limit. */
export const censoredTarget: Check = {
  trap: "censored-target",
  title: "The target is cut off at a limit",
  inspect(context) {
    const counts = targetCounts(context);
    if (counts === null) return [];
    const limits = limitsBeside(context);
    if (limits !== null) return [written(context, limits)];
    const cut = (["low", "high"] as const).flatMap((side) => {
      const end = targetEnd(counts, side);
      // Many zeros at the bottom are no limit of measuring: zero-inflated and unobserved-as-zero.
      if (end === null || end.value === 0 || isTold(context, end.value)) return [];
      if (!isSpike(end, counts.present)) {
        if (isCeiling(end, counts.present)) return [ceiling(context, end)];
        const jump = tailJump(counts, side);
        return jump === null ? [] : [suspicion(context, jump, counts)];
      }
      if (isNextToOthers(end)) return [suspicion(context, end, counts)];
      return isCoded(context, counts, end.value) ? [] : [together(context, end)];
    });
    const heap = cut.length > 0 ? null : heapedValues(counts);
    return heap === null ? cut : [heaped(context, heap, counts.present)];
  },
};

/** Below the largest values a limit of some of the sources, or a value that was filled in: it asks. */
function heaped(context: AuditContext, { values, rows, next, distinct }: HeapedValues, present: number): Suspicion {
  const { target } = context.roles;
  const held = new Set(values);
  const shown = values.map(String).join(" or ");
  return {
    trap: "censored-target",
    columns: [target],
    rows: affectedRows(context, (row) => held.has(context.target[row] ?? Number.NaN)),
    severity: "costly",
    confidence: 0.4,
    evidence: { heap: true, value: values[0] ?? 0, share: rows / present, nextMostFrequent: next, distinct },
    fix: { action: "advice", text: `Find out what wrote ${shown}; leave these rows out of the judging if it is no measurement.` },
    counterfactual: null,
    unmeasured: "What was really there is nowhere in the table, so no experiment on it can price it.",
    question: `Does ${shown} in \`${target}\` stand for a limit or for a value that was filled in, or was it measured?`,
    choices: ["filled in", "measured"],
    why: `${amount(rows)} rows (${percent(rows / present)}) have exactly ${shown} in \`${target}\`, while no other of its ${amount(distinct)} values but 0 is in more than ${amount(next)}: a limit of one of the sources, or a value that was filled in, looks like that.`,
  };
}

/** A placeholder that was found in the labels. */
function isTold({ labels }: AuditContext, value: number): boolean {
  return labels.some(({ trap, held }) => trap === "sentinel" && held?.some(({ values }) => (values as readonly unknown[]).includes(value)));
}

/** A code for "not known", which is told of the labels. */
function isCoded({ target, roles }: AuditContext, counts: ValueCounts, value: number): boolean {
  return sentinelCodes({ name: roles.target, type: "number", values: target }, counts).clear.some(({ values }) => values.includes(value));
}

/** The target holds the limit where another column says that less, or more, was there. */
function written(context: AuditContext, { column, marks, rows, compared }: LimitsBeside): Suspicion {
  const { target } = context.roles;
  const share = rows / compared;
  return {
    trap: "censored-target",
    columns: [target],
    rows: { count: rows, sample: [] },
    severity: share >= MANY ? "harmful" : "costly",
    confidence: 0.95,
    evidence: { kind: "limits beside", column, marks: [...marks], rows, share },
    fix: {
      action: "advice",
      text: `Predict whether the limit is passed beside the value, or fit a model for limited values (Tobit); do not read scores as errors at the limits.`,
    },
    counterfactual: null,
    unmeasured: "What lies beyond the limits is nowhere in the table, so no experiment on it can price them.",
    question: null,
    why: `\`${column}\` holds the numbers of \`${target}\` and marks ${amount(rows)} of ${amount(compared)} (${percent(share)}) with ${marks.map(quoted).join(" or ")}: \`${target}\` is the limit of measuring there, and no model can learn what lay beyond it.`,
  };
}

/** Many are at the end of the scale, a few times as many as beside it: how far they differ there nobody sees. */
function ceiling(context: AuditContext, { side, value, rows, share, usual, largest }: TargetEnd): Suspicion {
  const { target } = context.roles;
  return {
    trap: "censored-target",
    columns: [target],
    rows: affectedRows(context, (row) => context.target[row] === value),
    severity: "cosmetic",
    confidence: 0.7,
    evidence: { kind: "ceiling", side, value, share, usualRows: usual, largestRows: largest },
    fix: {
      action: "advice",
      text: `Do not read scores as errors near ${amount(value)}; a model for a limited outcome (Tobit, or of ranks) allows for it.`,
    },
    counterfactual: null,
    unmeasured: "What lies beyond the end is nowhere in the table.",
    question: null,
    why: `${amount(rows)} rows (${percent(share)}) are at ${amount(value)}, the ${side === "high" ? "largest" : "smallest"} value of \`${target}\`; of the values next to it a usual one is in ${amount(usual)} and none in more than ${amount(largest)}: the scale ends where many are, and does not tell these apart.`,
  };
}

/** Apart from all others: "so much or more" in one value (their mean, to keep them secret), or a code. */
function together(context: AuditContext, { side, value, rows, share, usual, largest, gap }: TargetEnd): Suspicion {
  const { target } = context.roles;
  const [beyond, more] = side === "high" ? ["above", "or more"] : ["below", "or less"];
  return {
    trap: "censored-target",
    columns: [target],
    rows: affectedRows(context, (row) => context.target[row] === value),
    severity: share >= MANY ? "harmful" : "costly",
    confidence: 0.45,
    evidence: { side, value, share, usualRows: usual, largestRows: largest, gap },
    fix: {
      action: "advice",
      text: `Find out what ${amount(value)} stands for: for all values ${beyond} a limit, predict whether it is reached beside the value; for "not known", leave these rows out.`,
    },
    counterfactual: null,
    unmeasured: "What was really there is nowhere in the table, so no experiment on it can price it.",
    question: `Does ${amount(value)} in \`${target}\` stand for many different values?`,
    choices: ["stands for others", "measured"],
    why: `${amount(rows)} rows (${percent(share)}) have ${amount(value)} in \`${target}\`, far ${beyond} all others, of which the nearest are in ${amount(largest)} rows at most: nobody measures that so often and nothing between, so that it may mean "so much ${more}" or be a code.`,
  };
}

/**
 * The rows that were cut would have spread beyond. A cut is likelier the denser the values next to it; where they have thinned out to a tenth of an even spread, few are left to
 * be cut, and the end may be what it is.
 */
function confidenceOf({ value, density, rows, largest }: TargetEnd): number {
  const apart = Math.min(1, Math.log10(rows / largest) / 1.5);
  const dense = Math.min(1, density / 0.5);
  return (isScaleEnd(value) ? 0.4 : 0.7) + 0.15 * apart + 0.12 * dense;
}

function suspicion(context: AuditContext, end: TargetEnd, counts: ValueCounts): Suspicion {
  const { side, value, rows, share, usual, largest } = end;
  const { target } = context.roles;
  const ofCounts = isOfCounts(counts, side);
  const beyond = side === "high" ? "above" : "below";
  return {
    trap: "censored-target",
    columns: [target],
    rows: affectedRows(context, (row) => context.target[row] === value),
    severity: share >= MANY ? "harmful" : "costly",
    confidence: ofCounts ? Math.min(ASKED, confidenceOf(end)) : confidenceOf(end),
    evidence: { side, value, share, usualRows: usual, largestRows: largest, gap: end.gap, density: end.density },
    fix: {
      action: "advice",
      text: `Find the values that were cut; else predict whether the limit is reached beside the value, and do not read scores as errors ${beyond} ${amount(value)}.`,
    },
    counterfactual: null,
    unmeasured: "What lies beyond the limit is nowhere in the table, so no experiment on it can price the cut.",
    ...asking(context, end, ofCounts),
    why: `${amount(rows)} rows (${percent(share)}) have the ${side === "high" ? "largest" : "smallest"} value of \`${target}\`, ${amount(value)}; of the values next to it the most frequent is in ${amount(largest)} rows, a usual one in ${amount(usual)}. ${ofCounts ? "It may be the end of what is counted; or what lay beyond was" : "What lay beyond was"} written down as the limit, and no model can learn it.`,
  };
}

/** A course has 24 lessons, and a season 38 matches: counts may end where there is no more. */
function asking({ roles }: AuditContext, { side, value }: TargetEnd, ofCounts: boolean): Pick<Suspicion, "question" | "choices"> {
  const [shown, most, beyond] = [amount(value), ...(side === "high" ? (["most", "above"] as const) : (["least", "below"] as const))];
  if (ofCounts)
    return {
      question: `Is ${shown} the ${most} that \`${roles.target}\` can be, or was what lies beyond written as ${shown}?`,
      choices: ["written as it", `the ${most}`],
    };
  return { question: isScaleEnd(value) ? `Can the true value of \`${roles.target}\` lie ${beyond} ${shown}?` : null };
}
