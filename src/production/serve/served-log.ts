import type { Column, Frame } from "../../core/column.ts";
import type { Scorer } from "../../core/scorer.ts";
import { sentField } from "../../core/sent-field.ts";
import { outputsOf } from "../../core/task.ts";
import type { Answer } from "../answer.ts";
import type { SentRecord } from "./read-records.ts";
import type { Warning } from "./warnings.ts";

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
  /** What the sender was warned of; absent when there was nothing. */
  readonly warnings?: readonly Warning[];
}

/** One refused request, as a server logs it: nothing of what was sent but the names of fields. */
export interface RefusedLine {
  readonly time: string;
  readonly request: string;
  readonly refused: { readonly code: string; readonly fields: readonly string[] };
}

export interface Served {
  /** What was sent, as the model reads it, and the columns that were asked for beside it. */
  readonly frame: Frame;
  /** What was answered, rows x outputsOf(task), row-major. */
  readonly outputs: Float64Array;
  /** Lines that are no answered row of this task, or do not fit what the model reads. */
  readonly left: number;
  /** Rows by version of the model that answered. */
  readonly versions: Readonly<Record<string, number>>;
  /** Refused requests by the code of the refusal. */
  readonly refused: Readonly<Record<string, number>>;
  /** Rows by field and code of the warning, e.g. "age out-of-range". */
  readonly warnings: Readonly<Record<string, number>>;
}

/**
 * The lines of a server's log as a frame and its answers, to be watched, and counts of what went wrong. Answers of other versions of the model are kept and counted.
 * beside: fields that the model does not read and that name something of the row, such as its group. One that any row carries becomes a column of names.
 */
export function readServed(scorer: Scorer, lines: Iterable<unknown>, beside: readonly string[] = []): Served {
  const rows: ServedRow[] = [];
  const outputs: number[] = [];
  const [versions, refused, warnings] = [new Map<string, number>(), new Map<string, number>(), new Map<string, number>()];
  let left = 0;
  for (const line of lines) {
    if (isRefusedLine(line)) {
      addOne(refused, line.refused.code);
      continue;
    }
    const answer = isServedRow(line) ? outputOf(scorer, line.output) : null;
    if (answer === null || !isServedRow(line) || !isReadable(scorer, line.input)) left++;
    else {
      rows.push(line);
      outputs.push(...answer);
      addOne(versions, line.version);
      for (const { field, code } of line.warnings ?? []) addOne(warnings, `${field} ${code}`);
    }
  }
  const inputs = rows.map(({ input }) => input);
  const frame = scorer.frameOf(inputs);
  const named = beside.filter((name) => !frame.columns.some((column) => column.name === name));
  return {
    frame: { ...frame, columns: [...frame.columns, ...named.flatMap((name) => namesColumn(name, inputs) ?? [])] },
    outputs: Float64Array.from(outputs),
    left,
    versions: Object.fromEntries(versions),
    refused: Object.fromEntries(refused),
    warnings: Object.fromEntries(warnings),
  };
}

/** What the rows carry under this name, as text; null when none carries it. A row without it is missing there. */
function namesColumn(name: string, inputs: readonly SentRecord[]): Column | null {
  const codeOf = new Map<string, number>();
  const codes = Int32Array.from(inputs, (input) => {
    const value = sentField(input, name)?.value;
    if ((typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") || value === "") return -1;
    const code = codeOf.get(String(value)) ?? codeOf.size;
    codeOf.set(String(value), code);
    return code;
  });
  return codes.some((code) => code >= 0) ? { name, type: "category", codes, levels: [...codeOf.keys()] } : null;
}

function addOne(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function isRefusedLine(line: unknown): line is RefusedLine {
  if (typeof line !== "object" || line === null || !("refused" in line)) return false;
  const { refused } = line as Partial<RefusedLine>;
  return typeof refused === "object" && refused !== null && typeof refused.code === "string";
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

function outputOf({ task }: Scorer, { prediction, probabilities }: Answer): number[] | null {
  const values =
    task.kind === "regression"
      ? [prediction]
      : (task.kind === "binary" ? task.classes.slice(1) : task.classes).map((name) => probabilities?.[name]);
  const numbers = values.filter((value): value is number => typeof value === "number");
  return numbers.length === outputsOf(task) ? numbers : null;
}
