import type { Feature } from "../../core/matrix.ts";
import { wrongValue } from "../wrong-use.ts";
import type { EncodedMatrix } from "./dataset/build.ts";
import type { LossRows } from "./losses/index.ts";
import type { BoostingOptions, ForestOptions } from "./options.ts";
import { encodeByTable, orderedTarget } from "./ordered-target.ts";
import { uniformStream } from "./random.ts";
import { isTreeDataset, type TreeSource, type WholeTraining } from "./training.ts";

/** Weight of the prior, in rows; CatBoost's. */
const SMOOTHING = 1;

/**
 * The matrix with categorical features as ordered target statistics where the options ask for it: all of them ("ordered-target"), or those of more levels than
 * `most` ("auto"). What is learned from these numbers becomes splits by sets of levels, so the trees need no encoder.
 * @throws RangeError for a dataset that was binned before (its bins know no target) and for losses without one number as target.
 */
export function encodeTargets(
  { matrix, loss }: WholeTraining,
  { categoricalEncoding: asked }: Pick<BoostingOptions | ForestOptions, "categoricalEncoding">,
  most: number,
  train: LossRows,
  seed: number,
): TreeSource | EncodedMatrix {
  const hasOneTarget = loss.loss !== "softmax" && loss.loss !== "lambdarank" && loss.loss !== "custom";
  if (asked === "subsets" || (asked === "auto" && (isTreeDataset(matrix) || !hasOneTarget))) return matrix;
  if (isTreeDataset(matrix))
    throw wrongValue("bad-option", 'categoricalEncoding "ordered-target" needs a matrix: a dataset is binned without its target');
  if (!hasOneTarget)
    throw wrongValue("bad-option", `categoricalEncoding "ordered-target" needs a target of numbers or two classes, not ${loss.loss} loss`);
  const levelValues = new Map<number, Float64Array>();
  const features = matrix.features.map((feature, place): Feature => {
    if (feature.kind !== "categorical" || (asked === "auto" && feature.levels <= most)) return feature;
    const { codes, levels, name } = feature;
    const { column, table } = orderedTarget(codes, train, { levels, smoothing: SMOOTHING }, uniformStream(seed, 0x6f7264 + place));
    const values = encodeByTable(codes, table);
    for (const row of train.rows) values[row] = column[row]!;
    levelValues.set(place, table.values);
    return { name, kind: "numeric", values };
  });
  return { rows: matrix.rows, features, levelValues };
}
