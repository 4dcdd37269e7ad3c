import type { Link, Loss, LossRows } from "./contract.ts";
import { meanOver } from "./rows.ts";

/** A loss of one score and one target. */
export interface Pointwise {
  readonly link: Link;
  readonly base: (sample: LossRows) => number[];
  readonly value: (score: number, y: number) => number;
  readonly gradient: (score: number, y: number) => number;
  /** Left out: 1. */
  readonly hessian?: (score: number, y: number) => number;
  readonly leafQuantile?: number;
}

export function pointwise({ link, base, value, gradient, hessian = () => 1, leafQuantile }: Pointwise): Loss {
  return {
    outputs: 1,
    link,
    base,
    gradients: ([scores], { target, weight, rows, count }, [gradients], [hessians]) => {
      for (let i = 0; i < count; i++) {
        const row = rows[i]!;
        const w = weight === null ? 1 : weight[row]!;
        gradients![row] = gradient(scores![row]!, target[row]!) * w;
        hessians![row] = hessian(scores![row]!, target[row]!) * w;
      }
    },
    mean: ([scores], rows) => meanOver(rows, (row, y) => value(scores![row]!, y)),
    leafQuantiles: leafQuantile === undefined ? null : [leafQuantile],
  };
}
