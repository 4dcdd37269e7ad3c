import { onceFor } from "../levels.ts";

/** How a text is written: what is counted in it, as JavaScript and as RE2 of a graph write it. All but the words are shares of the words. */
export const WRITING = {
  words: null,
  capitals: { here: /\p{Lu}/gu, graph: "\\p{Lu}" },
  digits: { here: /[0-9]/g, graph: "[0-9]" },
  marks: { here: /[!?]/g, graph: "[!?]" },
  links: { here: /https?:\/\/|www\./g, graph: "https?://|www\\." },
} as const;

export type Writing = keyof typeof WRITING;

export const WRITINGS = Object.keys(WRITING) as readonly Writing[];

const PATTERNS = WRITINGS.flatMap((writing) => WRITING[writing] ?? []);

/** Counts of the patterns of a text of the column, in the order of `WRITINGS` without the words; made when first asked for. */
export const patternCounts = onceFor((levels: readonly string[]): ((level: number) => Int32Array) => {
  const known: (Int32Array | undefined)[] = [];
  return (level) => {
    known[level] ??= Int32Array.from(PATTERNS, ({ here }) => levels[level]?.match(here)?.length ?? 0);
    return known[level] ?? new Int32Array(PATTERNS.length);
  };
});
