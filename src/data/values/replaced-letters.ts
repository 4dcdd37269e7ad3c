/** What stands for bytes that are no character of the encoding a text was read in. */
const REPLACED = /\ufffd+/gu;

/**
 * The undamaged text that a damaged one was, where exactly one of the others has letters in the place of each run of replacement characters and is the same elsewhere ("G\ufffdteborg" beside "Göteborg"): a run of n
 * stands for one to n letters. null where none or several fit.
 */
export function undamagedOf(text: string, undamaged: readonly string[]): string | null {
  const parts = text.split(REPLACED).map((part) => part.replace(/[.*+?^${}()|[\]\\]/gu, "\\$&"));
  const runs = text.match(REPLACED) ?? [];
  if (runs.length === 0 || parts.join("").length === 0) return null;
  const pattern = parts.map((part, place) => part + (place < runs.length ? `[^\\x00-\\x7f]{1,${runs[place]?.length ?? 1}}` : "")).join("");
  const fits = new RegExp(`^${pattern}$`, "u");
  const found = undamaged.filter((other) => fits.test(other));
  return found.length === 1 ? (found[0] ?? null) : null;
}
