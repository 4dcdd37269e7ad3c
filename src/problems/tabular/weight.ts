import { columnOf, type Frame } from "../../core/column.ts";
import { OldhandError } from "../../core/error.ts";

/** Weights of every row, or null when no weight column was named. A missing weight counts 0. @throws OldhandError bad-option. */
export function weightValues(frame: Frame, weight: string | null): Float64Array | null {
  if (weight === null) return null;
  const column = columnOf(frame, weight);
  if (!("values" in column) || column.type !== "number" || column.values.some((value) => value < 0)) {
    throw new OldhandError("bad-option", {
      what: `The column "${weight}" cannot weigh rows.`,
      where: "--weight",
      expected: "numbers of 0 or more",
      got: column.type === "number" ? "negative numbers" : `a ${column.type} column`,
    });
  }
  return column.values.map((value) => (Number.isNaN(value) ? 0 : value));
}
