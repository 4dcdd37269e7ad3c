import { cleanText } from "./clean-text.ts";

/** Every error a user can cause. `docs/errors.md` has one entry for each; a test compares both ways. */
export const ERROR_CODES = [
  "file-not-found",
  "file-unreadable",
  "file-is-directory",
  "file-empty",
  "file-format",
  "file-encrypted",
  "encoding",
  "header-only",
  "ragged-row",
  "shifted-row",
  "line-too-long",
  "duplicate-column",
  "one-column",
  "unknown-column",
  "target-constant",
  "target-empty",
  "target-scale",
  "class-too-small",
  "too-few-rows",
  "too-few-groups",
  "no-features",
  "bad-option",
  "unknown-command",
  "bad-known-at",
  "bad-labels",
  "schema-mismatch",
  "table-choice",
  "table-missing",
  "not-a-query",
  "access-denied",
  "connection-failed",
  "dossier-missing",
  "dossier-broken",
  "dossier-busy",
  "dossier-other-data",
  "disk-full",
  "out-of-memory",
  "experiment-unknown",
  "port-in-use",
  "not-installed",
  "not-yet",
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

export interface ErrorParts {
  /** One sentence: what went wrong. */
  readonly what: string;
  /** File, line, column or option. */
  readonly where?: string;
  readonly expected?: string;
  readonly got?: string;
  /** What to do now. */
  readonly fix?: string;
}

/** A user's error: exit code 2, one message, no stack; what names of the user hold cannot act on a terminal nor add lines. Anything else that is thrown is a defect (exit code 70). */
export class OldhandError extends Error {
  readonly code: ErrorCode;
  readonly parts: ErrorParts;

  constructor(code: ErrorCode, parts: ErrorParts) {
    const details = [
      parts.where === undefined ? "" : `  where:    ${cleanText(parts.where)}`,
      parts.expected === undefined ? "" : `  expected: ${cleanText(parts.expected)}`,
      parts.got === undefined ? "" : `  got:      ${cleanText(parts.got)}`,
      parts.fix === undefined ? "" : `  do:       ${cleanText(parts.fix)}`,
    ].filter((line) => line !== "");
    super([`${cleanText(parts.what)} [${code}]`, ...details].join("\n"));
    this.name = "OldhandError";
    this.code = code;
    this.parts = parts;
  }
}
