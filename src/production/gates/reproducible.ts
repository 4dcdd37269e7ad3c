import { type Gate, judgedBy } from "./gate.ts";

/** The same data, choice and seed must train the same model, to the bit. */
export const reproducible: Gate = {
  gate: "reproducible",
  title: "Training can be repeated",
  rubric: ["I1"],
  run: async ({ repeatTraining }) => {
    const { first, again, on } = await repeatTraining();
    const isPassed = again === first;
    const why = isPassed
      ? `Trained a second time on ${on}: the same model to the bit (${first}).`
      : `Trained a second time on ${on}: another model (${first}, then ${again}).`;
    return judgedBy(isPassed, why, { evidence: { first, again } });
  },
};
