import * as Plot from "@observablehq/plot";
import { cleanText } from "../../core/clean-text.ts";
import { COLOURS, cutMiddle, type Sheet, textPx } from "./drawing.ts";

/** One row of a drawing: a name on the left, the numbers on the right, marks between. On a phone both stand above the marks. */
export interface Row {
  readonly key: string;
  readonly label: string;
  readonly value: string;
  /** The same for a phone, where the name needs the room. */
  readonly shortValue: string;
  readonly isStrong: boolean;
}

const LABEL_PX = 300;
/** Of text in a drawing, and the least that is still read. */
const FONT_PX = 13;
const LEAST_FONT_PX = 11;
const GAP_PX = 14;
/** On a phone: height of a row, and where in it the names stand, above its middle. */
const ROW_PX = 50;
const NAME_PX = 17;
/** An upright line in a row of a phone's drawing keeps clear of the names that it would cross. */
export const belowNames = { insetTop: ROW_PX / 2 - NAME_PX + 9 } as const;
/** On a phone: room for half a tick label on both sides. */
const EDGE_PX = 28;

export interface RowFrame {
  /** Width of the drawing between its margins. */
  readonly innerPx: number;
  readonly isNarrow: boolean;
  readonly options: Plot.PlotOptions;
  readonly labels: Plot.Markish[];
}

/** Margins, height, scale and labels that all drawings by row share. Marks use `y: "key"`. */
export function rowFrame(sheet: Sheet, rows: readonly Row[]): RowFrame {
  const shared = { y: { domain: rows.map(({ key }) => key), axis: null, label: null } } as const;
  return sheet.isNarrow ? narrow(sheet, rows, shared) : wide(sheet, rows, shared);
}

function wide({ width }: Sheet, rows: readonly Row[], shared: Plot.PlotOptions): RowFrame {
  const fitted = rows.map((row) => fittedRow(row, LABEL_PX, 2));
  const marginLeft = Math.max(...fitted.map(labelPx)) + GAP_PX + 4;
  const marginRight = Math.max(...rows.map(({ value, isStrong }) => textPx(value, isStrong))) + GAP_PX + 4;
  return {
    innerPx: width - marginLeft - marginRight,
    isNarrow: false,
    options: { ...shared, marginLeft, marginRight, marginTop: 8, marginBottom: 48, height: rows.length * 30 + 56 },
    labels: [
      ...text(fitted, "label", { frameAnchor: "left", textAnchor: "end", dx: -GAP_PX }),
      ...text(fitted, "value", { frameAnchor: "right", textAnchor: "start", dx: GAP_PX }),
    ],
  };
}

function narrow({ width }: Sheet, rows: readonly Row[], shared: Plot.PlotOptions): RowFrame {
  const fitted = rows.map((row) => fittedRow(row, width - 12 - textPx(row.shortValue, row.isStrong) - 8, 1));
  return {
    innerPx: width - 2 * EDGE_PX,
    isNarrow: true,
    options: {
      ...shared,
      y: { ...shared.y, type: "band", padding: 0 },
      marginLeft: EDGE_PX,
      marginRight: EDGE_PX,
      marginTop: 14,
      marginBottom: 48,
      height: rows.length * ROW_PX + 62,
    },
    labels: [
      ...text(fitted, "label", { frameAnchor: "left", textAnchor: "start", dx: 6 - EDGE_PX, dy: -NAME_PX }),
      ...text(fitted, "shortValue", { frameAnchor: "right", textAnchor: "end", dx: EDGE_PX - 6, dy: -NAME_PX }),
    ],
  };
}

/** On a phone: whether a line at `share` of the way along the axis meets the name or the number of the row. */
export function meetsNames({ width }: Sheet, row: Row, share: number): boolean {
  const [numberPx, at] = [textPx(row.shortValue, row.isStrong), EDGE_PX + share * (width - 2 * EDGE_PX)];
  return at < 6 + labelPx(fittedRow(row, width - 12 - numberPx - 8, 1)) + 4 || at > width - 6 - numberPx - 4;
}

