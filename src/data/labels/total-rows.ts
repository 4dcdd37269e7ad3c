import type { Column, Frame } from "../../core/column.ts";
import type { Suspicion } from "../../core/finding.ts";
import { saysAll, saysTotal } from "../../core/total-words.ts";
import { textAt } from "../columns/column-facts.ts";
import type { LevelColumn } from "../columns/counts.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { counted, percent, quoted } from "../findings/phrase.ts";
import type { Rows } from "./label-reading.ts";
import { type Sums, sumsWhere } from "./total-sums.ts";
import { emptiedLabels } from "./without-labels.ts";

/** Of more rows a word for a total is a kind of row that the table is made of. */
const MOST_ASKED = 1 / 3;
/** Of more rows it asks even where the sums fit. */
const MOST_SURE = 0.2;
/** Share of these rows that are sums of others. */
const LEAST_FIT = 0.5;
/** Sums that agree: a single one may by chance. */
const LEAST_SUMS = 2;
const [SURE, ASKS] = [0.95, 0.45];
const MOST_SHOWN = 3;

/** Rows of a table that are totals of its other rows, told by a word in one column. */
export interface TotalRows {
  readonly column: string;
  readonly rows: readonly number[];
  readonly suspicion: Suspicion;
}

/**
 * Looks for rows that a report wrote between or below the others: one column of words says "total" there, and what is filled in is the sum of other rows (all, those since the last
 * such row, or those with the same values in one or two other columns), or at least larger than in all of them. "All" is believed where the sums fit. In a sample of a table no sum can be made: it asks.
 */
export function totalRows({ dataset, frame }: Rows, target: string): TotalRows | null {
  for (const column of frame.columns) {
    if (!("codes" in column) || column.name === target) continue;
    const named = column.levels.filter(saysTotal);
    const levels = named.length > 0 ? named : column.levels.filter(saysAll);
    const rows = levels.length === 0 ? [] : rowsOf(column, new Set(levels));
    if (rows.length === 0 || rows.length > MOST_ASKED * frame.rows) continue;
    const sums = sumsWhere(frame, column, rows);
    const isSum = sums.rows >= LEAST_FIT * rows.length && sums.sums >= LEAST_SUMS;
    if (!isSum && (named.length === 0 || sums.exceeded.length === 0)) continue;
    const told = new Set(rows);
    const seen = affectedRows({ dataset, frame }, (row) => told.has(row));
    const used = levels.filter((level) => rows.some((row) => textAt(column, row) === level));
    return { column: column.name, rows, suspicion: suspicion(column.name, target, used, { sums, isSum, seen, of: frame.rows }) };
  }
  return null;
}

function rowsOf(column: LevelColumn, levels: ReadonlySet<string>): readonly number[] {
  return [...column.codes.keys()].filter((row) => levels.has(column.levels[column.codes[row] ?? -1] ?? ""));
}

interface Seen {
  readonly sums: Sums;
  readonly isSum: boolean;
  readonly seen: Suspicion["rows"];
  readonly of: number;
}

function suspicion(column: string, target: string, levels: readonly string[], { sums, isSum, seen, of }: Seen): Suspicion {
  const sure = isSum && seen.count <= MOST_SURE * of;
  const shown = levels.slice(0, MOST_SHOWN).map(quoted).join(", ") + (levels.length > MOST_SHOWN ? ", ..." : "");
  const rows = counted(seen.count, "row");
  const why = isSum
    ? `${counted(sums.rows, "of them is a sum", "of them are sums")} of other rows (${sums.of}), as in ${sums.columns
        .slice(0, MOST_SHOWN)
        .map((name) => `\`${name}\``)
        .join(", ")}`
    : `they are larger than all others in ${sums.exceeded
        .slice(0, MOST_SHOWN)
        .map((name) => `\`${name}\``)
        .join(", ")}`;
  return {
    trap: "impossible-value",
    columns: [column],
    rows: seen,
    held: [{ column, values: levels }],
    severity: "harmful",
    confidence: sure ? SURE : ASKS,
    evidence: {
      kind: "total-rows",
      values: levels.slice(0, 10),
      rows: seen.count,
      rowsThatAreSums: sums.rows,
      sums: sums.sums,
      sumOf: isSum ? sums.of : null,
      columns: [...(isSum ? sums.columns : sums.exceeded)],
    },
    fix: emptiedLabels(target, [], [{ column, values: levels }]),
    counterfactual: null,
    unmeasured: "Totals are no cases: a score on other rows is no price.",
    question: sure ? null : `Are the rows in which \`${column}\` is ${shown} totals of the other rows?`,
    why: `\`${column}\` is ${shown} in ${rows} (${percent(seen.count / of)}), and ${why}: totals of a report, not cases. ${sure ? "They neither train nor judge." : "If they are, they must neither train nor judge."}`,
  };
}

/** The frame with nothing in these rows but in the columns to keep; their number and order stay: what checks say of the other rows is not of these. */
export function emptiedRows(frame: Frame, rows: readonly number[], kept: readonly string[] = []): Frame {
  if (rows.length === 0) return frame;
  const columns = frame.columns.map((column): Column => {
    if (kept.includes(column.name)) return column;
    if ("codes" in column) return { ...column, codes: filledWith(column.codes, rows, -1) };
    return { ...column, values: filledWith(column.values, rows, Number.NaN) };
  });
  return { ...frame, columns };
}

function filledWith<A extends Int32Array | Float64Array>(cells: A, rows: readonly number[], nothing: number): A {
  const copy = cells.slice() as A;
  for (const row of rows) copy[row] = nothing;
  return copy;
}
