import { type Gate, judgedBy } from "./gate.ts";
import { probabilityCalibration } from "./probability-calibration.ts";
import { valueCalibration } from "./value-calibration.ts";

const FEWEST_ROWS = 50;

/** Do answers mean what they say? Probabilities against what came true; values against their bias and the reach of their intervals. */
export const calibration: Gate = {
  gate: "calibration",
  title: "Answers mean what they say",
  rubric: [],
  run: async ({ judged, experiments, metric, groups }) => {
    const rows = judged.truth.length;
    if (rows < FEWEST_ROWS) return judgedBy(false, `Not shown: ${rows} judged rows, at least ${FEWEST_ROWS} are needed.`);
    const found = judged.task.kind === "regression" ? valueCalibration(judged, metric, groups) : probabilityCalibration(judged, groups);
    return { ...found, measured: found.measured === null ? null : { ...found.measured, experiments } };
  },
};
