import type { ColumnType } from "./column.ts";
import type { ReadingNote } from "./reading-note.ts";
import type { ShiftRule } from "./shifted-row.ts";
import type { AmountWriting } from "./written-amount.ts";
import type { CountedNote } from "./written-notes.ts";

/** How a delimited file is written. Found by the reader, printed, and part of the dataset's version. */
export interface Dialect {
  readonly delimiter: string;
  readonly quote: string;
  readonly decimal: "." | ",";
  readonly header: boolean;
  /** Each line is one quoted cell that holds the real line. */
  readonly wholeRowQuoted: boolean;
}

export interface ColumnInfo {
  readonly name: string;
  /** 0-based place in the file. */
  readonly position: number;
  readonly type: ColumnType;
  /** Why this type: one plain phrase with numbers. */
  readonly why: string;
  readonly missing: number;
  /** Exact count of different present values. */
  readonly distinct: number;
  /** All present numbers are whole. */
  readonly integer: boolean;
  /** Cells of a number or date column that do not parse; they are read as missing. Most frequent first: the 20 first, and all that stand for "no value". */
  readonly unparsed: readonly { readonly value: string; readonly count: number }[];
  /** All such cells, those of spellings beyond the 20 too. */
  readonly unparsedCells: number;
  /** Cells of a date column that are a date only with day and month the other way round; absent = none. They are missing unless `dateFormat` reads both orders. */
  readonly otherOrder?: number;
  /** Times of a date column that name their zone, and times that name none and are read as UTC; absent unless there are both. */
  readonly zones?: { readonly named: number; readonly unnamed: number };
  /** strptime pattern of a date column, e.g. "%d/%m/%Y", or several ("%d/%m/%Y|%m/%d/%Y", see `inSeveralWays`); null for others and for native dates. */
  readonly dateFormat: string | null;
  /** How the numbers are written when the file holds them as text ("$1,234.50", "12 kg"); absent for plain numbers and all other columns. */
  readonly amount?: AmountWriting;
  /** How many cells have which note at their number ("12.3*"), the most first; absent = none, or not counted. */
  readonly noted?: readonly CountedNote[];
}

/** A label that a person has looked at. */
export interface CheckedLabel {
  /** 0-based, of the table. */
  readonly row: number;
  /** As it was delivered. */
  readonly label: string;
  /** What it is now; "none" = taken away, "" = right as it was. */
  readonly corrected: string;
  readonly by: string;
}

/** A fixed table: its bytes never change under one version. Stored as Parquet plus this value as its manifest. */
export interface Dataset {
  /** 16 hex digits: hash of the content and of how it was read. */
  readonly version: string;
  readonly rows: number;
  readonly columns: readonly ColumnInfo[];
  readonly source: {
    readonly name: string;
    readonly bytes: number;
    readonly format: string;
    readonly dialect: Dialect | null;
    /** No line end follows the last row of a delimited file; absent = one does, or it is not known. */
    readonly endsOpen?: true;
  };
  /** What the reader noticed and mended on the way in, each a plain sentence. */
  readonly notes: readonly string[];
  /** Those of the notes that checks go by, as data; absent = none. */
  readonly noticed?: readonly ReadingNote[];
  /** How rows that stood one column to the right were known; absent = none were moved back. */
  readonly shifted?: ShiftRule;
  /** The version this one was made from by a recipe, or null. */
  readonly parent: string | null;
  /** Labels that a person has looked at; absent = none. */
  readonly checked?: readonly CheckedLabel[];
}
