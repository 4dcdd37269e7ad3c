import type { MendedData } from "../../core/mended-data.ts";
import { shellWord } from "../../core/shell-word.ts";
import { countText, wholeText } from "../numbers.ts";
import { cleanDeep } from "../plain.ts";
import { type TextOptions, tableText, WIDTH, wrapText } from "./layout.ts";

/** What each step changed from one version to the next, for a terminal. @param recipe where the recipe lies */
export function mendedText(mended: MendedData, recipe: string, { colours: paint, folder, width = WIDTH }: TextOptions): string {
  const { path, version, rows, columns, from, changes, undone, wanted, held, asked, reopened } = cleanDeep(mended);
  const size = (of: { rows: number; columns: number }) => `${countText(of.rows, "row")}, ${countText(of.columns, "column")}`;
  const lines = changes.map((change) => ({
    cells: [String(change.number), change.step, change.columns, effectOf(change), change.what],
    paint: (line: string) => line,
  }));
  const heads = [
    { head: "", align: "right" as const, most: 4 },
    { head: "step", align: "left" as const, most: 20 },
    { head: "columns", align: "left" as const, most: 24 },
    { head: "changed", align: "left" as const, most: 26 },
    { head: "what", align: "left" as const, most: Math.max(20, width - 60) },
  ];
  return [
    paint.bold(`What was changed: version ${from.version} (${size(from)}) -> ${version} (${size({ rows, columns })})`),
    ...(changes.length === 0 ? ["  nothing"] : tableText(heads, lines, paint)),
    ...undone.flatMap(({ number, step, columns: names, what }) => wrapText(`undone: ${number} ${step} ${names} (${what})`, width, "  ")),
    ...wanted.flatMap(({ number, step, columns: names, by }) =>
      wrapText(`not undone: ${number} ${step} ${names}, which ${by} wants as well`, width, "  "),
    ),
    ...heldText(held, asked, folder).flatMap((line) => wrapText(line, width, "  ")),
    ...(reopened.length === 0 ? [] : wrapText(`This table is not mended of: ${reopened.join(", ")}`, width, "  ").map(paint.yellow)),
    ...wrapText("Gaps are filled and names are encoded later, inside each fold: such steps learn from rows.", width, "  ").map(paint.dim),
    ...(changes.length === 0
      ? []
      : wrapText(
          `To take one back: oldhand prepare ${shellWord(folder)} --undo ${changes[0]?.number} (or the id of a finding, or all).`,
          width,
          "  ",
        ).map(paint.dim)),
    "",
    `Mended data: ${path}`,
    `Recipe: ${recipe}${undone.length === 0 ? "" : "; without what is undone: mended.json beside it"}`,
  ].join("\n");
}

/** Which findings keep columns out that were to be back, and the command that undoes these too. */
function heldText(held: MendedData["held"], asked: readonly string[], folder: string): string[] {
  if (held.length === 0) return [];
  const words = [...new Set([...asked, ...held.flatMap(({ by }) => by)])];
  const reasons = held.map(({ column, by }) => `${column} (${by.map((word) => (/^\d+$/.test(word) ? `step ${word}` : word)).join("; ")})`);
  return [
    `still left out: ${reasons.join(", ")}`,
    `To have ${held.length === 1 ? "it" : "them"} back: oldhand prepare ${shellWord(folder)} ${words.map((word) => `--undo ${shellWord(word)}`).join(" ")}`,
  ];
}

function effectOf({ columnsGone, columnsRetyped, rowsGone, cells, emptied }: MendedData["changes"][number]): string {
  const said = [
    ...(rowsGone > 0 ? [`${countText(rowsGone, "row")} gone`] : []),
    ...(columnsGone.length > 0 ? [`${countText(columnsGone.length, "column")} gone`] : []),
    ...(cells > 0
      ? [`${countText(cells, "cell")}${emptied > 0 ? `, ${emptied === cells ? "all" : wholeText(emptied)} emptied` : ""}`]
      : []),
    ...(cells === 0 && columnsRetyped.length > 0 ? ["type only"] : []),
  ];
  return said.length === 0 ? "nothing" : said.join(", ");
}
