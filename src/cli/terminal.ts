import { createColors } from "picocolors";

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

/** Resolves when the text is handed to the operating system, so that a following exit loses nothing. */
export function writeOut(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text.endsWith("\n") ? text : `${text}\n`, (error) => (error ? reject(error) : resolve()));
  });
}
