import type { Column } from "../../core/column.ts";
import type { AuditContext } from "../check.ts";
import { featuresOf } from "../columns/features.ts";
import { LIKELY } from "../harm/ground.ts";
import { KEY_SHARE, type KeyLikeness, keyLikeness } from "../roles/key-likeness.ts";

/** Rows that have the same key as well are copies all the more: only a key that nearly all rows have to themselves hides them. */
const hides = (key: KeyLikeness | null) => key !== null && key.confidence >= LIKELY && key.distinctShare >= KEY_SHARE;

/** Features that are a key of the rows. Once per audit. */
export function hidingKeys(context: AuditContext): readonly string[] {
  return context.shared("hiding keys", () =>
    featuresOf(context)
      .filter((column) => hides(keyLikeness(context, column)))
      .map(({ name }) => name),
  );
}

/** The others: what rows have in common, or nearly so. */
export function featuresBesideKeys(context: AuditContext): readonly Column[] {
  const keys = hidingKeys(context);
  return keys.length === 0 ? featuresOf(context) : featuresOf(context).filter(({ name }) => !keys.includes(name));
}