interface FittedRow extends Row {
  /** Of the label. */
  readonly fontPx: number;
}

/** A long name is set smaller, then in two lines where there is room for them, and cut only when that does not do: in the middle, since names often begin alike. */
function fittedRow(row: Row, px: number, mostLines: 1 | 2): FittedRow {
  const text = cleanText(row.label);
  const fontPx = Math.min(FONT_PX, Math.max(LEAST_FONT_PX, (FONT_PX * px) / textPx(text, row.isStrong)));
  const room = (px * FONT_PX) / fontPx;
  const lines = textPx(text, row.isStrong) <= room || mostLines === 1 ? [text] : inTwo(text, room, row.isStrong);
  return { ...row, fontPx, label: lines.map((line) => cutMiddle(line, room, row.isStrong)).join("\n") };
}

/** Two lines, broken where the parts of a name meet, if both have room so; else as equal in length as blanks allow. */
function inTwo(text: string, room: number, isStrong: boolean): readonly string[] {
  const longer = (at: number) => Math.max(textPx(text.slice(0, at), isStrong), textPx(text.slice(at + 1), isStrong));
  const blanks = [...text.matchAll(/ /g)].map(({ index }) => index).sort((a, b) => longer(a) - longer(b));
  const isJoint = (at: number) => text.startsWith(" and ", at) || text[at - 1] === ":";
  const best = blanks.find((at) => isJoint(at) && longer(at) <= room) ?? blanks[0];
  return best === undefined ? [text] : [text.slice(0, best), text.slice(best + 1)];
}

/** Width of a label as it is set. */
function labelPx({ label, isStrong, fontPx }: FittedRow): number {
  return (Math.max(...label.split("\n").map((line) => textPx(line, isStrong))) * fontPx) / FONT_PX;
}

function text(rows: readonly FittedRow[], channel: "label" | "value" | "shortValue", options: Plot.TextOptions): Plot.Markish[] {
  const mark = (isStrong: boolean) =>
    Plot.text(
      rows.filter((row) => row.isStrong === isStrong),
      {
        ...options,
        y: "key",
        text: channel,
        fill: COLOURS.ink,
        stroke: "var(--surface)",
        strokeWidth: 4,
        fontWeight: isStrong ? 650 : 400,
        ...(channel === "label" ? { fontSize: (row: FittedRow) => row.fontPx } : { fontVariant: "tabular-nums" }),
      },
    );
  return [mark(true), mark(false)];
}

const TICK_PX = 80;
const MOST_TICKS = 8;

/** So many ticks are asked for that two or more round numbers lie on the axis: one alone gives no scale. */
function enoughTicks([low, high]: readonly [number, number], wanted: number): number {
  for (let count = wanted; count < MOST_TICKS; count++) {
    const step = tickStep((high - low) / count);
    if (Math.floor(high / step) - Math.ceil(low / step) >= 1) return count;
  }
  return MOST_TICKS;
}

/** The round number that d3 takes for a step of about this size. */
function tickStep(size: number): number {
  const power = 10 ** Math.floor(Math.log10(size));
  const rest = size / power;
  return power * (rest >= Math.sqrt(50) ? 10 : rest >= Math.sqrt(10) ? 5 : rest >= Math.SQRT2 ? 2 : 1);
}

/** The number axis under the rows, with as many ticks as have room. On a phone no grid: it would cross the names. */
export function numberAxis({ innerPx, isNarrow }: RowFrame, label: string, domain: readonly [number, number]): Plot.ScaleOptions {
  const ticks = enoughTicks(domain, Math.min(MOST_TICKS, Math.max(2, Math.floor(innerPx / TICK_PX))));
  return { domain: [...domain], label, labelAnchor: "center", labelArrow: "none", grid: !isNarrow, ticks };
}
