import { shown } from "../../shown.ts";
import { wrongType, wrongValue } from "../../wrong-use.ts";
import { type CustomLossName, LINKS, type Loss, type LossRows } from "./contract.ts";
import { requireParameter } from "./rows.ts";

/**
 * A loss by the user's derivatives. What they return is checked for length and for numbers that are not finite.
 * @throws RangeError for outputs or a base that do not fit together.
 */
export function custom(name: CustomLossName): Loss {
  const { outputs = 1, link = "identity", value, gradient } = name;
  requireParameter(Number.isInteger(outputs) && outputs >= 1, "custom loss needs a whole number of outputs", outputs);
  const { base = new Array<number>(outputs).fill(0) } = name;
  const isBase = Array.isArray(base) && base.length === outputs && base.every(Number.isFinite);
  requireParameter(isBase, "custom loss needs a list with a finite base per output", Array.isArray(base) ? `[${base.join(", ")}]` : base);
  requireParameter(LINKS.includes(link), `custom loss needs a link of ${LINKS.join(", ")}`, link);
  if (typeof gradient !== "function")
    throw wrongType("bad-loss", "custom loss needs a function `gradient` that gives { gradient, hessian }");
  if (value !== undefined && typeof value !== "function")
    throw wrongType("bad-loss", `the value of a custom loss is a function, (scores, target, weight) => the mean loss; got ${shown(value)}`);
  return {
    outputs,
    link,
    base: () => [...base],
    gradients: (scores, sample, gradients, hessians) => {
      const found = gradient(packScores(scores, sample), packed(sample.target, sample), packedWeight(sample));
      if (found?.gradient === undefined || found.hessian === undefined)
        throw wrongType("bad-loss", `custom loss must give { gradient, hessian }, two lists of numbers, got ${shown(found)}`);
      unpack("gradient", found.gradient, Number.NEGATIVE_INFINITY, sample, gradients);
      unpack("hessian", found.hessian, 0, sample, hessians);
    },
    mean: (scores, sample) => {
      if (value === undefined)
        throw wrongValue("bad-loss", "custom loss without `value` cannot judge validation rows: give an earlyStoppingMetric");
      const found: unknown = value(packScores(scores, sample), packed(sample.target, sample), packedWeight(sample));
      if (typeof found !== "number") throw wrongType("bad-loss", `the value of a custom loss must be a number, got ${shown(found)}`);
      return found;
    },
    leafQuantiles: null,
  };
}

function packed(values: Float64Array, { rows, count }: LossRows): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => values[rows[i]!]!);
}

function packedWeight(sample: LossRows): Float64Array | null {
  return sample.weight === null ? null : packed(sample.weight, sample);
}

function packScores(scores: readonly Float64Array[], { rows, count }: LossRows): Float64Array {
  const out = new Float64Array(count * scores.length);
  for (let i = 0; i < count; i++) for (let k = 0; k < scores.length; k++) out[i * scores.length + k] = scores[k]![rows[i]!]!;
  return out;
}

function unpack(what: string, from: ArrayLike<number>, low: number, { rows, count }: LossRows, to: readonly Float64Array[]): void {
  const width = to.length;
  if (from.length !== count * width) {
    throw wrongValue("bad-loss", `custom loss must give ${count * width} numbers of ${what} (rows x outputs), got ${from.length}`);
  }
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < width; k++) {
      const number = from[i * width + k]!;
      if (!Number.isFinite(number) || number < low)
        throw wrongValue(
          "bad-loss",
          `custom loss gave ${what} ${shown(number)} for row ${rows[i]}; it must be ${low === 0 ? "at least 0" : "a finite number"}`,
        );
      to[k]![rows[i]!] = number;
    }
  }
}
