import type { EnsembleFeature, TreeEnsemble } from "../ensemble.ts";
import { ByteWriter } from "./byte-writer.ts";
import { bitTreeOf, MOST_LEAVES } from "./program-bits.ts";
import { type RankColumns, rankColumnsOf } from "./program-columns.ts";
import { writeWalkTree } from "./program-walk.ts";

/**
 * An ensemble as bytes for the kernel in assembly/prediction.ts. Words are 32 bits; places are bytes from the program's start.
 *
 *     header   outputs, leafWidth, rank columns, inputs at, inputs, trees at, trees, base at
 *     input    kind (0 numeric, 1 codes), flags (1 zero is missing, 2 float32, 4 last level is other), thresholds at, thresholds,
 *              first rank column, rank columns, their list at, levels
 *     tree     kind (0 bits, 1 walk), output, at, planes, counts at, leaf values at
 *
 * A rank column holds a byte per row: how many of the feature's sorted thresholds lie below the value (255 of them to a column), or for a
 * set of categories the lowest byte (left) or the highest. A node then is one comparison of bytes, 16 rows at once.
 */
export interface Program {
  readonly bytes: Uint8Array;
  /** Features of the ensemble that the program reads, in the order of its inputs. */
  readonly inputs: Int32Array;
  readonly rankColumns: number;
}

const programs = new WeakMap<TreeEnsemble, Program>();

/** The ensemble's program, compiled once. */
export function programOf(ensemble: TreeEnsemble): Program {
  const known = programs.get(ensemble);
  if (known !== undefined) return known;
  const program = compileProgram(ensemble);
  programs.set(ensemble, program);
  return program;
}

const HEADER_WORDS = 8;
const RECORD_WORDS = 8;

function compileProgram(ensemble: TreeEnsemble): Program {
  const { outputs, leafWidth, treeOutput, base } = ensemble;
  const trees = treeOutput.length;
  const isBits = Uint8Array.from(treeOutput, (_, tree) => (leavesOf(ensemble, tree) <= MOST_LEAVES ? 1 : 0));
  const inputs = Int32Array.from(new Set(ensemble.feature.filter((place) => place >= 0))).sort();
  const columns = rankColumnsOf(ensemble, inputs, isBits);
  const writer = new ByteWriter();
  const header = writer.reserve(4 * HEADER_WORDS);
  const inputsAt = writer.reserve(4 * RECORD_WORDS * inputs.length);
  const treesAt = writer.reserve(4 * RECORD_WORDS * trees);
  const baseAt = writer.doubles(base);
  writer.words(header, [outputs, leafWidth, columns.count, inputsAt, inputs.length, treesAt, trees, baseAt]);
  for (let i = 0; i < inputs.length; i++) writeInput(writer, inputsAt + 4 * RECORD_WORDS * i, ensemble, inputs[i]!, columns);
  const subsetAt = new Map<string, number>();
  const valuesAt = isBits.every(Boolean) ? 0 : writer.doubles(ensemble.leafValues);
  for (let tree = 0; tree < trees; tree++) {
    const at = treesAt + 4 * RECORD_WORDS * tree;
    if (isBits[tree] === 1) writeBitTree(writer, at, ensemble, tree, columns);
    else writer.words(at, [1, treeOutput[tree]!, writeWalkTree(writer, ensemble, tree, inputs, valuesAt, subsetAt)]);
  }
  return { bytes: writer.bytes(), inputs, rankColumns: columns.count };
}

function leavesOf({ treeStart }: TreeEnsemble, tree: number): number {
  return (treeStart[tree + 1]! - treeStart[tree]! + 1) / 2;
}

function writeInput(writer: ByteWriter, at: number, ensemble: TreeEnsemble, place: number, columns: RankColumns): void {
  const feature = ensemble.features[place]!;
  const { kind, levels } = feature;
  const { thresholds, first, list } = columns.byFeature.get(place)!;
  const flags = inputFlags(feature, ensemble.float32Inputs === true);
  const thresholdsAt = writer.doubles(thresholds);
  const words: number[] = [];
  for (const { segment, subset, missingLeft } of list) {
    words.push(subset === null ? segment * 255 : writer.padded(new Uint8Array(subset.slice().buffer)), 1 - missingLeft);
  }
  const listAt = writer.reserve(4 * words.length);
  writer.words(listAt, words);
  writer.words(at, [kind === "categorical" ? 1 : 0, flags, thresholdsAt, thresholds.length, first, list.length, listAt, levels]);
}

function inputFlags({ kind, zeroIsMissing, lastIsOther }: EnsembleFeature, isFloat32: boolean): number {
  if (kind === "categorical") return lastIsOther === true ? 4 : 0;
  return (zeroIsMissing === true ? 1 : 0) + (isFloat32 ? 2 : 0);
}

function writeBitTree(writer: ByteWriter, at: number, ensemble: TreeEnsemble, tree: number, columns: RankColumns): void {
  const { entries, counts, values } = bitTreeOf(ensemble, tree, columns);
  const entriesAt = writer.reserve(8 * entries.length);
  for (const [i, { column, limit, leaves }] of entries.entries()) {
    writer.words(entriesAt + 8 * i, [64 * column, (limit & 255) | (leaves << 8)]);
  }
  const countsAt = writer.reserve(4 * counts.length);
  writer.words(countsAt, counts);
  const valuesAt = writer.doubles(values);
  writer.words(at, [0, ensemble.treeOutput[tree]!, entriesAt, counts.length / 2, countsAt, valuesAt]);
}
