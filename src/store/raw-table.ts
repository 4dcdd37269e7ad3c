/**
 * How the values of a column come: text of a delimited file is typed by our rule; words are strings of a file that has types, free text
 * or category; the others are kept as they are.
 */
export type RawKind = "text" | "words" | "number" | "date" | "category";

export interface RawColumn {
  readonly name: string;
  /** Expression over the relation: VARCHAR for text, words and category, DOUBLE for number, TIMESTAMP for date. */
  readonly sql: string;
  readonly kind: RawKind;
  /** The value as the file writes it, VARCHAR, for reading it as another type. */
  readonly text: string;
  /** Of cells as written: the number where the file gives a number and no text, DOUBLE; NULL elsewhere. */
  readonly number?: string;
}

/** A user's table as DuckDB can read it, row for row. */
export interface RawTable {
  readonly columns: readonly RawColumn[];
  readonly decimal: "." | ",";
  /** SQL table expression of the whole table. */
  readonly relation: string;
  /** The same of the columns of one part (PART_COLUMNS in the order of `columns`) alone, where reading that is quicker. */
  readonly partRelation: ((part: number) => string) | null;
  /** Rows that were counted while checking the file; null when only reading it tells. */
  readonly rows: number | null;
  /** Where the reader can make numbers of cells by itself, and the file is long enough to need it; absent elsewhere. */
  readonly onePass?: OnePass | null;
}

/** A delimited file that is read once: its columns of numbers as numbers. */
export interface OnePass {
  /** The columns of one part with those at these positions as DOUBLE; a cell of theirs that is no number fails the query. */
  relation(numbers: ReadonlySet<number>, part: number): string;
  /** What the reader takes for numbers are numbers by our rule too; else no column may be given to `relation`. */
  readonly readsNumbers: boolean;
  /** Its lines as they stand in a file, where none goes on behind a line end and a cell is what stands between delimiters; null elsewhere. */
  readonly plain: ((part: number) => PlainFile) | null;
  /** The columns of the part are written: what was made to read them goes. */
  done(part: number): Promise<void>;
}

/** A file of lines, the columns of one part. */
export interface PlainFile {
  readonly path: string;
  /** Cells of a line. */
  readonly width: number;
  readonly delimiter: string;
  /** "" = none. */
  readonly quote: string;
  /** The first line names the columns. */
  readonly header: boolean;
  /** Bytes of the longest line. */
  readonly longest: number;
}
