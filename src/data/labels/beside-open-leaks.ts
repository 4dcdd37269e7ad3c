import type { Suspicion } from "../../core/finding.ts";
import { namedColumns } from "../findings/phrase.ts";
import { LIKELY, leavesOutToBeHonest } from "../harm/ground.ts";

/** Below LIKELY. */
const ASKS = 0.45;

/** Columns that may be leaks and were in the model all the same, since only a person can tell. `made`: what is left out already. */
export function openLeaks<S extends Suspicion>(found: readonly S[], made: readonly S[]): readonly string[] {
  const open = found.filter(
    (one) => leavesOutToBeHonest(one) && !made.includes(one) && (one.severity === "blocker" || one.severity === "harmful"),
  );
  const gone = new Set(made.filter(leavesOutToBeHonest).flatMap(({ columns }) => columns));
  return [...new Set(open.flatMap(({ columns }) => columns))].filter((name) => !gone.has(name));
}

/** A leak makes right labels look wrong where it does not reach, so beside an open one the labels are only asked about. */
export function besideOpenLeaks<S extends Suspicion>(late: readonly S[], open: readonly string[]): readonly S[] {
  if (open.length === 0) return late;
  return late.map((one) =>
    one.trap !== "wrong-label"
      ? one
      : {
          ...one,
          severity: "costly",
          confidence: one.confidence >= LIKELY ? ASKS : one.confidence,
          evidence: { ...one.evidence, openLeaks: [...open] },
          why: `${one.why} But the model was given ${namedColumns(open)}, which may be known only afterwards: then rows that it contradicts look wrong and are not, so answer that first.`,
        },
  );
}
