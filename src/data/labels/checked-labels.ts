import type { CheckedLabel } from "../../core/dataset.ts";
import { wilson } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";

/** What a person has said of labels in an earlier round. */
export interface CheckedLabels {
  readonly all: readonly CheckedLabel[];
  isChecked(row: number): boolean;
  /** The label that a corrected row came with; null for all other rows. */
  delivered(row: number): string | null;
  /** wrong: some were, and the rest is to be found. right: hardly any was, so what looks wrong is chance. null: nobody has looked, or too few. */
  readonly found: "wrong" | "right" | null;
}

/** Corrections from which wrong labels are taken for a fact. */
const LEAST_WRONG = 3;
/** Where surely fewer than that of the rows that looked wrong were. */
const FEW = 0.3;

export function checkedLabels({ dataset, frame }: AuditContext): CheckedLabels {
  const all = dataset.checked ?? [];
  const byRow = new Map(all.map((one) => [one.row, one]));
  const checkedOf = (row: number) => byRow.get(frame.rowNumbers?.[row] ?? row);
  const wrong = all.filter(({ corrected }) => corrected !== "").length;
  const isRare = all.length > 0 && wilson(wrong, all.length, 0.95).high < FEW;
  return {
    all,
    isChecked: (row) => checkedOf(row) !== undefined,
    delivered: (row) => {
      const one = checkedOf(row);
      return one === undefined || one.corrected === "" ? null : one.label;
    },
    found: isRare ? "right" : wrong >= LEAST_WRONG ? "wrong" : null,
  };
}
