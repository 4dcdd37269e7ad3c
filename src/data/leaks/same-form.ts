import { columnOf } from "../../core/column.ts";
import type { AuditContext } from "../check.ts";
import { textAt } from "../columns/column-facts.ts";
import { type Kinship, kinshipOf, withoutNumbers } from "../meaning/kindred-names.ts";
import { meaningOf } from "../meaning/meaning.ts";
import { type Association, associationsOf } from "../signal/associations.ts";
import { answerFor, featureThreshold, NEAR_PERFECT } from "../signal/leak-odds.ts";

/** Share of a column's values that are also values of the target, from which the two have the same scale. */
export const SAME_VALUES = 0.8;
/** Two earlier forms of a target are no scheme of names yet. */
const LEAST_NUMBERED = 4;

/** The kinship of a name with the target's, as far as names say anything in this table. */
export function kinshipIn(context: AuditContext, name: string): Kinship | null {
  return isNumberedAlike(context, name) ? null : kinshipOf(name, context.roles.target);
}

/** Where most columns are numbered as the target is ("V1" to "V128") such a name says nothing. */
function isNumberedAlike(context: AuditContext, name: string): boolean {
  const { features, target } = context.roles;
  const scheme = withoutNumbers(target);
  if (withoutNumbers(name) !== scheme) return false;
  return context.shared("numbered as the target", () => {
    const alike = features.filter((feature) => withoutNumbers(feature) === scheme).length;
    return alike >= LEAST_NUMBERED && alike > features.length / 2;
  });
}

/** Share of the present cells that hold one of the target's values. */
export function sharedValues(context: AuditContext, name: string): number {
  const [column, target] = [columnOf(context.frame, name), columnOf(context.frame, context.roles.target)];
  const values = new Set<string>();
  for (let row = 0; row < context.frame.rows; row++) values.add(textAt(target, row) ?? "");
  values.delete("");
  let shared = 0;
  let present = 0;
  for (let row = 0; row < context.frame.rows; row++) {
    const text = textAt(column, row);
    if (text === null) continue;
    present++;
    if (values.has(text)) shared++;
  }
  return present === 0 ? 0 : shared / present;
}

/** A column that nearly gives the target, shares its name, and holds its classes: the same outcome once more. */
export interface SameForm {
  readonly association: Association;
  readonly stem: string;
  readonly same: number;
}

/** Features that are another form of the target beyond doubt in all but when they were written. Once per audit. */
export function sameForms(context: AuditContext): ReadonlyMap<string, SameForm> {
  return context.shared("same forms of the target", () => {
    const found = new Map<string, SameForm>();
    if (context.task.kind === "regression" || context.dataset.source.dialect?.header === false) return found;
    for (const name of context.roles.features) {
      const association = associationsOf(context).get(name);
      if (association === undefined || association.score < NEAR_PERFECT || association.z <= featureThreshold(context)) continue;
      if (answerFor(context, name) !== null || meaningOf(name).excusedBy.length > 0) continue;
      const kin = kinshipIn(context, name);
      const same = kin === null || kin.by === "short" || kin.by === "letter" || kin.by === "number" ? 0 : sharedValues(context, name);
      if (kin !== null && same >= SAME_VALUES) found.set(name, { association, stem: kin.stem, same });
    }
    return found;
  });
}
