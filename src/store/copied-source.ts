import { rmSync } from "node:fs";
import { join } from "node:path";
import { OldhandError } from "../core/error.ts";
import { temporaryName } from "./atomic.ts";
import type { Source } from "./source.ts";
import { lookAtSource, type SourceFile } from "./source-file.ts";

/** What the user named, and what the copy of it is called. */
export interface Original {
  readonly shown: string;
  readonly name: string;
  readonly bytes: number | null;
}

/**
 * A source over a temporary copy: unpacked or downloaded. `write` makes the copy, `open` reads it. Messages name the original, and the
 * copy goes with the source.
 */
export async function copiedSource(
  original: Original,
  workFolder: string,
  write: (path: string) => Promise<void>,
  open: (file: SourceFile) => Promise<Source>,
): Promise<Source> {
  const path = temporaryName(join(workFolder, original.name));
  const remove = () => rmSync(path, { force: true });
  const shownInstead = (error: unknown) => renamed(error, path, original.shown);
  try {
    await write(path);
    const file = { ...lookAtSource(path), name: original.name };
    const source = await open(file);
    return {
      ...source,
      bytes: original.bytes ?? source.bytes,
      table: async (session, cells) => {
        try {
          return await source.table(session, cells);
        } catch (error) {
          throw shownInstead(error);
        }
      },
      close: () => {
        source.close();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw shownInstead(error);
  }
}

function renamed(error: unknown, path: string, shown: string): unknown {
  if (!(error instanceof OldhandError) || !error.message.includes(path)) return error;
  const parts = Object.entries(error.parts).map(([part, text]) => [part, String(text).replaceAll(path, shown)]);
  return new OldhandError(error.code, Object.fromEntries(parts));
}
