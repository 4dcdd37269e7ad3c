import { type Frame, takeRows } from "../core/column.ts";
import type { Dataset } from "../core/dataset.ts";
import { sampleVersion } from "./sample-size.ts";
import type { Workplace } from "./workplace.ts";

const SUFFIX = "-training";

type Parts = Pick<Workplace, "dataset" | "trainingSet" | "frame" | "testRows">;

/**
 * The rows of the frame that come before the given test set; the whole without one. They are named by their own version; as a part of a sample by
 * what they are a part of.
 */
export function trainingPart({ dataset, trainingSet, frame, testRows }: Parts): { readonly dataset: Dataset; readonly frame: Frame } {
  const name = sampleVersion(dataset, frame.rows);
  if (testRows === 0) return { dataset: { ...dataset, version: name }, frame };
  const isWhole = frame.rows === dataset.rows;
  const version = isWhole ? trainingSet.version : `${name}${SUFFIX}`;
  return { dataset: { ...trainingSet, version }, frame: firstRows(frame, frame.rows - testRows, isWhole) };
}

/** The name of the frame of which `name` is the training part, or null. */
export function wholeOf(name: string, { dataset, trainingSet }: Pick<Workplace, "dataset" | "trainingSet">): string | null {
  if (name === trainingSet.version && name !== dataset.version) return dataset.version;
  return name.endsWith(SUFFIX) ? name.slice(0, -SUFFIX.length) : null;
}

/** Row numbers say that a frame is a sample, so the part of a whole has none. */
function firstRows(frame: Frame, count: number, isWhole: boolean): Frame {
  const taken = takeRows(
    frame,
    Int32Array.from({ length: count }, (_, row) => row),
  );
  return isWhole ? { ...taken, rowNumbers: null } : taken;
}
