import type { Suspicion } from "../../core/finding.ts";
import type { Json } from "../../core/json.ts";
import type { AuditContext, Check } from "../check.ts";
import { infoOf } from "../columns/features.ts";
import { columnCopies } from "../copies/column-copies.ts";
import { NO_ROWS } from "../findings/affected-rows.ts";
import { amount, apartInDecimals, namedColumns } from "../findings/phrase.ts";
import { semanticType } from "../meaning/semantic-type.ts";
import { type AskedGroup, askedGroups } from "../split/asked-groups.ts";
import type { GroupEvidence } from "../split/group-evidence.ts";
import type { GroupKey } from "../split/group-keys.ts";
import { judgedGroup } from "../split/group-or-time.ts";
import { gapEvidence } from "../split/neighbour-probe.ts";
import { columnsOfKey } from "../split/profile-key.ts";
import { isRewarded, rewardOf } from "../split/reward-words.ts";
import { groupSplit, randomSplit } from "../split/split-sizes.ts";

const SOURCE = {
  name: "its name is that of a thing which comes back",
  prefix: "its values share a front part",
  members: "the rows of each front part are counted behind it",
  series: "it stands in series, one stretch of rows for each value",
  panel: "each of its values has a row of its own at each time",
  things: "other columns stay the same within its values",
  shared: "rows with one value of it share other measurements too",
  profile: "rows agree in it, and in more than chance explains",
  blocks: "it stays the same over blocks of rows",
  repeats: "its values come back",
  again: "it is different in nearly all rows, but some of its values come back",
  levels: "its values have many rows each",
  numbers: "rows of one value have more of the target in common than with the next values, so it may stand for one thing",
} as const;

/** Their numbers may be quantities, which tell something of new groups too. Of all others a new group has new values: honest is the score without them. */
const MAY_MEASURE: readonly GroupKey["from"][] = ["blocks", "repeats", "prefix", "shared", "profile", "numbers"];

/** Less sure than not, whatever their rows have in common: that does not tell whether a model recognises them, nor whether new ones come. */
const UNVERIFIED = 0.3;
const ALIKE = 0.45;
/** Shown to have next to nothing in common: a note and a question, no worse. */
const UNLIKE = 0.2;

/**
 * The same entity on both sides of a random split: found by names, prefixes, series, blocks and repeats, verified by a measured gap. Keys of things that could not be
 * verified are asked about, and priced.
 */
export const groupLeak: Check = {
  trap: "group-leak",
  title: "Rows of the same thing stand on both sides of the split",
  inspect(context) {
    if (context.roles.group !== null) return [];
    const best = judgedGroup(context);
    const told = best === null ? [] : [suspicion(context, best)];
    return [...told, ...askedGroups(context).map((one) => asked(context, one))];
  },
};

function suspicion(context: AuditContext, found: GroupEvidence): Suspicion {
  const { key, gap } = found;
  const thing = thingOf(key);
  return {
    ...ofGroups(context, key),
    severity: isRewarded(gap) ? "blocker" : "harmful",
    confidence: found.confidence,
    evidence: { ...evidenceOf(key), labelZ: found.labelZ, ...gapEvidence(gap) },
    why: `Rows come in ${groupsIn(context, key)} by ${thing} (${SOURCE[key.from]}). The nearest rows judge a row with an error of ${gap.openError.toFixed(3)} when its own group may help and ${gap.closedError.toFixed(3)} when it may not, ${rewardOf(gap)}.`,
  };
}

function thingOf(key: GroupKey): string {
  return key.cut === null ? namedColumns(columnsOfKey(key)) : `the front part of \`${key.column}\``;
}

function asked(context: AuditContext, { key, likeness, alike, constant, byLevels }: AskedGroup): Suspicion {
  const { from } = key;
  const { icc, low, high } = likeness;
  const [said, from90, to90] = apartInDecimals(icc, low, high);
  const range = `${said}, 90 % interval ${from90} to ${to90}`;
  const known = {
    shown: `Rows of one ${icc < 0 ? "differ from" : "resemble"} each other in the target (${range})`,
    unknown:
      low > 0
        ? `Rows of one resemble each other in the target a little (${range})`
        : `How far rows of one resemble each other cannot be told (${range})`,
    nothing: `Rows of one have next to nothing of the target in common (${range})`,
  }[alike];
  const kept = constant.length === 0 ? "" : ` ${namedColumns(constant)} stay${constant.length === 1 ? "s" : ""} the same within each.`;
  return {
    ...ofGroups(context, key),
    severity: alike === "nothing" ? "cosmetic" : "harmful",
    confidence: byLevels === true ? UNVERIFIED : { shown: ALIKE, unknown: UNVERIFIED, nothing: UNLIKE }[alike],
    evidence: { ...evidenceOf(key), icc, iccLow: low, iccHigh: high, constant: constant.length },
    why: `Rows come in ${groupsIn(context, key)} by ${thingOf(key)} (${SOURCE[from]}).${kept} ${known}; the nearest rows do not show that a model recognises them. If it is asked about new ones, judge it by whole groups.`,
  };
}

/** Of a sample, the groups of one column are the different values of the whole table; others are counted in the sample, which is said. */
function groupsIn(context: AuditContext, key: GroupKey): string {
  const said = `${amount(key.groups)} groups`;
  if (context.frame.rowNumbers === null) return said;
  const isColumn = key.cut === null && columnsOfKey(key).length === 1;
  return isColumn ? `${amount(infoOf(context, key.column).distinct)} groups` : `${said} (of a sample)`;
}

function ofGroups(context: AuditContext, key: GroupKey): Omit<Suspicion, "severity" | "confidence" | "evidence" | "why"> {
  const { cut } = key;
  const columns = columnsOfKey(key);
  const honest = groupSplit(context, columns, cut);
  return {
    trap: "group-leak",
    columns,
    rows: NO_ROWS,
    fix: { action: "split", split: honest },
    counterfactual: { change: "split", naive: randomSplit(context), honest, ...withoutKey(context, key) },
    question: `Will the model be asked about the same ${cut === null ? columns.join(", ") : `front parts of ${columns.join(", ")}`} that it was trained on, or about new ones?`,
    choices: ["new", "same"],
  };
}

/** A number that each thing has for itself (the capacity of a plant) is told as a copy of its name, and says something of new ones all the same. */
function withoutKey(
  context: AuditContext,
  { column, from }: GroupKey,
): { readonly without: readonly string[]; readonly instead?: readonly string[] } {
  if (MAY_MEASURE.includes(from)) return { without: [] };
  const same = columnCopies(context).find(({ first, copies }) => [first, ...copies].some(({ name }) => name === column));
  const instead = [...(same === undefined ? [] : [same.first, ...same.copies])].filter(
    (one) => one.name !== column && "values" in one && semanticType(one).type !== "code",
  );
  return instead.length === 0 ? { without: [column] } : { without: [column], instead: instead.map(({ name }) => name) };
}

function evidenceOf({ groups, largest, from, cut }: GroupKey): Readonly<Record<string, Json>> {
  return { groups, largest, from, cut };
}
