import { OldhandError } from "../core/error.ts";

/** The error of a program whose packages are not there, such as one that was copied without them; null for any other error. */
export function notInstalled(error: unknown): OldhandError | null {
  if (!(error instanceof Error) || !("code" in error)) return null;
  if (error.code !== "ERR_MODULE_NOT_FOUND" && error.code !== "MODULE_NOT_FOUND") return null;
  const [, name = "?"] = /Cannot find (?:module|package) '([^']+)'/.exec(error.message) ?? [];
  return new OldhandError("not-installed", {
    what: "A package that Oldhand needs is not installed here.",
    expected: "the packages of package.json beside the program",
    got: `no ${name}`,
    fix: "Run `npm ci` in Oldhand's folder, without --omit=optional, or install Oldhand again.",
  });
}
