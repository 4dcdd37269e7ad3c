import type { AuditContext } from "../check.ts";
import type { SplitProposal } from "./split-proposal.ts";

/** The policy of the training rows, by which all is chosen before the test set judges once. */
export function beforeTest(proposal: SplitProposal, test: Pick<AuditContext, "dataset" | "testRows" | "training"> | null): SplitProposal {
  if (test === null) return proposal;
  const [rows, all] = [test.testRows?.length ?? 0, test.dataset.rows - (test.training?.dataset.rows ?? 0)];
  const given = test.training !== null && rows < all ? `given test rows (${rows} of ${all} in this sample)` : `${rows} given test rows`;
  return { ...proposal, why: `${proposal.why}; by it all is chosen within the training rows, before the ${given} judge once` };
}
