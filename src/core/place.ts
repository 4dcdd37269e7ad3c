/** Where a table is, as a user writes it: `PLACE` or `PLACE#PART`. PART is a sheet, a table or a query that only reads. */
export interface Place {
  readonly kind: "file" | "files" | "postgres" | "s3";
  /** Path, pattern or URL, without the part. */
  readonly where: string;
  readonly part: string | null;
}

const POSTGRES = /^postgres(ql)?:\/\//i;

/** `exists` tells whether a file has the name: a file whose own name holds # or * comes first. */
export function parsePlace(text: string, exists: (path: string) => boolean): Place {
  if (POSTGRES.test(text)) return { kind: "postgres", ...divide(text, hashAfterPassword(text)) };
  if (/^s3:\/\//i.test(text)) return { kind: "s3", ...divide(text, text.indexOf("#")) };
  if (exists(text)) return { kind: "file", where: text, part: null };
  for (let hash = text.indexOf("#"); hash > 0; hash = text.indexOf("#", hash + 1))
    if (exists(text.slice(0, hash))) return { kind: "file", ...divide(text, hash) };
  const parts = divide(text, text.indexOf("#"));
  return { kind: isPattern(parts.where) ? "files" : "file", ...parts };
}

export function isPattern(path: string): boolean {
  return /[*?[{]/.test(path);
}

/** The text with the passwords of database URLs taken out: for everything that is shown or kept. */
export function withoutPasswords(text: string): string {
  return text.replace(/\b(postgres(?:ql)?:\/\/[^\s:@/]*):\S*@/gi, "$1@").replace(/([?&](?:ssl)?password=)[^&\s#]*/gi, "$1...");
}

/** A short name of the place for files and folders that are made from it, e.g. "orders". May be empty. */
export function placeName(text: string): string {
  const { kind, where, part } = parsePlace(withoutPasswords(text), () => false);
  const bare = kind === "postgres" ? where.replace(/\?.*$/, "") : where;
  const last = bare.split(/[/\\]/).at(-1) ?? "";
  const stem = kind === "postgres" ? last : last.replace(/(\.(gz|zst))?$/i, "").replace(/(?<=.)\.[^.]*$/, "");
  const inner = part === null ? "" : isQuery(part) ? "-query" : `-${part}`;
  return `${stem}${inner}`.replace(/[^\p{L}\p{N}._-]+/gu, "-").replace(/^-+|-+$/g, "");
}

const QUERY = /^\s*(--[^\n]*\n\s*)*\(*\s*[a-z]+[\s(]+\S/i;
const VERBS =
  "select|with|values|table|insert|update|delete|merge|drop|create|alter|truncate|copy|grant|pragma|attach|call|do|explain|show";

/** A statement rather than the name of a table. */
export function isQuery(part: string): boolean {
  return QUERY.test(part) && new RegExp(`^\\s*(--[^\\n]*\\n\\s*)*\\(*\\s*(${VERBS})\\b`, "i").test(part);
}

/** Whether a statement begins as one that only reads does. */
export function readsOnly(query: string): boolean {
  return /^\s*(--[^\n]*\n\s*)*\(*\s*(select|with|values|table)\b/i.test(query);
}

function hashAfterPassword(url: string): number {
  const at = /^postgres(?:ql)?:\/\/[^\s@]*@/i.exec(url)?.[0].length ?? 0;
  return url.indexOf("#", at);
}

function divide(text: string, hash: number): { where: string; part: string | null } {
  if (hash < 0) return { where: text, part: null };
  const part = text.slice(hash + 1).trim();
  return { where: text.slice(0, hash), part: part === "" ? null : part };
}
