import type { Suspicion } from "../../core/finding.ts";
import { affectedRows } from "../affected-rows.ts";
import type { AuditContext, Check } from "../check.ts";
import { columnsNamed } from "../column-facts.ts";
import { countCodes, type LevelColumn } from "../counts.ts";
import { fingerprint } from "../fingerprint.ts";
import { counted, quoted } from "../phrase.ts";

/** Labels of the given test set that the training rows do not know, mostly because they are written otherwise ("<=50K."). */
export const labelVariant: Check = {
  trap: "label-variant",
  title: "Test labels are spelt otherwise",
  inspect(context) {
    const [column] = columnsNamed(context.frame, [context.roles.target]);
    if (context.testRows === null || column === undefined || !("codes" in column)) return [];
    return inspectLabels(context, column, context.testRows);
  },
};

function inspectLabels(context: AuditContext, column: LevelColumn, testRows: Int32Array): Suspicion[] {
  const inTest = countCodes(
    Int32Array.from(testRows, (row) => column.codes[row] ?? -1),
    column.levels.length,
  );
  const inAll = countCodes(column.codes, column.levels.length);
  const trained = column.levels.filter((_, code) => (inAll[code] ?? 0) > (inTest[code] ?? 0));
  const byPrint = new Map(trained.map((level) => [fingerprint(level), level]));
  const unknown = column.levels.filter((level, code) => (inTest[code] ?? 0) > 0 && !trained.includes(level));
  if (unknown.length === 0) return [];
  const mapping = Object.fromEntries(
    unknown.flatMap((level) => {
      const known = byPrint.get(fingerprint(level));
      return known === undefined ? [] : [[level, known]];
    }),
  );
  const spelt = Object.keys(mapping);
  const fresh = unknown.filter((level) => !spelt.includes(level));
  const strange = new Set(unknown.map((level) => column.levels.indexOf(level)));
  const isTest = new Uint8Array(context.frame.rows);
  for (const row of testRows) isTest[row] = 1;
  const rows = affectedRows(context, (row) => isTest[row] === 1 && strange.has(column.codes[row] ?? -1));
  const pairs = spelt.slice(0, 3).map((level) => `${quoted(level)} for ${quoted(mapping[level] ?? "")}`);
  return [
    {
      trap: "label-variant",
      columns: [column.name],
      rows,
      severity: "blocker",
      confidence: spelt.length > 0 ? 0.97 : 0.8,
      evidence: { unknownLabels: unknown, mapping, testRows: rows.count },
      fix:
        spelt.length > 0
          ? { action: "steps", steps: [{ op: "map", column: column.name, mapping }] }
          : {
              action: "advice",
              text: `Find out what ${fresh.slice(0, 3).map(quoted).join(", ")} mean; the training rows have no such class.`,
            },
      counterfactual: null,
      question: null,
      why:
        spelt.length > 0
          ? `The test set writes its labels otherwise than the training rows (${pairs.join(", ")}): in ${counted(rows.count, "row")} every answer would count as wrong.`
          : `${counted(rows.count, "test row")} carry a label that no training row has (${fresh.slice(0, 3).map(quoted).join(", ")}): it can never be predicted.`,
    },
  ];
}
