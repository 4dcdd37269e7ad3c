import type { SplitGap } from "../../core/finding.ts";
import { metricNamed } from "../../metrics/index.ts";
import type { SplitProposal } from "./split-proposal.ts";

/** Where a gap between nearest rows decided, the gap of the two scores may be another one: then it is said. */
export function besideGap(proposal: SplitProposal, gap: SplitGap | null): SplitProposal {
  if (gap === null || proposal.byNearestRows !== true) return proposal;
  const { random, proposed, metric } = gap;
  const isBetter = metricNamed(metric).better === "higher" ? random.value > proposed.value : random.value < proposed.value;
  return isBetter ? proposal : { ...proposal, why: `${proposal.why}; the score of a random split is no better here` };
}
