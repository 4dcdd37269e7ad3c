import { FINDINGS_SCHEMA, type FindingsFile, type LeansOn } from "../core/finding.ts";
import type { Json } from "../core/json.ts";
import type { TrapId } from "../core/trap.ts";
import type { Audit } from "./audit.ts";
import type { AuditContext } from "./check.ts";
import { undoOf } from "./findings/undo.ts";

/** `findings.json`: what was found, on which data, judged how. `metric`: the name of the deciding metric. `notMade`: traps whose checks were left out by request. `leansOn`: columns that tell most. */
export function findingsFile(
  context: Pick<AuditContext, "dataset" | "task">,
  { findings, unchecked, reach, roles, proposal, gap }: Audit,
  metric: string,
  notMade: readonly TrapId[] = [],
  leansOn: readonly LeansOn[] = [],
): FindingsFile {
  const { dataset, task } = context;
  const { folds, repeats, testRows, cut } = {
    folds: undefined,
    repeats: undefined,
    testRows: undefined,
    cut: undefined,
    ...proposal.split,
  };
  const by: Json = { columns: proposal.by, ...(cut === undefined ? {} : { cut }), folds, repeats, testRows };
  return {
    schema: FINDINGS_SCHEMA,
    dataset: {
      rows: dataset.rows,
      columns: dataset.columns.length,
      version: dataset.version,
      roles: roles as unknown as Json,
      task: task as unknown as Json,
      metric,
      split: { policy: proposal.split.policy, by, why: proposal.why, gap, passedOver: proposal.passedOver },
    },
    findings: findings.map((finding) => ({ ...finding, undo: undoOf(finding, task) })),
    unchecked,
    ...(notMade.length === 0 ? {} : { notMade }),
    reach,
    ...(leansOn.length === 0 ? {} : { leansOn }),
  };
}
