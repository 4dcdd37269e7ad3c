import type { Task } from "../../core/task.ts";
import { targetOutputs } from "../out-of-fold.ts";
import { WRITINGS, type Writing } from "./writing.ts";

export function writingName(column: string, writing: Writing): string {
  return `${column}.${writing}`;
}

export function scoreName(column: string, suffix: string): string {
  return `${column}.score${suffix}`;
}

/** What step `text` makes of a column, as far as names are free and words come back. */
export function textFeatures(column: string, task: Task): string[] {
  return [...WRITINGS.map((one) => writingName(column, one)), ...targetOutputs(task).map(({ suffix }) => scoreName(column, suffix))];
}
