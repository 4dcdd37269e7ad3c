import type { Suspicion } from "../../core/finding.ts";
import { groupKeysOf } from "../../lab/index.ts";
import type { AuditContext } from "../check.ts";
import { meaningOf } from "../meaning/meaning.ts";
import { areCodesOfThings } from "../split/codes-of-things.ts";
import { groupEvidence } from "../split/group-evidence.ts";
import { type GroupKey, groupKeys, otherLevels } from "../split/group-keys.ts";
import { gapEvidence } from "../split/neighbour-probe.ts";

/** A group that the given test set is judged by: columns, and how the value names it. */
export interface GivenGroup {
  readonly columns: readonly string[];
  readonly cut: string | null;
  readonly confidence: number;
  readonly evidence: Suspicion["evidence"];
  readonly source: string;
  /** No row shows that a model recognises it: it is a key by its name. */
  readonly isNamedOnly?: true;
}

/** The declared group, or one that the training rows verify; null without. */
export function givenGroup({ groupBy, training }: AuditContext): GivenGroup | null {
  if (groupBy.length > 0) return { columns: groupBy, cut: null, confidence: 1, evidence: {}, source: "which was declared as the group" };
  const [found] = training === null ? [] : groupEvidence(training);
  if (found === undefined) return null;
  const { key, gap, confidence } = found;
  const source = `whose rows know each other's labels (nearest rows err by ${gap.openError.toFixed(3)} with the help of their own group, by ${gap.closedError.toFixed(3)} without)`;
  return { columns: [key.column], cut: key.cut, confidence, evidence: gapEvidence(gap), source };
}

/** Fewer of a name are kinds of things. */
const LEAST_NAMED = 20;
/** Asked, and nothing is done until then. */
const [ASKED, BY_FORM] = [0.45, 0.4];

/**
 * Keys of things by their names ("patient_id"), or by how they are written (plates), that no row verifies: a model may know their rows again by what the nearest rows do not
 * show. Those that only their form speaks for last.
 */
export function namedGroups({ training }: AuditContext): readonly GivenGroup[] {
  if (training === null) return [];
  const keys = groupKeys(training).filter(({ groups }) => groups >= LEAST_NAMED);
  const sure = keys.filter(({ column, from }) => (from === "name" || from === "again") && isKey(column));
  const others = [...keys, ...otherLevels(training)].filter((key) => key.cut === null && !sure.includes(key));
  const named = others.filter((key) => isKey(key.column) && isOfLevels(training, key));
  const shaped = others.filter((key) => !named.includes(key) && areCodesOfThings(training, key));
  return [
    ...[...sure, ...named].map((key) => asked(key, ASKED, "a key by its name, whose rows do not show that a model recognises it")),
    ...shaped.map((key) => asked(key, BY_FORM, "codes of one form that come back about equally often, as those of things do")),
  ];
}

/** Texts: of whole numbers the name alone says too little, where each has many rows. */
function isOfLevels({ frame }: AuditContext, { column, groups }: GroupKey): boolean {
  return groups >= LEAST_NAMED && frame.columns.some((one) => one.name === column && "codes" in one);
}

function asked({ column, cut }: GroupKey, confidence: number, source: string): GivenGroup {
  return { columns: [column], cut, confidence, evidence: {}, source, isNamedOnly: true };
}

function isKey(name: string): boolean {
  const { entity, keyOf } = meaningOf(name);
  return entity || keyOf !== null;
}

/** Group of each row of the frame, negative = it stands alone; null without a group. */
export function givenGroups(context: AuditContext): Int32Array | null {
  return context.shared("given-groups", () => {
    const group = givenGroup(context);
    return group === null ? null : groupKeysOf(context.frame, group.columns, group.cut ?? undefined);
  });
}
