import type { Frame } from "../core/column.ts";
import { type ErrorCode, type ErrorParts, OldhandError } from "../core/error.ts";
import type { Experiment } from "../core/experiment.ts";
import type { Fold } from "../core/split.ts";
import type { FoldResult } from "./contracts.ts";

export interface WorkerSettings {
  /** Module that exports `runFold`. */
  readonly runnerUrl: string;
}

export type ToWorker =
  | { readonly type: "frame"; readonly version: string; readonly frame: Frame }
  | { readonly type: "fold"; readonly job: number; readonly experiment: Experiment; readonly fold: Fold; readonly validation: Int32Array };

export type FromWorker =
  | { readonly type: "result"; readonly job: number; readonly result: FoldResult }
  | { readonly type: "failure"; readonly job: number; readonly failure: Failure };

/** An error as plain data: prototypes do not cross threads. */
export interface Failure {
  readonly name: string;
  readonly message: string;
  readonly stack: string | null;
  /** Of an error that a user caused. */
  readonly user: { readonly code: ErrorCode; readonly parts: ErrorParts } | null;
}

export function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { name: "Error", message: String(error), stack: null, user: null };
  const user = error instanceof OldhandError ? { code: error.code, parts: error.parts } : null;
  return { name: error.name, message: error.message, stack: error.stack ?? null, user };
}

export function errorOf({ name, message, stack, user }: Failure): Error {
  if (user !== null) return new OldhandError(user.code, user.parts);
  const error = new Error(message);
  error.name = name;
  if (stack !== null) error.stack = stack;
  return error;
}
