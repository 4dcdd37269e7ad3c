import { hashOfText, mixedBits } from "../../core/mixed-bits.ts";
import { int32From, placesUpTo } from "../../core/typed-from.ts";
import { wordsIn } from "../../recipe/index.ts";
import { binomialUpperTail, quantile } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { countCodes, type LevelColumn } from "../columns/counts.ts";
import { featuresOf } from "../columns/features.ts";

/** Rows of which one column holds the text of another row, but for numbers and a few words. */
export interface NearTexts {
  readonly column: string;
  readonly rows: ReadonlySet<number>;
  /** The first text of the set of each of these rows. */
  readonly setOf: ReadonlyMap<number, number>;
  /** Sets of texts that are near each other, and how many texts they hold. */
  readonly sets: number;
  readonly texts: number;
  /** Two texts of the set of the most; of one text that one. */
  readonly example: readonly string[];
}

/** Shorter texts are names; and fewer of a column are no texts. */
const [LEAST_WORDS, LEAST_TEXTS, MOSTLY] = [10, 50, 0.5];
const MOST_TEXTS = 200_000;
/** Of longer texts the beginning is compared. */
const MOST_WORDS = 200;
/** Broder (1997): two texts share this part of their pairs of words. */
const NEAR = 0.8;
/** Signatures of so many parts, in bands: two that share 0.8 meet in one with 0.997, two that share 0.4 with 0.4. */
const [BANDS, ROWS_EACH] = [8, 3];
/** Earlier texts of a band that one is held against. */
const LOOKED_BACK = 4;
/** Where so many rows hold a sentence of few words that others hold too, a program or a form writes them, and new rows will come as these: only of longer ones it is no wonder that nobody writes them twice. */
const [MOST_ROWS, LONG] = [0.3, 20];

/** Of the columns of texts the one with the most rows. Once per audit. */
export function nearTexts(context: AuditContext): NearTexts | null {
  return context.shared("near texts", () => {
    const found = featuresOf(context).flatMap((column) => ("codes" in column ? (nearIn(column) ?? []) : []));
    return found.reduce<NearTexts | null>((top, one) => (top === null || one.rows.size > top.rows.size ? one : top), null);
  });
}

export interface SameAnswers {
  readonly pairs: number;
  readonly equal: number;
  /** Share of any two rows with the same class. */
  readonly expected: number;
  /** Upper tail of the binomial. */
  readonly p: number;
}

/** Rows of one set that follow each other, no row in two pairs. */
export function pairsOfSets({ setOf }: NearTexts): readonly (readonly [number, number])[] {
  const waiting = new Map<number, number>();
  const pairs: [number, number][] = [];
  for (const [row, set] of setOf) {
    const other = waiting.get(set);
    if (other === undefined) {
      waiting.set(set, row);
      continue;
    }
    waiting.delete(set);
    pairs.push([other, row]);
  }
  return pairs;
}

/** Pairs of one set with the same class; they are independent given their sets. None for a target of numbers. */
export function sameAnswers({ task, target, frame }: AuditContext, found: NearTexts): SameAnswers {
  if (task.kind === "regression") return { pairs: 0, equal: 0, expected: Number.NaN, p: 1 };
  const counts = countCodes(
    int32From(placesUpTo(frame.rows), (row) => labelAt(target, row)),
    task.classes.length,
  );
  const labelled = counts.reduce((sum, count) => sum + count, 0);
  const expected = counts.reduce((sum, count) => sum + (count / Math.max(1, labelled)) ** 2, 0);
  const both = pairsOfSets(found).map(([a, b]) => [labelAt(target, a), labelAt(target, b)] as const);
  const told = both.filter(([a, b]) => a >= 0 && b >= 0);
  const [pairs, equal] = [told.length, told.filter(([a, b]) => a === b).length];
  return { pairs, equal, expected, p: pairs === 0 ? 1 : binomialUpperTail(equal, pairs, expected) };
}

function labelAt(target: Float64Array, row: number): number {
  const label = target[row] ?? Number.NaN;
  return Number.isNaN(label) ? -1 : label;
}

