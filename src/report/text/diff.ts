import type { CellsChanged, DiffResult, DistributionChange } from "../../core/table-diff.ts";
import { countText, numberText, percentText, probabilityText, wholeText } from "../numbers.ts";
import { cleanDeep } from "../plain.ts";
import { type Paint, tableText, WIDTH, wrapText } from "./layout.ts";

const MOST_COLUMNS = 20;
const MOST_NAMES = 12;
/** Distribution changes above this q are not shown. */
const SURE = 0.05;

/** What two tables differ in, for a terminal. */
export function diffText(
  result: DiffResult,
  { colours: paint, width = WIDTH }: { readonly colours: Paint; readonly width?: number },
): string {
  const { same, before, after, match, columns, rows, cells, distributions, sampleRows } = cleanDeep(result);
  const line = (text: string) => wrapText(text, width, "  ");
  const how = {
    none: "as distributions and not one by one",
    key: `by ${match.key.join(", ")}`,
    position: "by position",
    content: "as wholes",
    steps: "by the steps that were made",
  }[match.by];
  const { repeated } = match;
  return [
    paint.bold(same ? "The tables are the same." : "The tables differ."),
    ...[before, after].flatMap(({ name, version, rows: count, columns: wide }, place) =>
      line(`${place === 0 ? "before" : "after "} ${name}, version ${version}: ${countText(count, "row")}, ${countText(wide, "column")}`),
    ),
    ...line(`rows are compared ${how}: ${match.why}`),
    ...(repeated.before + repeated.after > 0
      ? line(
          `${countText(repeated.before, "row")} before and ${wholeText(repeated.after)} after have the key of an earlier one; they are compared in order`,
        )
      : []),
    ...columnLines(columns).flatMap(line),
    ...rowLines(rows, match.by).flatMap(line),
    ...(cells.length === 0 ? [] : ["", paint.bold("Cells changed in rows of both"), ...cellLines(cells, rows.matched, width, paint)]),
    ...distributionLines({ distributions, sampleRows, match }, width, paint),
  ].join("\n");
}

function rowLines(
  { matched, changed, added, removed, addedRows, removedRows }: DiffResult["rows"],
  by: DiffResult["match"]["by"],
): string[] {
  if (by === "none") return [];
  const changedText = by === "content" ? "" : `, ${wholeText(changed)} of them changed`;
  return [
    `rows: ${wholeText(matched)} in both${changedText}, ${wholeText(added)} added, ${wholeText(removed)} removed`,
    ...(addedRows.length > 0 ? [`added rows, from 0: ${listed(addedRows, added)}`] : []),
    ...(removedRows.length > 0 ? [`removed rows, from 0: ${listed(removedRows, removed)}`] : []),
  ];
}

function listed(some: readonly number[], of: number): string {
  return `${some.join(", ")}${of > some.length ? ", ..." : ""}`;
}

function columnLines({ added, removed, renamed, retyped, reordered }: DiffResult["columns"]): string[] {
  const names = (all: readonly string[]) =>
    `${all.slice(0, MOST_NAMES).join(", ")}${all.length > MOST_NAMES ? ` and ${all.length - MOST_NAMES} more` : ""}`;
  return [
    ...(added.length > 0 ? [`${countText(added.length, "column")} added: ${names(added)}`] : []),
    ...(removed.length > 0 ? [`${countText(removed.length, "column")} removed: ${names(removed)}`] : []),
    ...renamed.map(
      ({ from, to, agreement }) =>
        `column renamed: ${from} -> ${to} (${agreement === 1 ? "the same cells" : `cells agree, kappa ${numberText(agreement)}`})`,
    ),
    ...retyped.map(({ name, from, to }) => `column read otherwise: ${name}, ${from} -> ${to}`),
    ...(reordered ? ["the columns of both stand in another order"] : []),
  ];
}

function cellLines(cells: readonly CellsChanged[], matched: number, width: number, paint: Paint): string[] {
  const heads = [
    { head: "column", align: "left" as const, most: 24 },
    { head: "cells", align: "right" as const, most: 12 },
    { head: "of rows", align: "right" as const, most: 8 },
    { head: "emptied", align: "right" as const, most: 10 },
    { head: "filled", align: "right" as const, most: 10 },
    { head: "for example", align: "left" as const, most: Math.max(20, width - 76) },
  ];
  const shown = cells.slice(0, MOST_COLUMNS).map(({ column, cells: count, emptied, filled, samples }) => ({
    cells: [
      column,
      wholeText(count),
      percentText(count / Math.max(1, matched)),
      emptied === 0 ? "" : wholeText(emptied),
      filled === 0 ? "" : wholeText(filled),
      samples.map(({ before, after }) => `${cellText(before)} -> ${cellText(after)}`)[0] ?? "",
    ],
    paint: (text: string) => text,
  }));
  const more = cells.length - shown.length;
  return [...tableText(heads, shown, paint), ...(more > 0 ? [`  and ${countText(more, "more column")}`] : [])];
}

function cellText(text: string | null): string {
  return text === null ? "(missing)" : text === "" ? '""' : text;
}

/** The test, and what the number behind it is. */
function testWords({ test }: DistributionChange): string {
  switch (test) {
    case "sign test":
      return "paired sign test, surplus of one way";
    case "McNemar":
      return "paired sign test of each value (McNemar), share moved on balance";
    case "two shares":
      return "test of two shares, difference";
    default:
      return `${test}, distance`;
  }
}

function distributionLines(
  { distributions: all, sampleRows, match }: Pick<DiffResult, "distributions" | "sampleRows" | "match">,
  width: number,
  paint: Paint,
): string[] {
  if (all.length === 0) return [];
  const sure = all.filter(({ q }) => q <= SURE);
  const words = {
    added: match.by === "none" ? "the rows after are not like those before" : "the added rows are not like the rows before",
    removed: "the removed rows were not like those that stayed",
    changed: "changed cells mostly moved one way",
  };
  const movedText = ({ column, rows, what, level }: DistributionChange) =>
    level === undefined
      ? `${column}${what === "missing" ? " (gaps)" : ""}: ${words[rows]}`
      : `${column}: its values are in other numbers of rows, most of all "${level.level}" (${wholeText(level.before)} before, ${wholeText(level.after)} after)`;
  const head = `${wholeText(sure.length)} of ${countText(all.length, "test")} of values ${sure.length === 1 ? "shows" : "show"} a change beyond chance (q <= ${SURE}, Benjamini-Hochberg)`;
  return [
    "",
    paint.bold(head),
    ...sure
      .slice(0, MOST_COLUMNS)
      .flatMap((one) =>
        wrapText(`${movedText(one)}: ${testWords(one)} ${numberText(one.effect)}, q ${probabilityText(one.q)}`, width, "  ", "    "),
      ),
    ...(sure.length > MOST_COLUMNS ? [`  and ${sure.length - MOST_COLUMNS} more`] : []),
    ...wrapText(
      `Rows added or removed are compared by at most ${wholeText(sampleRows)} rows of a side, drawn by chance; all else is counted over all rows.`,
      width,
      "  ",
    ).map(paint.dim),
  ];
}
