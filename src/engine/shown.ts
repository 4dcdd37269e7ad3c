/** Letters of a value in a message. */
const MOST = 60;
const MOST_NAMES = 6;

/** A value as messages show it: short, however large it is. Of a list its length and beginning, of an object its names. */
export function shown(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > MOST ? `${value.slice(0, MOST)}…` : value);
  if (typeof value === "function") return "a function";
  if (typeof value === "bigint") return `the bigint ${String(value).slice(0, MOST)}`;
  if (typeof value !== "object" || value === null) return String(value);
  if (ArrayBuffer.isView(value)) return "length" in value ? `${named(value)} of ${value.length}` : named(value);
  if (Array.isArray(value)) return listText(value);
  return isPlain(value) ? objectText(value) : named(value);
}

/** An object of no class: fields and nothing else. */
export function isPlain(value: object): value is Readonly<Record<string, unknown>> {
  const parent: object | null = Object.getPrototypeOf(value);
  return parent === null || Object.getPrototypeOf(parent) === null;
}

/** "a list", "an object", "a Map": what something is, where its content would not help. */
export function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return isPlain(value) ? "an object" : named(value);
  return value === null || value === undefined ? String(value) : withArticle(typeof value === "string" ? "text" : typeof value);
}

function named(value: object): string {
  return withArticle(value.constructor?.name || "object");
}

export function withArticle(noun: string): string {
  return `${/^[aeio]/i.test(noun) ? "an" : "a"} ${noun}`;
}

function listText(list: readonly unknown[]): string {
  const parts: string[] = [];
  let letters = 0;
  for (const one of list) {
    parts.push(partText(one));
    letters += parts.at(-1)!.length + 1;
    if (letters > MOST) break;
  }
  if (parts.length === list.length && letters <= MOST) return `[${parts.join(",")}]`;
  const few = parts.length > 1 ? parts.slice(0, -1) : [];
  return `a list of ${list.length}${few.length > 0 ? `, [${few.join(",")}, …]` : ""}`;
}

function objectText(value: Readonly<Record<string, unknown>>): string {
  const names = Object.keys(value);
  if (names.length <= MOST_NAMES && names.every((name) => typeof value[name] !== "object" || value[name] === null)) {
    const text = `{${names.map((name) => `${JSON.stringify(name)}:${partText(value[name])}`).join(",")}}`;
    if (text.length <= MOST) return text;
  }
  const listed = names.slice(0, MOST_NAMES).map((name) => name.slice(0, MOST / 2));
  return `{ ${listed.join(", ")}${names.length > MOST_NAMES ? ", …" : ""} }`;
}

/** Within a list or an object. */
function partText(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "[]" : value.length < 4 ? listText(value) : `[${value.length} entries]`;
  return shown(value);
}
