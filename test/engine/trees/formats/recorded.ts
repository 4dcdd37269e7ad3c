import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Feature, Matrix } from "../../../../src/core/matrix.ts";
import type { ForeignModel } from "../../../../src/engine/trees/index.ts";

/** What bench/peers/tree_formats.py wrote. */
export const FOLDER = fileURLToPath(new URL("../../../reference/recorded/trees/", import.meta.url));

interface Data {
  readonly train: number;
  readonly columns: Readonly<Record<string, (number | null)[]>>;
}

export interface Predictions {
  /** [rows, outputs] */
  readonly raw: number[];
  readonly predicted: number[];
}

export interface Recording<Case> {
  readonly versions: Readonly<Record<string, string>>;
  readonly cases: Readonly<Record<string, Case>>;
}

export const recordedText = (path: string): string => readFileSync(FOLDER + path, "utf8");
/** Copied, because a Buffer shares its memory with its slices. */
export const recordedBytes = (path: string): Uint8Array => Uint8Array.from(readFileSync(FOLDER + path));
export const recordedFiles = (folder: string): string[] => readdirSync(FOLDER + folder).sort();
export const recording = <Case = Predictions>(name: string) => JSON.parse(recordedText(`${name}.json`)) as Recording<Case>;

const data = JSON.parse(recordedText("data.json")) as Data;

export interface MatrixOptions {
  /** Factor on the codes of the last column. */
  readonly factor?: number;
  /** Codes at or above which a category is missing: the level lists of a data frame. */
  readonly levels?: readonly number[];
}

/** The recorded test rows as the model's features, in its order. Codes are whole numbers; missing is -1. */
export function testMatrix({ ensemble }: ForeignModel, { factor = 1, levels = [] }: MatrixOptions = {}): Matrix {
  const columns = Object.values(data.columns).map((column) => column.slice(data.train));
  const names = [...new Set(ensemble.features.map(({ name }) => name))];
  const features = names.map((name, place): Feature => {
    const { kind, levels: known } = ensemble.features.find((feature) => feature.name === name)!;
    const column = columns[place]!;
    if (kind === "numeric") return { name, kind, values: Float64Array.from(column, (value) => value ?? Number.NaN) };
    const most = levels[place - 3] ?? Number.POSITIVE_INFINITY;
    const scale = place === 4 ? factor : 1;
    const codes = Int32Array.from(column, (value) => (value === null || value < 0 || value >= most ? -1 : value * scale));
    return { name, kind, codes, levels: known };
  });
  return { rows: columns[0]!.length, features };
}
