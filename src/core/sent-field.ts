/**
 * A field of a record by its name, or, as nested objects are flattened on reading, by the way to it: "profile.years" is `years` of the object `profile`. Own fields only: a column
 * may be called `constructor`. Where an object on the way is null the value is null. null: there is no such field.
 */
export function sentField(record: Readonly<Record<string, unknown>>, name: string): { readonly value: unknown } | null {
  if (Object.hasOwn(record, name)) return { value: record[name] };
  for (let dot = name.indexOf("."); dot >= 0; dot = name.indexOf(".", dot + 1)) {
    const outer = name.slice(0, dot);
    if (!Object.hasOwn(record, outer)) continue;
    const inner = record[outer];
    if (inner === null) return { value: null };
    const found = isRecord(inner) ? sentField(inner, name.slice(dot + 1)) : null;
    if (found !== null) return found;
  }
  return null;
}

/** Names of the fields of a record; an object that is the beginning of some of the `known` names ("profile" of "profile.years") counts by its fields. */
export function sentNames(record: Readonly<Record<string, unknown>>, known: readonly string[]): readonly string[] {
  return Object.entries(record).flatMap(([name, value]) => {
    const inner = known.flatMap((one) => (one.startsWith(`${name}.`) ? [one.slice(name.length + 1)] : []));
    if (known.includes(name) || inner.length === 0) return [name];
    if (value === null) return [];
    return isRecord(value) ? sentNames(value, inner).map((field) => `${name}.${field}`) : [name];
  });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
