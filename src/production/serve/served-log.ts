import type { Frame } from "../../core/column.ts";
import type { Scorer } from "../../core/scorer.ts";
import { outputsOf } from "../../core/task.ts";
import type { Answer } from "../answer.ts";
import type { SentRecord } from "./read-records.ts";

/** One answered row, as a server logs it. */
export interface ServedRow {
  readonly time: string;
  /** Id of the request; rows of one request share it. */
  readonly request: string;
  /** The caller's own name of the row. */
  readonly id: string | number | null;
  /** Version of the model. */
  readonly version: string;
  readonly input: SentRecord;
  readonly output: Answer;
}

export interface Served {
  /** What was sent, as the model reads it. */
  readonly frame: Frame;
  /** What was answered, rows x outputsOf(task), row-major. */
  readonly outputs: Float64Array;
  /** Lines that are no answered row of this task, or do not fit what the model reads. */
  readonly left: number;
  /** Rows by version of the model that answered. */
  readonly versions: Readonly<Record<string, number>>;
}

/** The lines of a server's log as a frame and its answers, to be watched. Answers of other versions of the model are kept and counted. */
export function readServed(scorer: Scorer, lines: Iterable<unknown>): Served {
  const rows: ServedRow[] = [];
  const outputs: number[] = [];
  const versions = new Map<string, number>();
  let left = 0;
  for (const line of lines) {
    const answer = isServedRow(line) ? outputOf(scorer, line.output) : null;
    if (answer === null || !isServedRow(line) || !isReadable(scorer, line.input)) left++;
    else {
      rows.push(line);
      outputs.push(...answer);
      versions.set(line.version, (versions.get(line.version) ?? 0) + 1);
    }
  }
  return {
    frame: scorer.frameOf(rows.map(({ input }) => input)),
    outputs: Float64Array.from(outputs),
    left,
    versions: Object.fromEntries(versions),
  };
}

function isServedRow(line: unknown): line is ServedRow {
  if (typeof line !== "object" || line === null) return false;
  const { input, output, version } = line as Partial<ServedRow>;
  return typeof input === "object" && input !== null && typeof output === "object" && output !== null && typeof version === "string";
}

function isReadable(scorer: Scorer, input: SentRecord): boolean {
  try {
    scorer.frameOf([input]);
    return true;
  } catch {
    return false;
  }
}

function outputOf({ task }: Scorer, { prediction, probability, probabilities }: Answer): number[] | null {
  const values =
    task.kind === "binary" ? [probability] : task.kind === "regression" ? [prediction] : task.classes.map((name) => probabilities?.[name]);
  const numbers = values.filter((value): value is number => typeof value === "number");
  return numbers.length === outputsOf(task) ? numbers : null;
}
