import { withNewAnswers } from "../core/answers.ts";
import type { Frame } from "../core/column.ts";
import type { Dataset } from "../core/dataset.ts";
import { OldhandError } from "../core/error.ts";
import { withoutPasswords } from "../core/place.ts";
import type { CorrectedLabels } from "../core/recipe.ts";
import type { Request } from "../core/request.ts";
import { shellWord } from "../core/shell-word.ts";
import { VERSION } from "../core/version.ts";
import { checkNames, expectChecks, refuseTwoTargets } from "../data/index.ts";
import {
  concatDatasets,
  type Dossier,
  dossiersIn,
  loadFrame,
  openDataset,
  openDossier,
  readVersion,
  relabelDataset,
} from "../store/index.ts";
import { earlierResult } from "./earlier.ts";
import { classesRead, labelNumbers } from "./label-numbers.ts";
import { beginReading, readingOptions } from "./reading/index.ts";
import { experimentRows, lookedRows } from "./sample-size.ts";

/** The data of one question, open in its dossier. */
export interface Workplace {
  readonly dossier: Dossier;
  readonly request: Request;
  readonly dataset: Dataset;
  /** The dataset without the given test set; the same without one. */
  readonly trainingSet: Dataset;
  readonly frame: Frame;
  /** What checks look at: the frame, or more rows where the budget keeps experiments to fewer. */
  readonly looked: Frame;
  /** Rows of the frame that belong to the given test set; they are the last ones. */
  readonly testRows: number;
  /** Rows of the dataset that do. */
  readonly testSetRows: number;
  /** Version of the data before labels were corrected; the dataset's own without corrections. */
  readonly original: string;
  /** Corrections of labels that nobody has checked: they train and do not judge. */
  readonly corrections: readonly CorrectedLabels[];
  /** What the dossier says was asked where this command alone asks otherwise: it stays as it was. */
  readonly kept?: Partial<Request>;
  /** Rows of the frame when a run had time for more than its budget was expected to hold; else null. */
  readonly sampledRows: number | null;
  /** The same of the other kind of command, for the dossier: an audit that nothing follows has time for more rows than one before models. */
  readonly otherRows: number | null;
  /** Nothing follows the audit. */
  readonly auditOnly: boolean;
  /** Time that opening took. It counts against the budget. */
  readonly openMs: number;
}

/** `oldhand.json`: what was asked, of which data. */
interface DossierFile {
  readonly schema: "oldhand/dossier/1";
  readonly version: string;
  readonly request: Request;
  readonly dataset: string;
  /** Version before labels were corrected. */
  readonly original: string;
  readonly corrections: readonly CorrectedLabels[];
  /** Rows of the dataset that came from `--test`. */
  readonly testRows: number;
  /** As in the workplace, of commands that compare models, and of those that audit alone; absent = null. */
  readonly sampledRows?: number;
  readonly auditedRows?: number;
}

/** Opens the data in a new dossier, or in the one that an earlier run of the same question left. Answers given then hold until they are given anew. `reading`: of the same folder and request, begun before. `auditOnly`: nothing follows the audit. */
export async function openWorkplace(
  folder: string,
  request: Request,
  reading = beginReading(folder, request),
  auditOnly = false,
): Promise<Workplace> {
  const { began, dossier } = reading;
  try {
    const given = await openData(dossier, request, null, reading.table);
    const known = readDossierFile(dossier);
    if (known !== null) refuseOtherQuestion(known, folder, request, given.dataset);
    const { dataset, testRows, corrections } = await withLabels(dossier, request, given, known);
    const names = given.dataset.columns.map(({ name }) => name);
    const asked = { ...request, answers: withNewAnswers(known?.request.answers ?? {}, request.answers, names) };
    const rows = await rowsOfExperiments(dossier, asked, dataset, request);
    expectChecks(Math.min(rows, dataset.rows), names.length, request.threads);
    return await loadWorkplace(dossier, asked, dataset, testRows, {
      began,
      sampledFor: request,
      original: given.dataset.version,
      corrections,
      ...rowsFor(known !== null && isSameLimit(known.request, request) ? known : {}, auditOnly),
    });
  } catch (error) {
    dossier.discard();
    dossier.close();
    throw error;
  }
}

/** Rows of the sample that a command of this kind took, and of the other kind. */
function rowsFor(
  { sampledRows = null, auditedRows = null }: KeptRows,
  auditOnly: boolean,
): Pick<Workplace, "sampledRows" | "otherRows" | "auditOnly"> {
  return auditOnly ? { sampledRows: auditedRows, otherRows: sampledRows, auditOnly } : { sampledRows, otherRows: auditedRows, auditOnly };
}

type KeptRows = { readonly sampledRows?: number | null; readonly auditedRows?: number | null };

/** What decides how many rows experiments use. */
function isSameLimit(one: Pick<Request, "memoryBytes" | "budgetMs">, other: Pick<Request, "memoryBytes" | "budgetMs">): boolean {
  return one.memoryBytes === other.memoryBytes && one.budgetMs === other.budgetMs;
}

