import type { Feature, Matrix } from "../../../core/matrix.ts";
import { nearestName } from "../../../core/nearest-name.ts";
import { wrongType, wrongValue } from "../../wrong-use.ts";
import type { EnsembleFeature, TreeEnsemble } from "../ensemble.ts";
import { lightGbmName } from "../formats/lightgbm-name.ts";
import { checkArray, requireMatrix } from "../matrix-check.ts";

/** LightGBM's kZeroThreshold, a 32-bit constant. */
const ZERO = Math.fround(1e-35);

/**
 * The matrix's column of each feature of the ensemble, found by name.
 * @throws RangeError when a feature is absent from the matrix, of another kind or of another length; TypeError for what is no matrix.
 */
export function columnsOf({ features }: TreeEnsemble, matrix: Matrix): Feature[] {
  requireMatrix(matrix);
  if ("slots" in matrix)
    throw wrongType("bad-dataset", "a dataset is binned for training; trees are applied to the matrix that it was made of");
  const byName = new Map(matrix.features.map((feature) => [feature.name, feature]));
  return features.map((feature) => columnNamed(byName, feature, matrix.rows));
}

function columnNamed(byName: ReadonlyMap<string, Feature>, wanted: EnsembleFeature, rows: number): Feature {
  const found = byName.get(wanted.name);
  if (found === undefined)
    throw wrongValue("bad-matrix", `the matrix has no feature "${wanted.name}"${hintOf(wanted.name, [...byName.keys()])}`);
  if (found.kind !== wanted.kind)
    throw wrongValue("bad-matrix", `feature "${wanted.name}" is ${found.kind}, the trees learned it as ${wanted.kind}`);
  checkArray(found);
  if (found.kind === "categorical") refuseOtherLevels(found, wanted);
  const { length } = found.kind === "numeric" ? found.values : found.codes;
  if (length !== rows) throw wrongValue("bad-matrix", `feature "${wanted.name}" has ${length} rows, the matrix ${rows}`);
  return found;
}

/** Codes mean nothing without their names: a matrix made with the columns of other rows would shift them in silence. */
export function refuseOtherLevels(
  { name, levelNames }: { readonly name: string; readonly levelNames?: readonly string[] },
  wanted: EnsembleFeature,
): void {
  const known = wanted.levelNames;
  if (levelNames === undefined || known === undefined || levelNames === known) return;
  const place = Array.from({ length: Math.max(known.length, levelNames.length) }).findIndex((_, code) => known[code] !== levelNames[code]);
  if (place < 0) return;
  const shown = (names: readonly string[]) => (place < names.length ? JSON.stringify(names[place]) : "none");
  throw wrongValue(
    "bad-matrix",
    `feature "${name}" has other categories than in training: code ${place} is ${shown(levelNames)}, the trees learned ${shown(known)}; use the columns of the rows that were learned from`,
  );
}

function hintOf(wanted: string, names: readonly string[]): string {
  const renamed = names.find((name) => lightGbmName(name) === wanted);
  if (renamed !== undefined)
    return `, but "${renamed}", which LightGBM's files call "${wanted}": name the matrix's feature so (in a file, blanks and ",:[]{} are "_")`;
  const near = nearestName(wanted, names);
  return near === null ? "" : `; did you mean "${near}"?`;
}

/** What nodes compare with: missing values, unknown codes and (zeroIsMissing) zeros are NaN, codes are whole numbers (of others the whole part, as in LightGBM). */
export function nodeValue(value: number, feature: EnsembleFeature, isFloat32: boolean): number {
  if (feature.kind === "categorical") {
    if (value >= 0 && value < feature.levels) return Math.floor(value);
    return value >= 0 && feature.lastIsOther === true ? feature.levels - 1 : Number.NaN;
  }
  if (feature.zeroIsMissing === true && Math.abs(value) <= ZERO) return Number.NaN;
  return isFloat32 ? Math.fround(value) : value;
}

/** Whether a row with this node value goes left. */
export function goesLeft(ensemble: TreeEnsemble, node: number, value: number): boolean {
  if (Number.isNaN(value)) return ensemble.missingLeft[node] === 1;
  const subset = ensemble.subset[node]!;
  if (subset < 0) return value <= ensemble.threshold[node]!;
  return ((ensemble.subsets[subset + (value >> 5)]! >>> (value & 31)) & 1) === 1;
}
