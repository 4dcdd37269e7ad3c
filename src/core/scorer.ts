import type { ColumnType, Frame } from "./column.ts";
import type { ColumnInfo } from "./dataset.ts";
import type { ShiftRule } from "./shifted-row.ts";
import type { Task } from "./task.ts";
import type { AmountWriting } from "./written-amount.ts";

export interface InputField {
  readonly name: string;
  readonly type: ColumnType;
  /** Levels seen in training, for categories; null for others. At most 200 are listed. */
  readonly levels: readonly string[] | null;
  /** Other names of them that the recipe knows, such as those without the blanks around them. Absent where there are none. */
  readonly renamed?: readonly string[];
  /** Range seen in training, for numbers and dates. */
  readonly min: number | null;
  readonly max: number | null;
  readonly missingShare: number;
  /** How texts of this column write numbers; a record may give the number itself too. Absent for all other columns. */
  readonly amount?: AmountWriting;
  /** Cells of a number or date column that training took as missing though they hold something ("n.v."): in a record they are missing too. Absent where there were none. */
  readonly nulls?: readonly string[];
  /** The mark before the decimals where the training file writes a comma; a record may hold such texts. Absent for a point. */
  readonly decimal?: ",";
  /** strptime pattern of the training file's dates, as in `ColumnInfo`: a record may write them so beside ISO 8601. */
  readonly dateFormat?: string;
  /** strptime patterns by which the model reads the texts of a category as dates: a text that is none is missing, and `nulls` lists those of training. Absent for all others. */
  readonly dateFormats?: readonly string[];
  /** A training row's value, for examples in documentation. */
  readonly example: string | number | null;
}

/** What is watched of a frame: texts by numbers. `sources`: the column of the file that each watched one comes from. */
export interface WatchedFrame {
  readonly frame: Frame;
  readonly sources: ReadonlyMap<string, string>;
}

/** A model ready to answer: raw columns in, calibrated answers out. What serving, testing and timing need to know of a model. */
export interface Scorer {
  /** Id of the candidate, and its name for people. */
  readonly name: string;
  readonly label: string;
  readonly version: string;
  readonly task: Task;
  readonly inputs: readonly InputField[];
  /** The same columns as the training file had them: how a new file is read. */
  readonly columns: readonly ColumnInfo[];
  /** false: lines under the header of the training file were rows, whatever they say, and are so in a new file; absent: as ever. */
  readonly secondHeader?: false;
  /** How rows that stood one column to the right were known in the training file: those of a new file are read alike; absent: none were moved back. */
  readonly shifted?: ShiftRule;
  /** What the training file was read as; absent where it was UTF-8. */
  readonly encoding?: string;
  /** Of these, the ones that the model could have read: it was offered them, and none of its answers hangs on them. Absent: none. */
  readonly unread?: readonly string[];
  /** Columns of the training file that the model does not read; callers may send them, and they are ignored. */
  readonly others: readonly string[];
  /** Binary: P(positive) from which the class is positive; null otherwise. */
  readonly threshold: number | null;
  /** What the threshold was chosen for, and on which rows: "best F1 on rows the model had not seen"; null without one. */
  readonly thresholdWhy: string | null;
  /** Of texts of an input with `dateFormats`, whether each is read as a date. */
  areDates?(input: string, texts: readonly string[]): readonly boolean[];
  /** rows x outputsOf(task), row-major. Throws OldhandError schema-mismatch when a column is absent. */
  score(frame: Frame): Float64Array;
  /** The columns that the model reads as they are watched; absent: as they stand. isTraining: the frame holds rows that taught the model. */
  watched?(frame: Frame, isTraining: boolean): WatchedFrame;
  /** Records with named fields -> frame. Throws OldhandError schema-mismatch that names every wrong field. */
  frameOf(records: readonly Readonly<Record<string, unknown>>[]): Frame;
}