/** Writes what was asked, once it has proved answerable. */
export function writeQuestion(workplace: Workplace): void {
  const { dossier, request, kept, dataset, testSetRows, original, corrections } = workplace;
  const { data, test } = request;
  const asked = { ...request, ...kept, data: withoutPasswords(data), test: test === null ? null : withoutPasswords(test) };
  const file: DossierFile = {
    schema: "oldhand/dossier/1",
    version: VERSION,
    request: asked,
    dataset: dataset.version,
    original,
    corrections,
    testRows: testSetRows,
    ...keptRows(workplace),
  };
  dossier.writeJson("oldhand.json", file);
}

function keptRows({ sampledRows: own, otherRows: other, auditOnly }: Workplace): Pick<DossierFile, "sampledRows" | "auditedRows"> {
  const [sampledRows, auditedRows] = auditOnly ? [other, own] : [own, other];
  return { ...(sampledRows === null ? {} : { sampledRows }), ...(auditedRows === null ? {} : { auditedRows }) };
}

/**
 * Opens a dossier with the data that it holds; the original file is not needed. `change` replaces parts of what was asked, `once` does for this command alone:
 * the dossier's question keeps what it says there.
 */
export async function reopenWorkplace(folder: string, change: Partial<Request>, once: Partial<Request> = {}): Promise<Workplace> {
  const began = performance.now();
  const dossier = openDossier(folder, { create: false });
  try {
    const file = readDossierFile(dossier);
    const dataset = file === null ? null : readVersion(dossier.dataFolder, file.dataset);
    if (file === null || dataset === null) throw withoutData(folder);
    const opened = await loadWorkplace(dossier, { ...file.request, ...change, ...once }, dataset, file.testRows, {
      began,
      sampledFor: file.request,
      original: file.original,
      corrections: file.corrections,
      // Where no model was chosen, the audit is what the dossier tells of.
      ...rowsFor(file, (earlierResult(dossier)?.comparison ?? null) === null),
    });
    const asked = Object.entries({ ...file.request, ...change }).filter(([name]) => Object.hasOwn(once, name));
    return { ...opened, kept: Object.fromEntries(asked) };
  } catch (error) {
    dossier.close();
    throw error;
  }
}

interface OpenData {
  readonly dataset: Dataset;
  readonly testRows: number;
  readonly corrections: readonly CorrectedLabels[];
}

/** @param labels review file whose corrections are made in the training rows. */
async function openData(
  dossier: Dossier,
  request: Request,
  labels: string | null,
  table = openDataset(request.data, readingOptions(dossier, request)),
): Promise<OpenData> {
  const options = readingOptions(dossier, request);
  const read = await table;
  const names = read.columns.map(({ name }) => name);
  checkNames(names, request, names.includes(request.target) ? [] : await firstRow(read, options));
  refuseTwoTargets(request.target, read.noticed ?? [], request.ignore);
  const { dataset: train, unchecked: corrections } =
    labels === null
      ? { dataset: read, unchecked: [] }
      : await relabelDataset(read, request.target, labels, { ...options, numbers: await labelNumbers(dossier, request, read) });
  if (request.test === null) return { dataset: train, testRows: 0, corrections };
  const dataset = await concatDatasets(train, request.test, options);
  refuseWithoutLabels(train, dataset, { ...request, test: request.test });
  return { dataset, testRows: dataset.rows - train.rows, corrections };
}

/** Cells of the first row, in the order of the columns, of a file that has no header. */
async function firstRow(dataset: Dataset, options: ReturnType<typeof readingOptions>): Promise<readonly (string | null)[]> {
  if (dataset.noticed?.some(({ kind }) => kind === "no-header") !== true) return [];
  const { columns } = await loadFrame(dataset, { ...options, rows: Int32Array.of(0) });
  return columns.map((column) => ("codes" in column ? (column.levels[column.codes[0] ?? -1] ?? null) : String(column.values[0] ?? "")));
}

/** Labels that cannot be read are another matter: a finding tells how they are written. */
function refuseWithoutLabels(train: Dataset, whole: Dataset, { test, target }: Pick<Request, "target"> & { readonly test: string }): void {
  const emptyIn = ({ columns }: Dataset) => {
    const column = columns.find(({ name }) => name === target);
    return (column?.missing ?? 0) - (column?.unparsedCells ?? 0);
  };
  const rows = whole.rows - train.rows;
  if (emptyIn(whole) - emptyIn(train) < rows) return;
  throw new OldhandError("target-empty", {
    what: `The target "${target}" has no value in any of the ${rows.toLocaleString("en")} rows of the test set: nothing could be judged on them.`,
    where: withoutPasswords(test),
    expected: "rows whose outcome is known",
    fix: "give rows with labels as --test; rows whose outcome is still to be predicted are for `oldhand predict`",
  });
}

