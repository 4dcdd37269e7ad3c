import type { Suspicion } from "../../core/finding.ts";
import { type ReadingNote, readingSentence } from "../../core/reading-note.ts";
import type { AuditContext, Check } from "../check.ts";
import { type LevelColumn, levelCounts } from "../columns/counts.ts";
import { affectedRows, NO_ROWS } from "../findings/affected-rows.ts";
import { counted, percent, quoted } from "../findings/phrase.ts";
import { paddedLevels } from "../values/padded-levels.ts";

/** Cells of one column that split alike into several: the real delimiter was another one. */
const SPLIT_SHARE = 0.95;

/** How the file is written, where that is unusual and was mended, and where it was not seen. */
export const dialect: Check = {
  trap: "dialect",
  title: "The file is written in an unusual way",
  async inspect(context) {
    const unsplit = context.frame.columns.filter((column): column is LevelColumn => "codes" in column);
    return [
      ...mendedOnReading(context),
      ...movedBack(context),
      ...unsplit.flatMap((column) => hiddenDelimiter(context, column)),
      ...paddedLevels(context).filter(({ trap }) => trap === "dialect"),
      ...(await cutOff(context)),
    ];
  },
};

function mendedOnReading({ dataset }: AuditContext): Suspicion[] {
  const { dialect: written } = dataset.source;
  const found: [string, string][] = [];
  if (written?.wholeRowQuoted) found.push(["wholeRowQuoted", "Each line of the file is one quoted cell that holds the real line"]);
  if (written?.decimal === ",") found.push(["decimalComma", "Numbers are written with a decimal comma"]);
  found.push(...(dataset.noticed ?? []).flatMap(mended));
  if (found.length === 0) return [];
  return [
    {
      trap: "dialect",
      columns: [],
      rows: NO_ROWS,
      severity: "cosmetic",
      confidence: 0.97,
      evidence: { ...Object.fromEntries(found.map(([key]) => [key, true])), delimiter: written?.delimiter ?? null },
      fix: { action: "reading", text: "The file is read rightly here; other programs may not." },
      counterfactual: null,
      question: null,
      why: `${found.map(([, sentence]) => sentence).join(". ")}. This was mended on reading.`,
    },
  ];
}

/** What was mended, and the sentence on it; nothing for what is told elsewhere. */
function mended(note: ReadingNote): [string, string][] {
  const sentence = readingSentence(note).replace(/\.$/, "");
  switch (note.kind) {
    case "lone-returns":
      return [["loneReturns", `${sentence}, so many programs take the file for one line`]];
    case "blank-columns":
    case "header-delimiter":
      return [["trailingColumns", sentence]];
    case "left-out":
      return [[note.which, sentence]];
    default:
      return [];
  }
}

/** Rows whose cells the reader has moved back by one column. Read as they stand, each of these cells is a value of another column. */
function movedBack({ dataset }: AuditContext): Suspicion[] {
  return (dataset.noticed ?? []).flatMap((note) => {
    if (note.kind !== "shifted-rows") return [];
    const { rows, from, joined, rowsBefore = 0 } = note;
    const sample = rowsBefore === null ? [] : rows.first.map((row) => row + rowsBefore);
    return [
      {
        trap: "dialect" as const,
        columns: [],
        rows: { count: rows.count, sample },
        severity: "harmful" as const,
        confidence: 0.95,
        evidence: { movedBack: true, rows: rows.count, from, joined },
        fix: {
          action: "reading" as const,
          text: "The cells are read where they belong; mend these lines of the file, which other programs read as they stand.",
        },
        counterfactual: null,
        unmeasured: "Read as they stand, these rows would have other labels too: no score compares the two.",
        question: null,
        why: readingSentence(note),
      },
    ];
  });
}

/** A value that comes so often is whole. */
const LEAST_WHOLE = 3;

/** Where the column has other single values that are such beginnings, the last row is one of all these by chance in so many files at most. */
const CHANCE = 0.001;

/**
 * No line end follows the last cell of the file, which is the beginning of values that its column has, breaks off within a word, and comes nowhere else: the file
 * ends within it.
 */
