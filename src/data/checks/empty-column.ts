import type { ColumnInfo } from "../../core/dataset.ts";
import type { Check } from "../check.ts";
import { NO_ROWS } from "../findings/affected-rows.ts";
import { counted, namedColumns, quoted } from "../findings/phrase.ts";
import { onlyNullWord } from "../missing/only-null-word.ts";

/** Columns without any value. */
export const emptyColumn: Check = {
  trap: "empty-column",
  title: "Columns hold nothing",
  inspect(context) {
    const { dataset, roles } = context;
    const words = new Set<string>();
    const isEmpty = ({ missing, name }: ColumnInfo) => {
      const word = missing === dataset.rows ? null : onlyNullWord(context, name);
      if (word !== null) words.add(word);
      return missing === dataset.rows || word !== null;
    };
    const columns = dataset.columns.filter((info) => info.name !== roles.target && isEmpty(info)).map(({ name }) => name);
    if (columns.length === 0 || dataset.rows === 0) return [];
    const said = words.size === 0 ? "" : ` (nothing but ${[...words].map((word) => (word === "" ? "blanks" : quoted(word))).join(", ")})`;
    return [
      {
        trap: "empty-column",
        columns,
        rows: NO_ROWS,
        severity: "cosmetic",
        confidence: 1,
        evidence: { emptyColumns: columns.length, losesNothing: true },
        fix: { action: "steps", steps: [{ op: "drop", columns }] },
        counterfactual: null,
        question: null,
        why: `${counted(columns.length, "column has", "columns have")} no value in any row${said}: ${namedColumns(columns)}.`,
      },
    ];
  },
};
