import { type Frame, takeRows } from "../core/column.ts";
import { headlineOf, type Importance } from "../core/comparison.ts";
import { OldhandError } from "../core/error.ts";
import { createRandom } from "../core/random.ts";
import type { Scorer } from "../core/scorer.ts";
import type { GroupNames } from "../core/split.ts";
import { targetValues } from "../core/target.ts";
import { outputsOf } from "../core/task.ts";
import { inTrainingSpelling } from "../core/truth-words.ts";
import type { JourneyResult } from "../core/verdict.ts";
import { readServed, type Served, type WatchedQuality, type WatchReport, watch, watchedQuality } from "../production/index.ts";
import { readLog, scanFrames, type UnreadCells } from "../store/index.ts";
import { openScorer } from "./open-scorer.ts";
import { haveSameRows } from "./same-rows.ts";
import { sampleBatches } from "./sample-batches.ts";
import { groupingOf, watchedGroups } from "./watched-groups.ts";
import type { Workplace } from "./workplace.ts";

/** What was served: a log that `serve` wrote, or a file with the model's columns. */
export interface WatchedSource {
  readonly path: string;
  readonly isLog: boolean;
}

/** What a log says beside the answered rows; null of a file. */
export type WatchedLog = Pick<Served, "left" | "refused" | "versions" | "warnings">;

export interface DossierWatch extends WatchReport {
  /** All that was served; `rows.current` of them were compared. */
  readonly servedRows: number;
  readonly served: WatchedLog | null;
  /** Cells of a file that could not be read as what the model was trained on: they were compared as missing. */
  readonly unread: readonly UnreadCells[];
  /** null where no row has its label beside it. */
  readonly quality: WatchedQuality | null;
  /** What was given are the training rows, in their order: all that was served of them is what the model has learned from. */
  readonly isTraining: boolean;
}

const NO_LABELS = "the quality of the answers: that needs labels, in a column of `--data` named as the target, or an estimate without them";

/** Rows of a side that are compared, drawn from all of it: each test looks at fewer (`column-tests.ts`). */
const MOST_ROWS = 100_000;
const BATCH_ROWS = 50_000;

/** Compares what was served with the training rows: columns, and answers with those to training rows and with honest answers. */
export async function watchDossier(workplace: Workplace, source: WatchedSource): Promise<DossierWatch> {
  const { dossier, request } = workplace;
  const scorer = openScorer(dossier.folder);
  const [honest, spread, clusters] = (["outputs", "spread", "clusters"] as const).map((name) => dossier.readBlob(`reference.${name}`));
  if (!(honest instanceof Float64Array) || !(spread instanceof Float64Array) || !(clusters instanceof Int32Array)) {
    throw new OldhandError("dossier-broken", {
      what: "The dossier holds no answers to compare with.",
      where: dossier.folder,
      fix: "Run `oldhand run` again into this folder.",
    });
  }
  const { comparison, findings } = dossier.readJson("result.json") as JourneyResult;
  const grouping = groupingOf(findings);
  const current = source.isLog ? servedRows(scorer, source.path, grouping) : await fileRows(scorer, source.path, workplace, grouping);
  const reference = trainingRows(workplace);
  const asWatched = (frame: Frame, isTraining: boolean) =>
    scorer.watched?.(frame, isTraining) ?? { frame, sources: new Map(scorer.inputs.map(({ name }) => [name, name])) };
  const [before, now] = [asWatched(reference, true), asWatched(current.frame, false)];
  const report = watch({
    reference: before.frame,
    current: now.frame,
    inputs: Array.from(before.sources.keys(), (name) => ({ name })),
    importance: importanceOf(comparison?.importance ?? [], before.sources),
    predictions: {
      task: scorer.task,
      fitted: scorer.score(reference),
      honest,
      honestGroups: clusters,
      current: current.outputs,
      spread: [...spread],
    },
    groups: groupsOf(reference, current.frame, grouping),
    seed: request.seed,
  });
  const quality = comparison === null ? null : qualityOf(workplace, comparison, scorer, current, grouping);
  const isUngrouped = grouping !== null && groupsOf(reference, current.frame, grouping) === null;
  const notYet = [
    ...(quality === null ? [NO_LABELS] : []),
    ...(isUngrouped ? [noGroups(grouping.by, source.isLog)] : []),
    ...report.notYet,
  ];
  const beside = { notYet, quality, servedRows: current.rows, served: current.served, unread: current.unread };
  if (!isTrainingItself(workplace, reference, current, scorer)) return { ...report, ...beside, isTraining: false };
  return { ...report, ...beside, isTraining: true, verdict: "no-drift", why: TRAINING };
}

/** A column that is watched by several numbers is as important in each. */
function importanceOf(importance: readonly Importance[], sources: ReadonlyMap<string, string>): Importance[] {
  return [...sources].flatMap(([column, source]) => importance.filter((one) => one.column === source).map((one) => ({ ...one, column })));
}

const TRAINING =
  "These are the rows that the model was trained on, so nothing can have drifted. Give what was served since: a log of `serve --log`, or a file of newer rows.";

/** Of samples it is not known, nor of a log, which has no order of its own. */
function isTrainingItself(workplace: Workplace, reference: Frame, current: Current, { inputs }: Scorer): boolean {
  const { frame, testRows, request } = workplace;
  if (current.served !== null || current.frame.rows !== current.rows || reference.rows !== frame.rows - testRows) return false;
  if (frame.rowNumbers !== null) return false;
  const labelled = current.frame.columns.some(({ name }) => name === request.target);
  return haveSameRows(reference, current.frame, [...inputs.map(({ name }) => name), ...(labelled ? [request.target] : [])]);
}