async function cutOff(context: AuditContext): Promise<Suspicion[]> {
  const { frame, dataset } = context;
  const name = dataset.columns.reduce((last, one) => (one.position > last.position ? one : last)).name;
  const column = frame.columns.find((one): one is LevelColumn => one.name === name && "codes" in one);
  const row = frame.rows - 1;
  const isLast = (frame.rowNumbers?.[row] ?? row) === dataset.rows - 1;
  if (column === undefined || dataset.source.endsOpen !== true || !isLast) return [];
  const code = column.codes[row] ?? -1;
  const cell = column.levels[code] ?? "";
  const counts = levelCounts(context, column);
  const wholesOf = wholeValues(column.levels.filter((_, at) => (counts[at] ?? 0) >= LEAST_WHOLE));
  const [first] = wholesOf(cell);
  if (counts[code] !== 1 || first === undefined) return [];
  const others = column.levels.filter((level, at) => at !== code && counts[at] === 1 && wholesOf(level).length > 0).length;
  if (others > 0 && others + 1 > CHANCE * frame.rows) return [];
  // Of a sample, another row may have it.
  if (frame.rowNumbers !== null && (await context.whole.rowsHolding([[{ column: name, values: [cell] }]]))[0]?.any !== 1) return [];
  return [
    {
      trap: "dialect",
      columns: [name],
      rows: { count: 1, sample: [dataset.rows - 1] },
      severity: "harmful",
      confidence: 0.6,
      evidence: { lastCell: cell, beginningOf: wholesOf(cell).length, otherBeginnings: others },
      fix: { action: "advice", text: "Copy or export the whole file again; if nothing but this row is lost, remove its line." },
      counterfactual: null,
      unmeasured: "How many rows are lost with the end of the file is not known.",
      question: null,
      why: `The file seems to be cut off: no line end follows its last row, which ends with ${quoted(cell)} in \`${name}\`; no other row has that, and ${quoted(first)} begins with it.`,
    },
  ];
}

const [WORD_BEGUN, WORD_GOES_ON] = [/[\p{L}\p{M}\p{N}]$/u, /^[\p{L}\p{M}\p{N}]/u];

/** The values that begin with a cell and go on within its last word. */
function wholeValues(wholes: readonly string[]): (cell: string) => readonly string[] {
  const sorted = [...wholes].sort();
  return (cell) => {
    if (!WORD_BEGUN.test(cell)) return [];
    let [from, to] = [0, sorted.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((sorted[middle] ?? "") < cell) from = middle + 1;
      else to = middle;
    }
    let end = from;
    while (sorted[end]?.startsWith(cell) === true) end++;
    return sorted.slice(from, end).filter((whole) => WORD_GOES_ON.test(whole.slice(cell.length)));
  };
}

/** The values of a table have few words. */
const MOST_WORDS = 5;

/** Half of the parts or more are sentences: a text whose writer parts its end from the rest is no row of a table. */
function isProse({ levels }: LevelColumn, delimiter: string, parts: number): boolean {
  const split = levels.map((level) => level.split(delimiter)).filter(({ length }) => length === parts);
  const isLong = (place: number) =>
    2 * split.filter((cells) => (cells[place] ?? "").trim().split(/\s+/).length > MOST_WORDS).length > split.length;
  return 2 * Array.from({ length: parts }, (_, place) => place).filter(isLong).length >= parts;
}

function hiddenDelimiter(context: AuditContext, column: LevelColumn): Suspicion[] {
  const counts = levelCounts(context, column);
  const present = counts.reduce((sum, count) => sum + count, 0);
  for (const delimiter of [";", "\t", "|"]) {
    const rowsByParts = new Map<number, number>();
    column.levels.forEach((level, code) => {
      const parts = level.split(delimiter).length;
      rowsByParts.set(parts, (rowsByParts.get(parts) ?? 0) + (counts[code] ?? 0));
    });
    const [parts, rows] = [...rowsByParts].reduce((top, one) => (one[1] > top[1] ? one : top), [1, 0]);
    if (parts < 2 || rows < SPLIT_SHARE * present || isProse(column, delimiter, parts)) continue;
    const two = parts === 2 && context.frame.columns.length > 2;
    return [
      {
        trap: "dialect",
        columns: [column.name],
        rows: affectedRows(context, (row) => (column.codes[row] ?? -1) >= 0),
        severity: two ? "costly" : "harmful",
        confidence: two ? 0.4 : 0.85,
        evidence: { delimiter, parts, share: rows / present },
        fix: { action: "advice", text: `Split \`${column.name}\` at ${quoted(delimiter)} into ${parts} columns before reading.` },
        counterfactual: null,
        question: two ? `Does \`${column.name}\` hold ${parts} values in one cell?` : null,
        why: `${percent(rows / present)} of the cells of \`${column.name}\` split at ${quoted(delimiter)} into ${counted(parts, "part")} each: several columns are read as one.`,
      },
    ];
  }
  return [];
}
