/** Where a caller of the trees went wrong; docs/engine-programs.md says what each is. They stay as they are, messages may change. */
export const WRONG_USES = ["bad-option", "bad-loss", "bad-training", "bad-matrix", "bad-dataset", "bad-model", "out-of-memory"] as const;

export type WrongUse = (typeof WRONG_USES)[number];

/** What a call throws that does not fit: a RangeError or TypeError of the language, with a code. */
export type WrongUseError = (RangeError | TypeError) & { readonly code: WrongUse };

/** A value that does not fit. */
export function wrongValue(code: WrongUse, message: string): WrongUseError {
  return coded(code, new RangeError(message), wrongValue);
}

/** A value of the wrong type. */
export function wrongType(code: WrongUse, message: string): WrongUseError {
  return coded(code, new TypeError(message), wrongType);
}

/** The stack begins where the error is thrown. */
function coded<E extends Error>(
  code: WrongUse,
  error: E,
  maker: (code: WrongUse, message: string) => Error,
): E & { readonly code: WrongUse } {
  Error.captureStackTrace(error, maker);
  return Object.assign(error, { code });
}
