import type { TreeEnsemble } from "../ensemble.ts";

/** Turns raw scores, rows x outputs, into predictions in place. */
export function applyLink({ link, outputs }: Pick<TreeEnsemble, "link" | "outputs">, raw: Float64Array): void {
  switch (link) {
    case "identity":
      return;
    case "logistic":
      for (let i = 0; i < raw.length; i++) raw[i] = 1 / (1 + Math.exp(-raw[i]!));
      return;
    case "exp":
      for (let i = 0; i < raw.length; i++) raw[i] = Math.exp(raw[i]!);
      return;
    case "share":
      for (let i = 0; i < raw.length; i++) raw[i] = Math.min(1, Math.max(0, raw[i]!));
      return;
    case "softplus":
      for (let i = 0; i < raw.length; i++) raw[i] = Math.log1p(Math.exp(raw[i]!));
      return;
    case "signedSquare":
      for (let i = 0; i < raw.length; i++) raw[i] = raw[i]! * Math.abs(raw[i]!);
      return;
    case "softmax":
      for (let at = 0; at < raw.length; at += outputs) softmaxAt(raw, at, outputs);
      return;
    case "sorted":
      for (let at = 0; at < raw.length; at += outputs) raw.subarray(at, at + outputs).sort();
      return;
    default:
      link satisfies never;
  }
}

function softmaxAt(scores: Float64Array, from: number, outputs: number): void {
  const end = from + outputs;
  let top = Number.NEGATIVE_INFINITY;
  for (let k = from; k < end; k++) top = Math.max(top, scores[k]!);
  let sum = 0;
  for (let k = from; k < end; k++) sum += scores[k] = Math.exp(scores[k]! - top);
  for (let k = from; k < end; k++) scores[k] = scores[k]! / sum;
}
