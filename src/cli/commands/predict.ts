import { availableParallelism } from "node:os";
import { openScorer } from "../../journey/index.ts";
import { predictionColumns } from "../../production/index.ts";
import { openWriter, scanFrames } from "../../store/index.ts";
import { parseBytes, parseWhole } from "../quantities.ts";
import { type Output, printResult } from "../session.ts";

interface PredictOptions extends Output {
  readonly out: string;
  readonly memory: string;
  readonly threads?: string;
}

const BATCH_ROWS = 50_000;

/** Streams a file through the model: memory does not grow with the number of rows. */
export async function action(model: string, data: string, options: PredictOptions): Promise<void> {
  const scorer = openScorer(model);
  const threads = options.threads === undefined ? availableParallelism() : parseWhole(options.threads, "--threads", 1, 256);
  const limits = { batchRows: BATCH_ROWS, memoryBytes: parseBytes(options.memory, "--memory"), threads };
  const writer = openWriter(options.out, limits);
  let rows = 0;
  try {
    for await (const frame of scanFrames(data, scorer.columns, limits)) {
      writer.write({ rows: frame.rows, columns: predictionColumns(scorer, frame) });
      rows += frame.rows;
    }
    await writer.close();
  } catch (error) {
    writer.abort();
    throw error;
  }
  await printResult(options, { rows, out: options.out, model: scorer.version }, () => `${rows} rows scored -> ${options.out}`);
}
