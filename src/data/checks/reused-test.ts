import { expectedMaximum } from "../../stats/index.ts";
import type { Check } from "../check.ts";
import { NO_ROWS } from "../findings/affected-rows.ts";
import { counted } from "../findings/phrase.ts";
import { givenTest } from "../shifts/given-test.ts";

/** Looks from which the best of them is expected to lie a standard error too high. */
const MANY = 5;

/** The given test set has judged models of other questions in this dossier: what is chosen by it is no longer judged by it. */
export const reusedTest: Check = {
  trap: "reused-test",
  title: "The test rows were used many times",
  subject: "given-split",
  inspect(context) {
    const given = givenTest(context);
    if (given === null || context.testLooks === 0) return [];
    const looks = context.testLooks + 1;
    const optimism = expectedMaximum(looks);
    return [
      {
        trap: "reused-test",
        columns: [],
        rows: { ...NO_ROWS, count: given.test.length },
        severity: looks >= MANY ? "harmful" : "costly",
        // Counted, not estimated.
        confidence: 1,
        evidence: { looks, optimismInStandardErrors: optimism, certain: true },
        fix: {
          action: "advice",
          text: "Choose by the folds of the training rows, and judge the last choice by rows that have judged nothing yet.",
        },
        counterfactual: null,
        unmeasured: "Rows that have judged nothing yet would be needed to measure it.",
        question: null,
        why: `With this run the same test rows judge ${counted(looks, "question")} of this dossier. Whoever keeps the best of ${looks} scores of equally good models is promised up to ${optimism.toFixed(1)} standard errors too much. Looks from other dossiers, or with other tools, are not known here and come on top.`,
      },
    ];
  },
};
