import type { Suspicion } from "../../core/finding.ts";
import type { AuditContext, Check } from "../check.ts";
import { NO_ROWS } from "../findings/affected-rows.ts";
import { amount } from "../findings/phrase.ts";
import type { GroupEvidence } from "../split/group-evidence.ts";
import { judgedGroup } from "../split/group-or-time.ts";
import { gapEvidence } from "../split/neighbour-probe.ts";
import { groupSplit, randomSplit } from "../split/split-sizes.ts";

const SOURCE = {
  name: "its name is that of a thing which comes back",
  prefix: "its values share a front part",
  blocks: "it stays the same over blocks of rows",
  repeats: "its values come back",
  levels: "its values have many rows each",
} as const;

/** The same entity on both sides of a random split: found by names, prefixes, blocks and repeats, verified by a measured gap. */
export const groupLeak: Check = {
  trap: "group-leak",
  title: "Rows of the same thing stand on both sides of the split",
  inspect(context) {
    if (context.roles.group !== null) return [];
    const best = judgedGroup(context);
    return best === null ? [] : [suspicion(context, best)];
  },
};

function suspicion(context: AuditContext, found: GroupEvidence): Suspicion {
  const { key, gap } = found;
  const honest = groupSplit(context, [key.column], key.cut);
  const thing = key.cut === null ? `\`${key.column}\`` : `the front part of \`${key.column}\``;
  return {
    trap: "group-leak",
    columns: [key.column],
    rows: NO_ROWS,
    severity: "blocker",
    confidence: found.confidence,
    evidence: { groups: key.groups, largest: key.largest, from: key.from, cut: key.cut, labelZ: found.labelZ, ...gapEvidence(gap) },
    fix: { action: "split", split: honest },
    counterfactual: { change: "split", naive: randomSplit(context), honest, without: key.from === "levels" ? [key.column] : [] },
    question: `Will the model be asked about the same ${key.column} that it was trained on, or about new ones?`,
    choices: ["new", "same"],
    why: `Rows come in ${amount(key.groups)} groups by ${thing} (${SOURCE[key.from]}). The nearest rows judge a row with an error of ${gap.openError.toFixed(3)} when its own group may help and ${gap.closedError.toFixed(3)} when it may not, so a random split would reward recognising the group.`,
  };
}
