import type { Comparison } from "./comparison.ts";
import type { Finding, Harm } from "./finding.ts";

/** What a score rests on. */
export type ScoreGround = Pick<Comparison, "metric" | "better" | "verdict" | "rule" | "worthwhile">;

/**
 * Another question about the same columns, with the same choices, was answered: "written after" of several columns is said of each. That it is settled before
 * whether a column is filled in says nothing of its values; that it is not leaves the column out with them.
 */
export function isSettled(
  { trap, columns, choices }: Pick<Finding, "trap" | "columns" | "choices">,
  findings: readonly Finding[],
): boolean {
  if (columns.length === 0 || choices === null) return false;
  const speaks = (one: Finding) => one.trap !== "missingness-leak" || trap === "missingness-leak" || one.answer === one.choices?.[0];
  const said = findings
    .filter((one) => one.answer !== null && one.choices?.join() === choices.join() && speaks(one))
    .flatMap((one) => one.columns);
  return columns.every((column) => said.includes(column));
}

/** Whether new things will come is asked, and the score is of a split by chance, which holds for known ones only. */
export function asksOfGroup({ trap, evidence }: Pick<Finding, "trap" | "evidence">): boolean {
  return trap === "group-leak" && evidence.judgedByChance === true;
}

/** Whether equal rows are one thing recorded twice is asked: copies let the model be asked what it has been told. */
export function asksOfCopies({ choices }: Pick<Finding, "choices">): boolean {
  return choices?.includes("copies") === true;
}

/**
 * What the score rests on, and a question of which nobody has answered: columns, and whether they are known when a prediction is made; the names of a group, and whether
 * new ones come; equal rows, and whether they are copies. They lift it beyond chance, or may and were not priced.
 */
export function openFlatterers(findings: readonly Finding[], ground: ScoreGround): Finding[] {
  return findings.filter((finding) => {
    const { state, question, answer, choices, columns, harm, severity } = finding;
    const ofCopies = asksOfCopies(finding);
    const mayFlatter = ofCopies || choices?.includes("before") === true || asksOfGroup(finding);
    const isAsked = state === "open" && question !== null && answer === null && mayFlatter;
    const isGround = () => (ofCopies ? restsOnRows(ground) : restsOn(ground, columns));
    if (!isAsked || !isGround() || isSettled(finding, findings)) return false;
    if (isPriced(harm, ground)) return ground.better === "higher" ? harm.high < 0 : harm.low > 0;
    return severity === "blocker" || severity === "harmful";
  });
}

/**
 * Of these, the ones that a verdict hangs on: if they are not known in time, the score may be worse by what counts, as far as the intervals know. What each
 * may take is summed; what was not priced may take anything.
 */
export function decidingQuestions(findings: readonly Finding[], ground: ScoreGround): Finding[] {
  const open = openFlatterers(findings, ground);
  return mayCount(open, ground) ? open : [];
}

/**
 * Together the columns may be worth what counts: the most that each may add, as far as the interval of its harm knows, summed (each was measured alone,
 * so what columns add only jointly is not in it; two questions about the same columns were one measurement). What was not priced by the metric that decides may be worth anything.
 */
export function mayCount(asked: readonly Finding[], ground: Pick<ScoreGround, "metric" | "better" | "worthwhile">): boolean {
  if (asked.length === 0) return false;
  const most = (harm: Harm | null) => {
    if (harm === null || harm.metric !== ground.metric) return Number.POSITIVE_INFINITY;
    const gain = ground.better === "higher" ? -harm.low : harm.high;
    return Number.isNaN(gain) ? Number.POSITIVE_INFINITY : Math.max(0, gain);
  };
  const byColumns = new Map<string, number>();
  for (const { id, columns, choices, harm } of asked) {
    const key = columns.length === 0 ? id : JSON.stringify([choices, columns.toSorted()]);
    byColumns.set(key, Math.max(byColumns.get(key) ?? 0, most(harm)));
  }
  const sum = [...byColumns.values()].reduce((total, one) => total + one, 0);
  // Not even a worthwhile gain is known: nothing can be excluded.
  return sum > 0 && !(sum < ground.worthwhile.gain);
}

/** Measured by the metric that decides, with an interval. */
export function isPriced(harm: Harm | null, { metric }: Pick<ScoreGround, "metric">): harm is Harm {
  return harm !== null && harm.metric === metric && Number.isFinite(harm.high - harm.low);
}

/** A model uses all columns; without one, the score of a simple rule rests on its column, and that of the same answer every time on none. */
function restsOn({ verdict, rule }: ScoreGround, columns: readonly string[]): boolean {
  return verdict === "model" ? columns.length > 0 : rule !== null && columns.includes(rule.column);
}

/** All but the same answer every time may be told by a row's copy. */
function restsOnRows({ verdict, rule }: ScoreGround): boolean {
  return verdict === "model" || rule !== null;
}
