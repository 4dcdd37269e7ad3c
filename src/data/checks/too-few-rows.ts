import type { Suspicion } from "../../core/finding.ts";
import type { Check } from "../check.ts";
import { featuresOf, infoOf } from "../columns/features.ts";
import { NO_ROWS } from "../findings/affected-rows.ts";
import { amount, counted, percent } from "../findings/phrase.ts";
import { classCounts } from "../labels/class-counts.ts";

/** Events per parameter below which coefficients are unstable (Peduzzi et al. 1996, doi:10.1016/S0895-4356(96)00236-3). */
const STABLE = 10;
/** Half of it still does for models that are regularised, as all here are (Vittinghoff and McCulloch 2007, doi:10.1093/aje/kwk052). */
const ENOUGH = 5;
/** Below this the data fit any model. */
const HOPELESS = 2;
/** Of fewer rows a fifth, as is usual for judging, is below thirty: a share of them is known to within 18 % at best (95 %: 1.96 x 0.5 / sqrt(n)), of all to within 8 %. */
const TELLING = 150;
/** Rare levels are pooled by every estimator, so a category counts for at most so many parameters. */
const MOST_PARAMETERS = 10;

/** Too few rows of the rarer outcome for the number of columns. */
export const tooFewRows: Check = {
  trap: "too-few-rows",
  title: "Too few rows for so many columns",
  ofModel: true,
  inspect(context) {
    const counts = classCounts(context);
    const labelled = context.target.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : 1), 0);
    const scale = context.dataset.rows / Math.max(1, context.frame.rows);
    const events = Math.round(
      scale * (counts.length === 2 ? Math.min(...counts) : counts.length > 2 ? labelled / counts.length : labelled),
    );
    const parameters = featuresOf(context).reduce((sum, column) => {
      const { distinct } = infoOf(context, column.name);
      return sum + ("values" in column ? Math.min(1, distinct) : Math.min(MOST_PARAMETERS, Math.max(0, distinct - 1)));
    }, 0);
    const perParameter = events / Math.max(1, parameters);
    const all = Math.round(scale * labelled);
    if (perParameter >= ENOUGH) return all < TELLING && all > 0 ? [tooFewToMeasure(all, counts.length === 0)] : [];
    const hopeless = perParameter < HOPELESS;
    const what = counts.length === 2 ? "rows of the rarer class" : counts.length > 2 ? "rows per class" : "rows";
    return [
      {
        trap: "too-few-rows",
        columns: [],
        rows: NO_ROWS,
        severity: hopeless ? "harmful" : "costly",
        confidence: hopeless ? 0.9 : 0.5,
        evidence: { events, parameters, eventsPerParameter: perParameter, features: featuresOf(context).length },
        fix: {
          action: "advice",
          // Whether more rows would help is measured by the learning curve, which gives its own advice.
          text: `Keep fewer columns and prefer a regularised model; for so many columns about ${amount(STABLE * parameters)} ${what} are usual.`,
        },
        counterfactual: { change: "half" },
        question: null,
        why: `There are ${amount(events)} ${what} for ${counted(parameters, "parameter")} of ${counted(featuresOf(context).length, "column")} (${amount(perParameter)} each; ${STABLE} are usually needed): a model can fit chance instead of a pattern.`,
      },
    ];
  },
};

/** Enough to fit so few columns, and too few to say how well. */
function tooFewToMeasure(rows: number, areNumbers: boolean): Suspicion {
  // Of normal errors the root of n squares strays by 1 / sqrt(2 n) of itself.
  const within = (areNumbers ? 1.96 * Math.SQRT1_2 : 0.98) / Math.sqrt(rows);
  return {
    trap: "too-few-rows",
    columns: [],
    rows: NO_ROWS,
    severity: "costly",
    confidence: 0.5,
    evidence: { rows, within },
    fix: { action: "advice", text: "Take the interval of every score for what it says; a difference between two models will hardly show." },
    counterfactual: { change: "half" },
    question: null,
    why: `There are ${counted(rows, "row")}: ${areNumbers ? "the size of the errors" : "a share of correct answers"} is known to within ${percent(within)}${areNumbers ? " of itself" : ""} at best (95 % interval), however simple the model.`,
  };
}
