import { meanOfRows, type RowLossMetric } from "./forms.ts";

const WORDS = { better: "lower", best: 0, worst: Number.POSITIVE_INFINITY, chance: null, tasks: ["regression"] } as const;

/** Mean absolute error, in the target's unit. */
export const mae: RowLossMetric = meanOfRows({ ...WORDS, name: "mae", label: "MAE" }, ({ truth, outputs }) =>
  truth.map((value, row) => Math.abs(outputs[row]! - value)),
);

/** Mean of |error| / |truth|, as a share (0.1 = 10 %). A truth of 0 counts as 2.2e-16, as in scikit-learn: such rows decide the score. */
export const mape: RowLossMetric = meanOfRows({ ...WORDS, name: "mape", label: "MAPE" }, ({ truth, outputs }) =>
  truth.map((value, row) => Math.abs(outputs[row]! - value) / Math.max(Number.EPSILON, Math.abs(value))),
);

/** Pinball loss of quantile q in (0, 1): least for the q-quantile. q = 0.5 is half the MAE. Named "pinball", or "pinball-0.9" and so on. */
export function pinball(q = 0.5): RowLossMetric {
  const name = q === 0.5 ? "pinball" : `pinball-${q}`;
  return meanOfRows({ ...WORDS, name, label: `pinball loss (q = ${q})` }, ({ truth, outputs }) =>
    truth.map((value, row) => {
      const short = value - outputs[row]!;
      return short >= 0 ? q * short : (q - 1) * short;
    }),
  );
}
