import { tmpdir } from "node:os";
import { join } from "node:path";
import { OldhandError } from "../core/error.ts";
import { scanBytes } from "./byte-scan.ts";
import { errorText } from "./io-error.ts";
import { nativeColumns } from "./native-columns.ts";
import { firstLine, literal, type Session, withSession } from "./session.ts";
import type { Source } from "./source.ts";
import type { SourceFile } from "./source-file.ts";

/** A Parquet file; its types are kept. */
export async function openParquet(file: SourceFile, expected: readonly string[] | null): Promise<Source> {
  const relation = `read_parquet(${literal(file.path)})`;
  return {
    name: file.name,
    bytes: file.bytes,
    format: "parquet",
    dialect: null,
    names: null,
    contentHash: await scanBytes(file.path, []),
    how: { format: "parquet" },
    table: async (session) => {
      const { columns, notes } = await readNative(session, relation, { file, format: "Parquet", expected });
      return { raw: { columns, decimal: ".", relation, partRelation: null, rows: null }, notes };
    },
    // Its end names columns and pages; that a page is damaged is found when the rows are read.
    explain: () => brokenPage(file, relation),
    close: () => undefined,
  };
}

/** Looked for only after reading failed: all pages alone, in a session of their own. null when they can be read. */
async function brokenPage(file: SourceFile, relation: string): Promise<OldhandError | null> {
  const limits = { memoryBytes: 0, threads: 1 };
  try {
    await withSession(limits, join(tmpdir(), `.oldhand-spill-${process.pid}`), (session) =>
      session.rows(`SELECT bit_xor(hash(t)) FROM ${relation} t`),
    );
    return null;
  } catch (error) {
    return error instanceof OldhandError ? error : brokenFile(file, "Parquet", error);
  }
}

function brokenFile(file: SourceFile, format: string, error: unknown): OldhandError {
  return new OldhandError("file-format", {
    what: `The ${format} file is broken.`,
    where: file.path,
    got: firstLine(errorText(error)),
    fix: "Write or copy the file again: it may have been cut off on the way.",
  });
}

/** The columns of a relation, with DuckDB's complaint about a broken file as the error the user sees. */
export async function readNative(
  session: Session,
  relation: string,
  { file, format, expected }: { readonly file: SourceFile; readonly format: string; readonly expected: readonly string[] | null },
): ReturnType<typeof nativeColumns> {
  try {
    const found = await nativeColumns(session, relation);
    const [only] = found.columns;
    if (found.columns.length > 1 || (only !== undefined && expected?.includes(only.name) === true)) return found;
    throw new OldhandError("one-column", {
      what: `The table has ${found.columns.length === 0 ? "no column" : "one column"} of single values; there is nothing to predict from.`,
      where: file.path,
      expected: "at least two columns",
      ...(found.notes.length === 0 ? {} : { got: found.notes.join(" ") }),
    });
  } catch (error) {
    if (error instanceof OldhandError) throw error;
    throw brokenFile(file, format, error);
  }
}
