import { openArff } from "./arff-source.ts";
import { openCsv, planCsv } from "./csv-source.ts";
import { formatOf } from "./file-format.ts";
import { openJsonLines } from "./jsonl-source.ts";
import { openParquet } from "./parquet-source.ts";
import type { Source } from "./source.ts";
import type { SourceFile } from "./source-file.ts";

/** Finds the format of a file, checks the whole file and makes it readable. `workFolder` takes temporary copies.
 * `expected`: names of columns that the file should have; they decide whether its first record is a header. */
export async function openSource(file: SourceFile, workFolder: string, expected: readonly string[] | null = null): Promise<Source> {
  const format = formatOf(file);
  if (format === "parquet") return openParquet(file);
  if (format === "jsonl") return openJsonLines(file);
  if (format === "arff") return openArff(file, workFolder);
  return openCsv(file, planCsv(file, expected), workFolder);
}
