import { digits } from "../../core/digits.ts";
import type { Finding } from "../../core/finding.ts";
import { asksOfCopies, asksOfGroup, copiesText, decidingQuestions, isPriced, type ScoreGround } from "../../core/open-question.ts";
import { count, listed } from "../phrase.ts";
import { type Gate, judgedBy, undecided } from "./gate.ts";

/** A blocker makes the score a lie: none may be left open. Whether it is one may hang on a question that only a person can answer. */
export const noOpenBlocker: Gate = {
  gate: "no-open-blocker",
  title: "No blocker left open in the data",
  rubric: [],
  run: async ({ findings, comparison }) => {
    const blockers = findings.filter(({ severity }) => severity === "blocker");
    const open = blockers.filter(({ state }) => state === "open");
    const asked = decidingQuestions(findings, comparison);
    const evidence = { blockers: blockers.length, open: open.map(({ id }) => id), asked: asked.map(({ id }) => id) };
    if (open.length > 0) {
      const why = `${count(open.length, "blocker")} left open (${listed(open.map(({ trap }) => trap))}): ${open[0]?.why ?? ""}`;
      return judgedBy(false, why, { evidence });
    }
    const [first] = asked;
    if (first !== undefined) return undecided(hangsOn(first, comparison), { evidence });
    const found = blockers.length === 0 ? "none was found" : `${count(blockers.length, "blocker")} found and mended`;
    return judgedBy(true, `No blocker is open: ${found} among ${count(findings.length, "finding")}.`, { evidence });
  },
};

function hangsOn(finding: Finding, comparison: ScoreGround): string {
  const { columns, harm, question } = finding;
  const group = asksOfGroup(finding);
  const names = listed(columns);
  const [are, them] = columns.length === 1 ? ["is", "it"] : ["are", "them"];
  const copies = asksOfCopies(finding);
  const left = copies ? "without the copies" : group ? "on new ones" : `without ${them}`;
  const without = isPriced(harm, comparison)
    ? `${digits(harm.honest, { low: harm.honestLow, high: harm.honestHigh })} is left of ${digits(harm.claimed, { low: harm.claimedLow, high: harm.claimedHigh })} ${left}`
    : `what is left ${left} was not measured`;
  const what = copies
    ? `${copiesText(finding)} are copies`
    : group
      ? `new ${names} will come`
      : `${names} ${are} known when a prediction is made`;
  return `Nobody has said whether ${what}: ${without}. ${question ?? ""}`.trimEnd();
}
