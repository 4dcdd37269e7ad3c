import { OldhandError } from "../core/error.ts";
import { namedRows } from "../core/reading-note.ts";
import type { CellKind, ShiftRule } from "../core/shifted-row.ts";
import { cellText, fitsSql } from "./cell-kind.ts";
import type { RawTable } from "./raw-table.ts";
import type { Session } from "./session.ts";
import { type FirstMoved, fillsLast, movedColumns, rowsWhere, type ShiftedMoved, shiftedNote } from "./shifted-rows.ts";

/** A row whose cells fit as badly where they stand as one column to the left. */
type Way = "moved" | "open";

/**
 * Reads rows that stand one column to the right as those of the training file were read, each by itself: moved back where that makes fewer of its cells strange, left where it makes more.
 * @throws OldhandError shifted-row where a row fits as well both ways: the one reading or the other gives answers for cells that are not its own.
 */
export async function withShiftedAsKnown(
  session: Session,
  raw: RawTable,
  unnamed: boolean,
  delimiter: string,
  rule: ShiftRule,
  where: string,
): Promise<ShiftedMoved> {
  const none = { raw, noticed: [], rule, overfull: null };
  if (!unnamed) return none;
  const isFilled = fillsLast(raw);
  const found = placeOf(rule, raw);
  const wayOf = found === null ? "'open'" : waySql(raw, rule, found.from);
  const way = (wanted: Way) => `coalesce("way of the row" = '${wanted}', false)`;
  const relation = `(SELECT *, CASE WHEN ${isFilled} THEN ${wayOf} END AS "way of the row" FROM ${raw.relation})`;
  const open = await rowsWhere(session, relation, way("open"));
  if (open !== null) throw undecided(namedRows(open), rule, where);
  const moved = await rowsWhere(session, relation, way("moved"));
  // Rows that stand as they should and hold a remark: their last column stays.
  if (moved === null || found === null) return none;
  return {
    raw: { ...raw, relation, columns: movedColumns(raw.columns, way("moved"), found, delimiter), partRelation: null, onePass: null },
    noticed: [shiftedNote(rule, moved)],
    rule,
    overfull: null,
  };
}

/** Where the file has the first moved column. A file may lack columns of the training file; null where it has none from that on, or not the one that was cut in two before it. */
function placeOf(rule: ShiftRule, { columns }: RawTable): FirstMoved | null {
  const names = columns.slice(0, -1).map(({ name }) => name);
  const first = rule.columns.findIndex(({ name }) => name === rule.from);
  const next = rule.columns.slice(first).find(({ name }) => names.includes(name));
  if (next === undefined) return null;
  const from = names.indexOf(next.name);
  if (rule.joined !== null && names[from - 1] !== rule.joined) return null;
  return { from, joins: rule.joined !== null };
}

function waySql({ columns, decimal }: RawTable, rule: ShiftRule, from: number): string {
  const kinds = new Map(rule.columns.map(({ name, kind }) => [name, kind]));
  const texts = columns.map(({ sql }) => cellText(sql));
  const strange = (isMoved: boolean) =>
    columns
      .slice(from, -1)
      .map(({ name }, place) => {
        const kind: CellKind = kinds.get(name) ?? { holds: "anything" };
        return `(NOT ${fitsSql(texts[from + place + Number(isMoved)] ?? "''", kind, decimal)})::INTEGER`;
      })
      .join(" + ");
  const [moved, stands] = [`(${strange(true)})`, `(${strange(false)})`];
  return `CASE WHEN ${moved} < ${stands} THEN 'moved' WHEN ${moved} = ${stands} THEN 'open' ELSE 'stands' END`;
}

function undecided(rows: string, { from }: ShiftRule, where: string): OldhandError {
  return new OldhandError("shifted-row", {
    what: `Whether cells of ${rows} stand in their columns cannot be told.`,
    where,
    expected: "no cell behind the last column that has a name, or cells that are as in training one column further to the left",
    got: `a cell behind the last column, as in rows of the training file that stood one column to the right from ${from} on, and cells that fit no better there than where they stand`,
    fix: "Put the texts that hold the delimiter in quotes in these rows, or empty the cell behind the last column.",
  });
}
