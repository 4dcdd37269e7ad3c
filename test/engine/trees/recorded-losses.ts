import { readFileSync } from "node:fs";
import type { LossName } from "../../../src/engine/trees/losses/index.ts";
import type { BoostingGiven } from "../../../src/engine/trees/options-given.ts";

/** What bench/peers/trees_losses.py wrote: sums of LightGBM's gradients and hessians over the rows of each node of a tree. */
export interface RecordedLosses {
  readonly targets: Readonly<Record<string, number[]>>;
  readonly weight: number[];
  /** By output, by row. */
  readonly scores: number[][];
  readonly query: number[];
  readonly cases: readonly {
    readonly name: string;
    readonly loss: LossName;
    readonly target: string;
    readonly weighted: boolean;
    readonly nodes: readonly { readonly output: number; readonly rows: number[]; readonly gradient: number; readonly hessian: number }[];
    readonly base: number[];
  }[];
  readonly ndcg: readonly { readonly begin: number; readonly end: number; readonly k: number; readonly value: number }[];
  readonly soft: {
    /** By feature, by row. */
    readonly x: number[][];
    readonly options: BoostingGiven;
    readonly predictions: readonly { readonly weighted: boolean; readonly predicted: number[] }[];
  };
  /** scikit-learn's values by our names. */
  readonly metrics: readonly { readonly weighted: boolean; readonly values: Readonly<Record<string, number>> }[];
}

export const recordedLosses = JSON.parse(
  readFileSync(new URL("../../reference/recorded/engine-losses.json", import.meta.url), "utf8"),
) as RecordedLosses;
