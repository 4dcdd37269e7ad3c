import { columnOf } from "../../core/column.ts";
import type { AuditContext } from "../check.ts";
import { textAt } from "../columns/column-facts.ts";
import { type GroupKey, groupKeys } from "./group-keys.ts";
import { profileGroups } from "./profile-groups.ts";

/** Pairs of rows with one profile that agree in a key: the key names the same things. */
const NAMED = 0.9;

/** The columns that name a thing together, where no column does. Once per audit. */
export function profileKeys(context: AuditContext): readonly GroupKey[] {
  return context.shared("profile keys", () => {
    const found = profileGroups(context);
    if (found === null) return [];
    const key = keyOf(context, found.columns);
    // A name for the same things was judged by itself: a list that everybody knows is no key.
    const isNamed = context.frame.columns.some((one) => "codes" in one && namesTheSame(one, key) && namesTheSame(key, one));
    return isNamed || groupKeys(context).some((other) => namesTheSame(other, key)) ? [] : [key];
  });
}

/** The columns of a key: one, but for a profile. */
export function columnsOfKey({ column, together }: GroupKey): readonly string[] {
  return together ?? [column];
}

function keyOf({ frame }: AuditContext, together: readonly string[]): GroupKey {
  const columns = together.map((name) => columnOf(frame, name));
  const places = new Map<string, number>();
  const sizes: number[] = [];
  const codes = Int32Array.from({ length: frame.rows }, (_, row) => {
    const texts = columns.map((column) => textAt(column, row));
    if (texts.includes(null)) return -1;
    const value = texts.join("\u0001");
    const code = places.get(value) ?? places.size;
    places.set(value, code);
    sizes[code] = (sizes[code] ?? 0) + 1;
    return code;
  });
  const largest = sizes.reduce((most, size) => Math.max(most, size), 0);
  return { column: together.join(" + "), together, cut: null, from: "profile", codes, groups: places.size, largest };
}

function namesTheSame({ codes }: Pick<GroupKey, "codes">, profile: Pick<GroupKey, "codes">): boolean {
  const last = new Map<number, number>();
  let [held, same] = [0, 0];
  profile.codes.forEach((code, row) => {
    const [before, own] = [last.get(code), codes[row] ?? -1];
    if (code < 0 || own < 0) return;
    last.set(code, own);
    if (before === undefined) return;
    held++;
    same += Number(before === own);
  });
  return held > 0 && same >= NAMED * held;
}