interface LoadOptions {
  readonly began: number;
  /** The request whose limits decide how many rows experiments use: a dossier keeps its sample. */
  readonly sampledFor: Pick<Request, "memoryBytes" | "budgetMs">;
  readonly original: string;
  readonly corrections: readonly CorrectedLabels[];
  readonly sampledRows: number | null;
  readonly otherRows: number | null;
  readonly auditOnly: boolean;
}

/** Corrections that are given; else those that the dossier holds. "none" undoes them. */
async function withLabels(dossier: Dossier, request: Request, given: OpenData, known: DossierFile | null): Promise<OpenData> {
  if (request.labels === "none") return given;
  if (request.labels !== null) {
    const answers = { ...known?.request.answers, ...request.answers };
    return openData(dossier, { ...request, answers }, request.labels);
  }
  const held = known === null ? null : readVersion(dossier.dataFolder, known.dataset);
  return known === null || held === null ? given : { dataset: held, testRows: given.testRows, corrections: known.corrections };
}

async function loadWorkplace(
  dossier: Dossier,
  request: Request,
  dataset: Dataset,
  testSetRows: number,
  { began, sampledFor, original, corrections, ...kept }: LoadOptions,
): Promise<Workplace> {
  const rows = kept.sampledRows ?? (await rowsOfExperiments(dossier, request, dataset, sampledFor));
  const frame = await loadSample(dossier, request, dataset, rows);
  const toLookAt = lookedRows(dataset, sampledFor.memoryBytes, sampledFor.budgetMs, frame.rows);
  const looked = toLookAt === frame.rows ? frame : await loadSample(dossier, request, dataset, toLookAt);
  const testRows = testRowsOf(frame, dataset, testSetRows);
  const trainingSet = testSetRows === 0 ? dataset : readTrainingSet(dossier, dataset);
  const data = { dataset, trainingSet, frame, looked, testRows, testSetRows, ...kept };
  return { dossier, request, ...data, original, corrections, openMs: performance.now() - began };
}

async function rowsOfExperiments(
  dossier: Dossier,
  request: Request,
  dataset: Dataset,
  { memoryBytes, budgetMs }: LoadOptions["sampledFor"],
): Promise<number> {
  const classes = budgetMs === 0 ? null : await classesRead(dossier, request, dataset);
  return experimentRows(dataset, memoryBytes, budgetMs, { ...request, classes });
}

/** A table with a test set was made from the one without it. */
function readTrainingSet(dossier: Dossier, { parent }: Dataset): Dataset {
  const found = parent === null ? null : readVersion(dossier.dataFolder, parent);
  if (found === null) throw withoutData(dossier.folder);
  return found;
}

/** A message is to be read at a glance. */
const MOST_NAMED = 12;

function withoutData(folder: string): OldhandError {
  const inside = dossiersIn(folder).filter((one) => one !== folder);
  if (inside.length > 0)
    return new OldhandError("dossier-missing", {
      what: "This folder is no dossier, but there are some in it.",
      where: folder,
      got: `${inside.slice(0, MOST_NAMED).map(shellWord).join(", ")}${inside.length > MOST_NAMED ? `, ... (${inside.length})` : ""}`,
      fix: "Name one of them.",
    });
  return new OldhandError("dossier-broken", {
    what: "The dossier does not hold its question and data.",
    where: folder,
    fix: "Run `oldhand run` again into this folder.",
  });
}

/** At most so many rows of the dataset, a uniform sample by the seed. */
export function loadSample(
  dossier: Dossier,
  { memoryBytes, threads, seed }: Request,
  dataset: Dataset,
  maxRows: number,
  columns: readonly string[] = dataset.columns.map(({ name }) => name),
): Promise<Frame> {
  return loadFrame(dataset, { dataFolder: dossier.dataFolder, columns, maxRows, seed, memoryBytes, threads });
}

export function testRowsOf(frame: Frame, dataset: Dataset, testRows: number): number {
  const { rowNumbers } = frame;
  return rowNumbers === null ? testRows : rowNumbers.filter((row) => row >= dataset.rows - testRows).length;
}

function readDossierFile(dossier: Dossier): DossierFile | null {
  return dossier.exists("oldhand.json") ? (dossier.readJson("oldhand.json") as DossierFile) : null;
}

/** A dossier answers one question. Mixing two would make its ledger and its report contradict each other. */
function refuseOtherQuestion(known: DossierFile, folder: string, request: Request, dataset: Dataset): void {
  const same = known.original === dataset.version && known.request.target === request.target;
  if (same) return;
  throw new OldhandError("dossier-other-data", {
    what: "This dossier belongs to another question.",
    where: folder,
    expected: `data version ${known.original}, target "${known.request.target}"`,
    got: `data version ${dataset.version}, target "${request.target}"`,
    fix: "Choose another folder with --out, or remove this one.",
  });
}
