import { type Gate, judgedBy } from "./gate.ts";

/** The same data, choice and seed must train the same model, to the bit. */
export const reproducible: Gate = {
  gate: "reproducible",
  title: "Training can be repeated",
  rubric: ["I1"],
  run: async ({ releaseHash, retrain }) => {
    const again = await retrain();
    const isPassed = again === releaseHash;
    const why = isPassed
      ? `Trained a second time from the same data: the same model to the bit (${releaseHash}).`
      : `Trained a second time from the same data: another model (${releaseHash}, then ${again}).`;
    return judgedBy(isPassed, why, { evidence: { released: releaseHash, again } });
  },
};
