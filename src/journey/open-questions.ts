import type { Comparison } from "../core/comparison.ts";
import type { Finding, FindingsFile, Harm } from "../core/finding.ts";

/** Columns that were left out on suspicion: whoever knows better may still answer. */
export function unansweredDrops({ findings }: FindingsFile): Finding[] {
  return findings.filter(
    (finding) =>
      finding.state === "mended" &&
      finding.question !== null &&
      finding.answer === null &&
      !isSettled(finding, findings) &&
      finding.fix.action === "steps" &&
      finding.fix.steps.some(({ op }) => op === "drop"),
  );
}

/** Another question about the same columns, with the same choices, was answered: "written after" of several columns is said of each. */
export function isSettled({ columns, choices }: Finding, findings: readonly Finding[]): boolean {
  if (columns.length === 0 || choices === null) return false;
  const said = findings.filter((one) => one.answer !== null && one.choices?.join() === choices.join()).flatMap((one) => one.columns);
  return columns.every((column) => said.includes(column));
}

/**
 * Together the columns may be worth what counts: the most that each may add, as far as the interval of its harm knows, summed (each was measured alone,
 * so what columns add only jointly is not in it). What was not measured by the metric that decides may be worth anything.
 */
export function couldGain(
  left: readonly Finding[],
  { metric, better, worthwhile }: Pick<Comparison, "metric" | "better" | "worthwhile">,
): boolean {
  if (left.length === 0) return false;
  const most = (harm: Harm | null) => {
    if (harm === null || harm.metric !== metric) return Number.POSITIVE_INFINITY;
    const gain = better === "higher" ? -harm.low : harm.high;
    return Number.isNaN(gain) ? Number.POSITIVE_INFINITY : Math.max(0, gain);
  };
  const sum = left.reduce((total, { harm }) => total + most(harm), 0);
  // Not even a worthwhile gain is known: nothing can be excluded.
  return !(sum < worthwhile.gain);
}
