import { createColors } from "picocolors";
import { OldhandError } from "../core/error.ts";

/** Colours only on a terminal; NO_COLOR and FORCE_COLOR are obeyed. */
export function colours(stream: NodeJS.WriteStream): ReturnType<typeof createColors> {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  const off = (NO_COLOR ?? "") !== "" || TERM === "dumb";
  return createColors(!off && ((FORCE_COLOR ?? "") !== "" || stream.isTTY === true));
}

export function writeError(text: string): void {
  const [first = "", ...rest] = text.split("\n");
  process.stderr.write(`${colours(process.stderr).red(first)}${rest.length > 0 ? `\n${rest.join("\n")}` : ""}\n`);
}

/** A write to standard output that failed as the error the user sees; a reader that has gone away is none. */
export function outputError(error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? error.code : null;
  if (code !== "ENOSPC" && code !== "EDQUOT" && code !== "EFBIG") return error;
  return new OldhandError("disk-full", {
    what: "The disk that standard output goes to is full.",
    where: "standard output",
    got: code,
    fix: "Free some space, or send it elsewhere.",
  });
}

/** Resolves when the text is handed to the operating system, so that a following exit loses nothing. */
export function writeOut(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text.endsWith("\n") ? text : `${text}\n`, (error) => (error ? reject(outputError(error)) : resolve()));
  });
}
