import type { Frame } from "../core/column.ts";
import { type ErrorCode, type ErrorParts, OldhandError } from "../core/error.ts";
import type { Job } from "./contracts.ts";

export interface WorkerSettings {
  /** Module of the kind: a `Runner`. */
  readonly runnerUrl: string;
}

export type ToWorker =
  | { readonly type: "frame"; readonly version: string; readonly frame: Frame }
  | { readonly type: "forget" }
  | { readonly type: "job"; readonly number: number; readonly job: Job };

export type FromWorker =
  | { readonly type: "result"; readonly number: number; readonly result: unknown }
  | { readonly type: "failure"; readonly number: number; readonly failure: Failure };

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