/** What the run took for groups, on both sides; null where a side has not got the columns. */
function groupsOf(reference: Frame, current: Frame, grouping: GroupNames | null): { reference: Int32Array; current: Int32Array } | null {
  const of = (frame: Frame) =>
    watchedGroups(
      frame,
      Int32Array.from({ length: frame.rows }, (_, row) => row),
      grouping,
    )?.of ?? null;
  const [before, now] = [of(reference), of(current)];
  return before === null || now === null ? null : { reference: before, current: now };
}

function noGroups(by: readonly string[], isLog: boolean): string {
  const remedy = isLog ? "; sent beside the inputs of each record, it is logged and counted" : "";
  return `rows of one group: the run judged by whole groups of ${by.join(", ")}, which is not in what was served, so rows are taken as independent, and what few groups share can look like drift${remedy}`;
}

/** The score on the rows whose label is known, against the headline's. */
function qualityOf(
  { request }: Workplace,
  comparison: NonNullable<JourneyResult["comparison"]>,
  { task }: Scorer,
  { frame, outputs }: Current,
  grouping: GroupNames | null,
): WatchedQuality | null {
  const honest = headlineOf(comparison)?.score;
  if (honest === undefined || !frame.columns.some(({ name }) => name === request.target)) return null;
  const truth = targetValues(frame, request.target, task);
  const rows = Int32Array.from(truth.keys()).filter((row) => !Number.isNaN(truth[row]));
  if (rows.length === 0) return null;
  const width = outputsOf(task);
  const weight = frame.columns.find(({ name }) => name === request.weight);
  const judged = {
    task,
    truth: Float64Array.from(rows, (row) => truth[row] ?? Number.NaN),
    outputs: Float64Array.from(
      { length: rows.length * width },
      (_, at) => outputs[(rows[Math.floor(at / width)] ?? 0) * width + (at % width)] ?? 0,
    ),
    weight: weight !== undefined && "values" in weight ? Float64Array.from(rows, (row) => weight.values[row] ?? 0) : null,
  };
  return watchedQuality(comparison.metric, judged, frame.rows - rows.length, honest, request.seed, watchedGroups(frame, rows, grouping));
}

/** All rows of the frame but those of a given test set, or a uniform sample of them. */
function trainingRows({ frame, testRows, request }: Workplace): Frame {
  const all = Int32Array.from({ length: frame.rows - testRows }, (_, row) => row);
  if (all.length <= MOST_ROWS) return takeRows(frame, all);
  return takeRows(frame, createRandom(request.seed, "watched training rows").shuffle(all).slice(0, MOST_ROWS).sort());
}

interface Current {
  /** All that was served. */
  readonly rows: number;
  readonly frame: Frame;
  readonly outputs: Float64Array;
  readonly served: WatchedLog | null;
  readonly unread: readonly UnreadCells[];
}

function servedRows(scorer: Scorer, path: string, grouping: GroupNames | null): Current {
  const { frame, outputs, left, refused, versions, warnings } = readServed(scorer, readLog(path), grouping?.by);
  if (frame.rows > 0) return { rows: frame.rows, frame, outputs, served: { left, refused, versions, warnings }, unread: [] };
  const refusals = Object.values(refused).reduce((a, b) => a + b, 0);
  const codes = Object.entries(refused).map(([code, count]) => `${code} ${count}`);
  throw new OldhandError("file-empty", {
    what:
      refusals > 0
        ? "Nothing can be watched: every request in the log was refused."
        : left > 0
          ? "The log holds no answered row of this model."
          : "The log is there, but no request for an answer has come yet.",
    where: path,
    expected: "answered rows, as `oldhand serve --log` writes them",
    got: [
      "0 answered rows",
      ...(refusals > 0 ? [`${refusals} refused requests (${codes.join(", ")})`] : []),
      ...(left > 0 ? [`${left} lines that are no answer of this model`] : []),
    ].join(", "),
    fix:
      refusals > 0
        ? "The answer to each refused request says what to mend; GET /metadata shows a record that works."
        : "Send requests to the server first.",
  });
}

async function fileRows(scorer: Scorer, path: string, { request, dataset }: Workplace, grouping: GroupNames | null): Promise<Current> {
  const { memoryBytes, threads, seed, target, weight } = request;
  const isRead = (name: string) => scorer.columns.some((column) => column.name === name);
  const isAsked = (name: string) => name === target || name === weight || (grouping?.by.includes(name) ?? false);
  const ifThere = dataset.columns.filter(({ name }) => isAsked(name) && !isRead(name));
  let unread: readonly UnreadCells[] = [];
  const onUnread = (cells: readonly UnreadCells[]) => {
    unread = cells;
  };
  const batches = scanFrames(path, scorer.columns, {
    batchRows: BATCH_ROWS,
    memoryBytes,
    threads,
    known: scorer.inputs,
    ...(scorer.secondHeader === undefined ? {} : { secondHeader: scorer.secondHeader }),
    ...(scorer.shifted === undefined ? {} : { shifted: scorer.shifted }),
    ...(scorer.encoding === undefined ? {} : { encoding: scorer.encoding }),
    ifThere,
    onUnread,
  });
  const sample = await sampleBatches(batches, MOST_ROWS, seed);
  if (sample.frame !== null) {
    const frame = inTrainingSpelling(sample.frame, scorer.inputs);
    return { rows: sample.rows, frame, outputs: scorer.score(frame), served: null, unread };
  }
  throw new OldhandError("file-empty", { what: "The file has no rows.", where: path });
}
