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

/** Names that a record may have, and their beginnings before a point. */
export interface KnownNames {
  readonly names: ReadonlySet<string>;
  readonly beginnings: ReadonlySet<string>;
}

export function knownNames(names: Iterable<string>): KnownNames {
  const all = new Set(names);
  const beginnings = new Set<string>();
  for (const name of all) for (let dot = name.indexOf("."); dot >= 0; dot = name.indexOf(".", dot + 1)) beginnings.add(name.slice(0, dot));
  return { names: all, beginnings };
}

/**
 * Names of the fields of a record; an object that is the beginning of some of the known names ("profile" of "profile.years") counts by its fields. What reading leaves out of such an object, lists and
 * objects of which nothing is known, is not named. Linear in the fields.
 */
export function sentNames(record: Readonly<Record<string, unknown>>, known: KnownNames, outer = ""): readonly string[] {
  return Object.entries(record).flatMap(([own, value]) => {
    const name = outer + own;
    const isObject = typeof value === "object" && value !== null;
    if (known.names.has(name)) return [name];
    if (!known.beginnings.has(name)) return isObject && outer !== "" ? [] : [name];
    if (value === null) return [];
    return isRecord(value) ? sentNames(value, known, `${name}.`) : [name];
  });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
