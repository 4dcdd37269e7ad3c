import { type Frame, takeRows } from "../core/column.ts";
import { OldhandError } from "../core/error.ts";
import type { Scorer } from "../core/scorer.ts";
import type { JourneyResult } from "../core/verdict.ts";
import { readServed, type WatchReport, watch } from "../production/index.ts";
import { readLog, scanFrames } from "../store/index.ts";
import { openScorer } from "./open-scorer.ts";
import type { Workplace } from "./workplace.ts";

/** What was served: a log that `serve` wrote, or a file with the model's columns. */
export interface WatchedSource {
  readonly path: string;
  readonly isLog: boolean;
}

/** Rows of a file that are compared: its first ones. */
const MOST_ROWS = 100_000;

/** Compares what was served with the rows that the model was judged on: columns, and answers against honest answers. */
export async function watchDossier(workplace: Workplace, source: WatchedSource): Promise<WatchReport> {
  const { dossier, frame, request } = workplace;
  const scorer = openScorer(dossier.folder);
  const [rows, outputs] = [dossier.readBlob("reference.rows"), dossier.readBlob("reference.outputs")];
  if (!(rows instanceof Int32Array) || !(outputs instanceof Float64Array)) {
    throw new OldhandError("dossier-broken", {
      what: "The dossier holds no answers to compare with.",
      where: dossier.folder,
      fix: "Run `oldhand run` again into this folder.",
    });
  }
  const current = source.isLog ? servedRows(scorer, source.path) : await fileRows(scorer, source.path, workplace);
  const { comparison } = dossier.readJson("result.json") as JourneyResult;
  return watch({
    reference: takeRows(frame, rows),
    current: current.frame,
    inputs: scorer.inputs,
    importance: comparison?.importance ?? [],
    predictions: { task: scorer.task, reference: outputs, current: current.outputs },
    seed: request.seed,
  });
}

interface Current {
  readonly frame: Frame;
  readonly outputs: Float64Array;
}

function servedRows(scorer: Scorer, path: string): Current {
  const served = readServed(scorer, readLog(path));
  if (served.frame.rows > 0) return served;
  throw new OldhandError("file-empty", {
    what: "The log holds no answered row of this model.",
    where: path,
    expected: "a log that `oldhand serve --log` wrote",
  });
}

async function fileRows(scorer: Scorer, path: string, { request }: Workplace): Promise<Current> {
  const { memoryBytes, threads } = request;
  for await (const frame of scanFrames(path, scorer.columns, { batchRows: MOST_ROWS, memoryBytes, threads }))
    return { frame, outputs: scorer.score(frame) };
  throw new OldhandError("file-empty", { what: "The file has no rows.", where: path });
}
