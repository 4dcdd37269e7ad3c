import type { Experiment, FoldOutcome, Outcome } from "../core/experiment.ts";
import type { Json } from "../core/json.ts";
import { VERSION } from "../core/version.ts";
import type { LedgerStore } from "./contracts.ts";
import { predictionsDigest } from "./outcome.ts";

/** Version of the lines that this code writes and reuses. Others are left alone and computed anew. */
export const LEDGER_SCHEMA = "oldhand/ledger/3";

/** A line of the ledger. Its arrays lie beside it as `ID.rows` and `ID.outputs`. Scores that are not finite are written as text. */
export interface LedgerEntry {
  readonly schema: typeof LEDGER_SCHEMA;
  /** Of the program that computed it: another may compute something else from the same question. */
  readonly version: string;
  readonly id: string;
  readonly experiment: Experiment;
  readonly folds: readonly FoldOutcome[];
  readonly scores: Readonly<Record<string, number>>;
  readonly notes: Readonly<Record<string, Json>>;
  /** Repeats that the arrays hold, one after the other. */
  readonly repeats: number;
  /** Digest of the out-of-fold rows and outputs. */
  readonly predictions: string;
  /** From the start of the first fold to the end of the last. */
  readonly tookMs: number;
}

/** The outcomes of this version of the program in a store, by id; those of others are computed anew. Lines are read once; arrays when they are asked for. */
export interface Ledger {
  /** The outcome as it was kept; null when it was not, or its arrays are gone. */
  find(id: string): Outcome | null;
  /** Whether there is a line of it. */
  has(id: string): boolean;
  /** Arrays first, then the line: a line implies its arrays. Gives the outcome as `find` will give it. */
  keep(outcome: Outcome, tookMs: number): Outcome;
}

export function openLedger(store: LedgerStore): Ledger {
  const entries = new Map<string, LedgerEntry>();
  for (const line of store.entries()) {
    const entry = readEntry(line);
    if (entry !== null && entry.version === VERSION) entries.set(entry.id, entry);
  }
  return {
    has: (id) => entries.has(id),
    find: (id) => {
      const entry = entries.get(id);
      return entry === undefined ? null : withArrays(entry, store.readArray(`${id}.rows`), store.readArray(`${id}.outputs`));
    },
    keep: (outcome, tookMs) => {
      const line = writeEntry(outcome, tookMs);
      store.writeArray(`${outcome.id}.rows`, outcome.outOfFold.rows);
      store.writeArray(`${outcome.id}.outputs`, outcome.outOfFold.outputs);
      store.append(line);
      const entry = readEntry(line);
      if (entry === null) throw new TypeError(`ledger entry ${outcome.id} cannot be read back`);
      entries.set(entry.id, entry);
      return { ...outcome, experiment: entry.experiment, folds: entry.folds, scores: entry.scores, notes: entry.notes };
    },
  };
}

/** A ledger line as a value; null when it is not one of this schema. */
export function readEntry(line: Json): LedgerEntry | null {
  if (line === null || typeof line !== "object" || !("schema" in line) || line.schema !== LEDGER_SCHEMA) return null;
  const { id, experiment, folds, scores } = line;
  if (
    typeof id !== "string" ||
    typeof line.version !== "string" ||
    typeof line.repeats !== "number" ||
    !isRecord(experiment) ||
    !Array.isArray(folds) ||
    !isRecord(scores)
  )
    return null;
  const entry = line as unknown as LedgerEntry;
  return {
    ...entry,
    folds: entry.folds.map((fold) => ({ ...fold, scores: numbers(fold.scores) })),
    scores: numbers(entry.scores),
  };
}

/** As it will be read from the file again: numbers that JSON cannot hold are text, and nothing is undefined. */
function writeEntry(outcome: Outcome, tookMs: number): Json {
  const { id, experiment, notes } = outcome;
  const folds = outcome.folds.map((fold) => ({ ...fold, scores: texts(fold.scores) }));
  const { repeats } = outcome.outOfFold;
  const predictions = predictionsDigest(outcome.outOfFold);
  return JSON.parse(
    JSON.stringify({
      schema: LEDGER_SCHEMA,
      version: VERSION,
      id,
      experiment,
      folds,
      scores: texts(outcome.scores),
      notes,
      repeats,
      predictions,
      tookMs,
    }),
  );
}

function withArrays(entry: LedgerEntry, rows: Float64Array | Int32Array | null, outputs: Float64Array | Int32Array | null): Outcome | null {
  if (!(rows instanceof Int32Array) || !(outputs instanceof Float64Array)) return null;
  const { id, experiment, folds, scores, notes, repeats } = entry;
  return { id, experiment, folds, scores, outOfFold: { rows, outputs, repeats }, notes };
}

function texts(scores: Readonly<Record<string, number>>): Record<string, Json> {
  return Object.fromEntries(Object.entries(scores).map(([name, score]) => [name, Number.isFinite(score) ? score : String(score)]));
}

function numbers(scores: Readonly<Record<string, number | string>>): Record<string, number> {
  return Object.fromEntries(Object.entries(scores).map(([name, score]) => [name, Number(score)]));
}

function isRecord(value: Json | undefined): boolean {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
