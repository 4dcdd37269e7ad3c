import type { Column, Frame } from "../core/column.ts";
import type { ColumnInfo } from "../core/dataset.ts";
import { OldhandError } from "../core/error.ts";
import { withoutPasswords } from "../core/place.ts";
import type { Scorer } from "../core/scorer.ts";
import { inTrainingSpelling } from "../core/truth-words.ts";
import { KEPT, type ShiftedFound, scanFrames, type UnreadCells } from "../store/index.ts";
import { predictionColumns } from "./answer.ts";
import { refuseUnreadable } from "./unread.ts";
import { countUnreadDates } from "./unread-dates.ts";
import { countUnseen, type UnseenCategories } from "./unseen.ts";

export type ScoredRows = Pick<Frame, "rows" | "columns">;

/** Where predictions go, batch by batch. After `abort` nothing half-written remains. */
export interface Sink {
  write(batch: ScoredRows): void | Promise<void>;
  close(): void | Promise<void>;
  abort(): void;
}

export interface StreamOptions {
  readonly batchRows: number;
  readonly memoryBytes: number;
  readonly threads: number;
  /** Columns of the file that are copied beside the predictions, as they are written. */
  readonly keep: readonly string[];
}

export interface Scored {
  readonly rows: number;
  /** Lines of the file that were taken for no rows and have no prediction, in words. */
  readonly leftOut: readonly string[];
  /** Columns that training offered to the model, that it does not read, and that the file does not have: nothing is lost by that. */
  readonly absent: readonly string[];
  /** Rows with a cell more than the table has columns. */
  readonly shifted: ShiftedFound;
  /** Columns of which some cells could not be read as the type of training: these were taken as missing. */
  readonly unread: readonly UnreadCells[];
  /** Categories that training never saw. */
  readonly unseen: readonly UnseenCategories[];
}

/**
 * Streams a table through the model: memory does not grow with the rows, whose order is kept. Each batch is the kept columns, then the predictions.
 * @throws OldhandError bad-option when a kept column is named like a prediction, schema-mismatch when no cell of a column can be read, or as scanFrames.
 */
export async function scoreStream(data: string, scorer: Scorer, sink: Sink, { keep, ...limits }: StreamOptions): Promise<Scored> {
  const kept = [...new Set(keep)].map(asWritten);
  const unseen = countUnseen(scorer);
  const dates = countUnreadDates(scorer);
  let rows = 0;
  let leftOut: readonly string[] = [];
  let absent: readonly string[] = [];
  let shifted: ShiftedFound = { moved: [], overfull: null };
  let unread: readonly UnreadCells[] = [];
  const onLeftOut = (notes: readonly string[]) => {
    leftOut = notes;
  };
  const onUnread = (cells: readonly UnreadCells[]) => {
    unread = [...cells, ...(dates?.found() ?? [])];
    refuseUnreadable(unread, withoutPasswords(data));
  };
  try {
    const options = {
      ...limits,
      known: scorer.inputs,
      others: scorer.others,
      onLeftOut,
      onUnread,
      onNames: (names: ReadonlySet<string>) => {
        absent = (scorer.unread ?? []).filter((name) => !names.has(name));
      },
      onShifted: (found: ShiftedFound) => {
        shifted = found;
      },
      ...(dates === null ? {} : { ahead: dates.add }),
      ...(scorer.secondHeader === undefined ? {} : { secondHeader: scorer.secondHeader }),
      ...(scorer.shifted === undefined ? {} : { shifted: scorer.shifted }),
      ...(scorer.encoding === undefined ? {} : { encoding: scorer.encoding }),
    };
    for await (const frame of scanFrames(data, [...scorer.columns, ...kept], options)) {
      const inputs = inTrainingSpelling({ ...frame, columns: frame.columns.slice(0, scorer.columns.length) }, scorer.inputs);
      unseen.add(inputs);
      const columns = [...frame.columns.slice(scorer.columns.length), ...predictionColumns(scorer, inputs)];
      refuseTwins(columns);
      await sink.write({ rows: frame.rows, columns });
      rows += frame.rows;
    }
    await sink.close();
    return { rows, leftOut, absent, shifted, unread, unseen: unseen.found() };
  } catch (error) {
    sink.abort();
    throw error;
  }
}

/** A column whose text goes from the file to the output unchanged. */
function asWritten(name: string): ColumnInfo {
  return {
    name,
    position: 0,
    type: "text",
    why: KEPT,
    missing: 0,
    distinct: 0,
    integer: false,
    unparsed: [],
    unparsedCells: 0,
    dateFormat: null,
  };
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
