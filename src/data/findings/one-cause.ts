import type { Suspicion } from "../../core/finding.ts";
import type { AuditContext } from "../check.ts";
import { associationsOf } from "../signal/associations.ts";
import { coarserCopies, givesExactly } from "../signal/coarser-copies.ts";
import { answerFor } from "../signal/leak-odds.ts";
import { withoutFormulaParts } from "./formula-parts.ts";
import { leakWith } from "./leak-with.ts";
import { isLeakOfValues, oneLeakPerColumn } from "./one-leak.ts";
import { namedColumns } from "./phrase.ts";
import { togetherWhereAlike } from "./said-alike.ts";

/**
 * One cause is one finding: columns of a formula, a column that knows the target for several reasons, and the coarser copies of a column that may know the target. Whoever leaves `sub_grade` out and keeps `grade` has kept most of what it
 * tells, and the two are written at the same time. A copy that is suspected itself, and less surely, is part of the finding of the finer one.
 */
export function oneFindingPerCause<T extends Suspicion>(context: AuditContext, found: readonly T[]): readonly T[] {
  const apart = togetherWhereAlike(oneLeakPerColumn(withoutFormulaParts(withoutHiddenTexts(found))), context.dataset.rows);
  const surest = apart.filter(isLeakOfValues).sort((a, b) => b.confidence - a.confidence);
  const joined = new Map<T, readonly string[]>();
  const asked: T[] = [];
  const taken = new Set<T>();
  for (const one of surest) {
    if (taken.has(one)) continue;
    const copies = one.columns.flatMap((name) => coarserCopies(context, name));
    const more = [...new Set(copies)].filter((name) => !one.columns.includes(name) && answerFor(context, name) === null);
    const answered = one.columns.some((name) => answerFor(context, name) === "after");
    const own = answered
      ? more.filter((copy) => isExact(context, one.columns, copy))
      : more.filter((copy) => isAsSure(context, one, copy, surest));
    if (more.length > own.length)
      asked.push(
        alike(
          one,
          more.filter((name) => !own.includes(name)),
          answered,
        ),
      );
    if (more.length === 0) continue;
    joined.set(one, own);
    for (const other of surest)
      if (other !== one && !joined.has(other) && other.columns.every((name) => own.includes(name))) taken.add(other);
  }
  const known = new Set(surest.flatMap(({ columns }) => columns));
  const unknown = asked.filter(({ columns }) => !columns.some((name) => known.has(name)));
  return [...apart.filter((one) => !taken.has(one)).map((one) => withCopies(context, one, joined.get(one) ?? [])), ...unknown];
}

/** From here on a leak is left out without a question. */
const LEFT_OUT = 0.5;
/** Score from which a copy of a leak tells nearly what it does. */
const STRONG_COPY = 0.9;

/**
 * A copy joins what only asks. With what is left out at once it goes where it is left out too or nearly gives the target itself: a region that the number of customers gives was known before, and without it
 * no honest model is as good, so it is asked about.
 */
function isAsSure(context: AuditContext, one: Suspicion, copy: string, suspected: readonly Suspicion[]): boolean {
  if (one.severity !== "blocker" || one.confidence < LEFT_OUT) return true;
  return (
    (associationsOf(context).get(copy)?.score ?? 0) >= STRONG_COPY ||
    suspected.some(({ columns, confidence }) => confidence >= LEFT_OUT && columns.includes(copy))
  );
}

/** Below LIKELY. */
const ASKS = 0.45;

/** Whoever says that one column is written after the outcome has not said it of those that nearly follow from it: seats that a price is made of are known before. */
function alike<T extends Suspicion>(one: T, columns: readonly string[], answered: boolean): T {
  const steps = [{ op: "drop" as const, columns }];
  const follow = columns.length === 1 ? "nearly follows" : "nearly follow";
  return {
    ...one,
    columns,
    confidence: ASKS,
    evidence: { nearlyFollowFrom: [...one.columns] },
    fix: { action: "steps", steps },
    counterfactual: { change: "steps", steps, flatters: true },
    question: `At the moment of prediction, ${columns.length === 1 ? "is the value" : "are the values"} of ${namedColumns(columns)} already written?`,
    severity: answered ? one.severity : "harmful",
    why: `${namedColumns(columns)} ${follow} from ${namedColumns(one.columns)}, which ${answered ? "you said is" : `may be`} written after the outcome: either it is made of ${columns.length === 1 ? "this" : "these"}, which is honest, or ${columns.length === 1 ? "this is" : "these are"} written with it.`,
  };
}

function isExact(context: AuditContext, columns: readonly string[], copy: string): boolean {
  return columns.some((name) => givesExactly(context, name, copy));
}

/** The words of a column that surely goes for another reason than the score, such as privacy, are not asked for. */
function withoutHiddenTexts<T extends Suspicion>(found: readonly T[]): readonly T[] {
  const hidden = new Set(
    found.flatMap(({ besideScore, question, fix }) =>
      besideScore === true && question === null && fix.action === "steps"
        ? fix.steps.flatMap((step) => (step.op === "drop" ? step.columns : []))
        : [],
    ),
  );
  return found.filter(({ trap, columns }) => trap !== "unread-text" || !columns.every((name) => hidden.has(name)));
}

function withCopies<T extends Suspicion>(context: AuditContext, one: T, copies: readonly string[]): T {
  if (copies.length === 0) return one;
  return leakWith(one, copies, { evidence: { coarserCopies: [...copies] }, why: toldCopies(context, one.columns, copies).join(" ") });
}

/** What a column gives in all rows is a coarser copy of it; what it gives in nearly all (four prices of a day) is not. */
function toldCopies(context: AuditContext, columns: readonly string[], copies: readonly string[]): readonly string[] {
  const exact = copies.filter((copy) => isExact(context, columns, copy));
  const near = copies.filter((copy) => !exact.includes(copy));
  const isOne = (names: readonly string[]) => names.length === 1;
  return [
    ...(exact.length === 0
      ? []
      : [`${namedColumns(exact)} ${isOne(exact) ? "is a coarser copy of it and tells" : "are coarser copies of it and tell"} the same.`]),
    ...(near.length === 0
      ? []
      : [`${namedColumns(near)} nearly ${isOne(near) ? "follows from it and tells" : "follow from it and tell"} much the same.`]),
  ];
}
