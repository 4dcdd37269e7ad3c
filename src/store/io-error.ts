import { OldhandError } from "../core/error.ts";

export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export function errnoOf(error: unknown): string | null {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" ? code : null;
}

/** No space left, quota used up, or the file size limit of the process reached. */
export function isDiskFull(error: unknown): boolean {
  const code = errnoOf(error);
  if (code === "ENOSPC" || code === "EDQUOT" || code === "EFBIG") return true;
  return /no space left on device|disk quota exceeded|file too large/i.test(errorText(error));
}

/** A write that failed as the error the user sees, who can name another place with the option; anything unforeseen is passed on as it is. */
export function writeError(error: unknown, path: string, option = "--out"): unknown {
  if (error instanceof OldhandError) return error;
  if (isDiskFull(error)) {
    return new OldhandError("disk-full", {
      what: "The disk is full.",
      where: path,
      fix: `Free some space, or choose another folder with ${option}.`,
    });
  }
  const code = errnoOf(error);
  if (code === "ENOTDIR" || code === "ENOENT" || code === "EISDIR" || code === "EEXIST") {
    return new OldhandError("file-unreadable", {
      what: code === "EISDIR" ? "There is a folder where the file should go." : "The file cannot be written: its folder cannot be made.",
      where: path,
      got: code,
      fix: `Check the path, or choose another one with ${option}.`,
    });
  }
  if (code === "EACCES" || code === "EPERM" || code === "EROFS") {
    return new OldhandError("file-unreadable", {
      what: "The file cannot be written.",
      where: path,
      got: code,
      fix: `Check the permissions of the folder, or choose another one with ${option}.`,
    });
  }
  return error;
}
