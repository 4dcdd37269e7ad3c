import { type Frame, takeRows } from "../core/column.ts";
import type { Scorer } from "../core/scorer.ts";
import type { OnnxSession, OnnxTensors } from "../engine/onnx/session.ts";
import { requestText } from "./request-text.ts";
import type { TimedModel } from "./throughput.ts";

const MOST_BATCH_ROWS = 4096;
/** Different rows that take turns in single-row timing. */
const MOST_TURNS = 256;

/** Rows of a batch and the rows that take turns, spread evenly over the frame. */
export function timingRows(rows: number): { readonly batch: Int32Array; readonly turns: Int32Array } {
  const spread = (most: number) => {
    const count = Math.min(most, rows);
    return Int32Array.from({ length: count }, (_, i) => Math.floor((i * rows) / count));
  };
  return { batch: spread(MOST_BATCH_ROWS), turns: spread(MOST_TURNS) };
}

/** Batches: a frame to answers. One row: the JSON text of a request to the JSON text of the answer, which is the work of a server but for HTTP. */
export function timedScorer(scorer: Scorer, frame: Frame, modelBytes: number): TimedModel {
  const { batch, turns } = timingRows(frame.rows);
  const rows = takeRows(frame, batch);
  const texts = Array.from(turns, (row) => requestText(scorer.inputs, frame, row));
  return {
    runtime: "native",
    threads: 1,
    modelBytes,
    batchRows: rows.rows,
    scoreBatch: () => scorer.score(rows),
    scoreOne: (turn) => {
      const record = JSON.parse(texts[turn % texts.length] ?? "{}") as Record<string, unknown>;
      return JSON.stringify(Array.from(scorer.score(scorer.frameOf([record]))));
    },
  };
}

/** Tensors to answers, with the way to the session's thread and back. */
export function timedSession(session: OnnxSession, feeds: (rows: Int32Array) => OnnxTensors, rows: number, modelBytes: number): TimedModel {
  const { batch, turns } = timingRows(rows);
  const batchFeeds = feeds(batch);
  const single = Array.from(turns, (row) => feeds(Int32Array.of(row)));
  return {
    runtime: "onnx",
    threads: 1,
    modelBytes,
    batchRows: batch.length,
    scoreBatch: () => session.run(batchFeeds),
    scoreOne: (turn) => session.run(single[turn % single.length] ?? batchFeeds),
  };
}
