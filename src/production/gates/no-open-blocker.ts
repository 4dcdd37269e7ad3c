import { askedWords } from "../../core/asked-words.ts";
import { digits } from "../../core/digits.ts";
import type { Finding } from "../../core/finding.ts";
import { decidingQuestions, isPriced, type ScoreGround } from "../../core/open-question.ts";
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
  const { harm, question } = finding;
  const { open, left } = askedWords(finding);
  const without = isPriced(harm, comparison)
    ? `${digits(harm.honest, { low: harm.honestLow, high: harm.honestHigh })} is left of ${digits(harm.claimed, { low: harm.claimedLow, high: harm.claimedHigh })} ${left}`
    : `what is left ${left} was not measured`;
  return `Nobody has said whether ${open}: ${without}. ${question ?? ""}`.trimEnd();
}
