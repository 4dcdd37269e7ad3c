import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import type { Column } from "../../core/column.ts";
import type { ColumnInfo } from "../../core/dataset.ts";
import { OldhandError } from "../../core/error.ts";
import { parseBytes, parseWhole } from "../quantities.ts";
import { needed } from "../request.ts";
import { checkOutput, type Output, printResult } from "../session.ts";

interface PredictOptions extends Output {
  readonly out?: string;
  readonly keep?: readonly string[];
  readonly memory: string;
  readonly threads?: string;
}

const BATCH_ROWS = 50_000;

/** Streams a file through the model: memory does not grow with the number of rows. The order of the rows is kept. */
export async function action(model: string, data: string, options: PredictOptions): Promise<void> {
  const out = needed(options.out, "--out FILE", "it names the file to write, .csv or .parquet");
  const threads = options.threads === undefined ? availableParallelism() : parseWhole(options.threads, "--threads", 1, 256);
  const limits = { batchRows: BATCH_ROWS, memoryBytes: parseBytes(options.memory, "--memory"), threads };
  if (resolve(out) === resolve(data)) {
    throw new OldhandError("bad-option", {
      what: "The predictions would replace the data.",
      where: `--out ${out}`,
      fix: "Give --out another name.",
    });
  }
  await checkOutput(options);
  const [{ openScorer }, { predictionColumns }, { openWriter, scanFrames }] = await Promise.all([
    import("../../journey/index.ts"),
    import("../../production/index.ts"),
    import("../../store/index.ts"),
  ]);
  const scorer = openScorer(model);
  const kept = [...new Set(options.keep)].map(asWritten);
  const writer = openWriter(out, limits);
  let rows = 0;
  try {
    for await (const frame of scanFrames(data, [...scorer.columns, ...kept], limits)) {
      const inputs = { ...frame, columns: frame.columns.slice(0, scorer.columns.length) };
      const columns = [...frame.columns.slice(scorer.columns.length), ...predictionColumns(scorer, inputs)];
      refuseTwins(columns);
      writer.write({ rows: frame.rows, columns });
      rows += frame.rows;
    }
    await writer.close();
  } catch (error) {
    writer.abort();
    throw error;
  }
  await printResult(options, { rows, out, model: scorer.version }, () => `${rows} rows scored -> ${out}`);
}

/** A column whose text goes from the file to the output unchanged. */
function asWritten(name: string): ColumnInfo {
  return { name, position: 0, type: "text", why: "kept", missing: 0, distinct: 0, integer: false, unparsed: [], dateFormat: null };
}

function refuseTwins(columns: readonly Column[]): void {
  const names = columns.map(({ name }) => name);
  const twin = names.find((name, place) => names.indexOf(name) !== place);
  if (twin === undefined) return;
  throw new OldhandError("bad-option", {
    what: `The predictions have a column "${twin}" of their own.`,
    where: "--keep",
    got: twin,
    fix: "Rename that column in the file.",
  });
}
