import type { Suspicion } from "../../core/finding.ts";
import type { AuditContext } from "../check.ts";
import { type NumberColumn, valueCounts } from "../columns/counts.ts";
import { numberFeatures } from "../columns/features.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { amount, percent, quoted } from "../findings/phrase.ts";
import { quantityOf } from "../meaning/quantity.ts";
import { type KindsWithout, kindsOfRows, kindsWithout } from "./kinds-without.ts";

/** A number that is 0 in the rows of one kind, and hardly anywhere else: electric cars have no engine capacity. */
export interface ZeroKind extends KindsWithout {
  readonly of: NumberColumn;
  /** Zeros elsewhere, over all zeros. */
  readonly elsewhere: number;
}

const LEAST_ZEROS = 20;
/** So few zeros of other kinds may be slips. */
const MOST_ELSEWHERE = 0.05;

/** Zeros that are true: the kind has none. What cannot be 0 by its name (a weight) was not measured there. Once per audit. */
export function zeroKinds(context: AuditContext): readonly ZeroKind[] {
  return context.shared("zero kinds", () => {
    const columns = numberFeatures(context).filter((column) => {
      const { values, counts } = valueCounts(context, column);
      return values[0] === 0 && values.length > 2 && (counts[0] ?? 0) >= LEAST_ZEROS && quantityOf(column.name)?.zero !== "cannot be";
    });
    const kinds = columns.length === 0 ? [] : kindsOfRows(context);
    return columns.flatMap((of): ZeroKind[] => {
      const flags = Uint8Array.from(of.values, (value) => Number(value === 0));
      const zeros = valueCounts(context, of).counts[0] ?? 0;
      const mask = { columns: [of], flags, missing: zeros };
      const found = kindsWithout(context, mask, kinds, columns.length * kinds.length);
      return found === null || found.gapsOfOthers > MOST_ELSEWHERE * zeros ? [] : [{ ...found, of, elsewhere: found.gapsOfOthers / zeros }];
    });
  });
}

/** Below LIKELY: a hybrid may be called electric. */
const ASKS = 0.45;

/** Rows of the kind that has none which have one all the same. */
export function notOfKind(context: AuditContext): Suspicion[] {
  return zeroKinds(context).flatMap((found): Suspicion[] => {
    const { of, column, kinds, rows, gaps } = found;
    const codes = new Set(kinds.map((kind) => column.levels.indexOf(kind)));
    const isHit = (row: number) => codes.has(column.codes[row] ?? -1) && (of.values[row] ?? 0) !== 0 && !Number.isNaN(of.values[row]);
    const hit = affectedRows(context, isHit);
    if (hit.count === 0) return [];
    const shown = kinds.map(quoted).join(" or ");
    return [
      {
        trap: "impossible-value",
        columns: [of.name, column.name],
        rows: hit,
        severity: "costly",
        confidence: ASKS,
        evidence: { kind: "not of its kind", kinds: [...kinds], rowsOfKind: rows, zeros: gaps, zerosElsewhere: found.gapsOfOthers },
        fix: { action: "advice", text: `Look at these rows: either \`${of.name}\` is wrong there, or \`${column.name}\` is.` },
        counterfactual: null,
        unmeasured: "Which of the two columns is wrong the cells do not say.",
        question: `Is it a mistake where \`${of.name}\` is not 0 and \`${column.name}\` is ${shown}?`,
        choices: ["mistake", "true value"],
        why: `\`${of.name}\` is 0 in ${percent(gaps / rows)} of the ${amount(rows)} rows in which \`${column.name}\` is ${shown}, and in ${percent(found.gapsOfOthers / found.others)} of the others: these have none of it, but ${amount(hit.count)} have.`,
      },
    ];
  });
}