function nearIn(column: LevelColumn): NearTexts | null {
  const { levels, codes, name } = column;
  if (levels.length < LEAST_TEXTS || !areTexts(levels)) return null;
  const looked = placesUpTo(Math.min(levels.length, MOST_TEXTS));
  const sets = setsOf(levels, looked);
  const counts = countCodes(codes, levels.length);
  const members = new Map<number, number[]>();
  for (const level of looked) {
    const first = sets.of(level);
    const own = members.get(first);
    if (own === undefined) members.set(first, [level]);
    else own.push(level);
  }
  const areSeveral = (set: readonly number[]) => set.length > 1 || (counts[set[0] ?? 0] ?? 0) > 1;
  const present = counts.reduce((sum, count) => sum + count, 0);
  // All rows may be filled from one form.
  const isForm = (set: readonly number[]) => set.reduce((sum, level) => sum + (counts[level] ?? 0), 0) > MOST_ROWS * present;
  const near = [...members.values()].filter(
    (set) => areSeveral(set) && !isForm(set) && wordsIn(levels[set[0] ?? 0] ?? "").length >= LEAST_WORDS,
  );
  const [largest] = near.toSorted((a, b) => b.length - a.length);
  if (largest === undefined) return null;
  const hit = new Set(near.flat());
  const setOf = new Map<number, number>();
  codes.forEach((code, row) => {
    if (hit.has(code)) setOf.set(row, sets.of(code));
  });
  const rows = new Set(setOf.keys());
  const texts = hit.size;
  if (rows.size > MOST_ROWS * present && typicalWords([...hit].map((level) => levels[level] ?? "")) < LONG) return null;
  return { column: name, rows, setOf, sets: near.length, texts, example: largest.slice(0, 2).map((level) => levels[level] ?? "") };
}

/** Of so many that are looked at, evenly over the column, most have words enough. */
const SHOWN = 200;

function areTexts(levels: readonly string[]): boolean {
  const step = Math.max(1, Math.floor(levels.length / SHOWN));
  const shown = levels.filter((_, place) => place % step === 0);
  // An address of a page has many words and no blanks.
  return shown.filter((text) => text.split(/\s+/).length >= LEAST_WORDS).length >= MOSTLY * shown.length;
}

function typicalWords(texts: readonly string[]): number {
  return quantile(
    Float64Array.from(texts, (text) => wordsIn(text).length),
    0.5,
  );
}

interface Sets {
  /** The first text of the set. */
  of(place: number): number;
}

function setsOf(levels: readonly string[], looked: Int32Array): Sets {
  const parent = Int32Array.from(looked);
  function of(place: number): number {
    let at = place;
    while (parent[at] !== at) at = parent[at] = parent[parent[at] ?? 0] ?? 0;
    return at;
  }
  const buckets = new Map<number, number[]>();
  // Of those that wait in a bucket.
  const known = new Map<number, ReadonlySet<number>>();
  for (const place of looked) {
    const own = pairsOfWords(levels[place] ?? "");
    if (own.size < LEAST_WORDS - 1) continue;
    for (const key of bandsOf(own)) {
      const before = buckets.get(key);
      if (before === undefined) {
        buckets.set(key, [place]);
        known.set(place, own);
        continue;
      }
      const near = before.find((other) => of(other) === of(place) || shared(own, known.get(other) ?? own) >= NEAR);
      if (near !== undefined) parent[of(place)] = of(near);
      else if (before.length < LOOKED_BACK) {
        before.push(place);
        known.set(place, own);
      }
    }
  }
  return { of };
}

/** Hashes of each two words that follow each other; a word with a digit stands for any such. */
function pairsOfWords(text: string): ReadonlySet<number> {
  const words = wordsIn(text)
    .slice(0, MOST_WORDS)
    .map((word) => (/\d/.test(word) ? "0" : word));
  const found = new Set<number>();
  for (let i = 1; i < words.length; i++) found.add(hashOfText(`${words[i - 1]} ${words[i]}`));
  return found;
}

/** The least hashes of the pairs under so many mixings (MinHash), by bands. */
function bandsOf(pairs: ReadonlySet<number>): readonly number[] {
  return Array.from({ length: BANDS }, (_, band) => {
    let key = band + 1;
    for (let row = 0; row < ROWS_EACH; row++) {
      const salt = Math.imul(band * ROWS_EACH + row + 1, 0x9e3779b1);
      let least = 0x7fffffff;
      for (const one of pairs) least = Math.min(least, mixedBits(one ^ salt));
      key = mixedBits(Math.imul(key, 31) ^ least);
    }
    return key * BANDS + band;
  });
}

/** Jaccard's share of what both hold. */
function shared(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  let both = 0;
  for (const one of a) if (b.has(one)) both++;
  return both / (a.size + b.size - both);
}
