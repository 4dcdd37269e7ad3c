import { wordsIn } from "../../recipe/index.ts";
import { binomialUpperTail, wilson } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import type { LevelColumn } from "../columns/counts.ts";
import { levelFeatures } from "../columns/features.ts";
import { textWords } from "../values/text-words.ts";
import { loneLevelP } from "./lone-level.ts";

/** Texts that say what the target of their own row is. */
export interface TextAnswers {
  readonly column: string;
  /**
   * number: the target's number stands in the text. class: the class is called by its name. word: one word stands with one class only. nearly: so it does but for a few texts, and no other word comes near it. never: one word stands with all classes but the frequent one.
   */
  readonly kind: "number" | "class" | "word" | "nearly" | "never";
  /** Texts that do so, and as many as the texts of other rows would. */
  readonly named: number;
  readonly byChance: number;
  readonly texts: number;
  /** Of the last three kinds: the word and its class. */
  readonly word: string;
  readonly classIndex: number;
}

const MOST_ROWS = 4_000;
const LEAST_NAMED = 20;
/** Share of the texts. */
const LEAST_SHARE = 0.05;
/** As often as the texts of other rows would. */
const LEAST_LIFT = 1.5;
/** Over all columns that are looked at, and all words. */
const BY_CHANCE = 1e-6;
/** Letters that two words share from the first on, as a part of the longer one: "andesitic" is called by "andesite", and who limps ("boite") has no lameness ("boiterie") for that. */
const STEM = 0.75;
const LEAST_LETTERS = 4;
/** Of the texts with the word, so many are of one class that has at most half of all rows. */
const PURE = 0.99;
const MOST_BASE = 0.5;
/** The lower 95 % limit of that share where a few texts stray; and the chance that it is one of the spread of the other words, over all words. */
const [NEARLY_PURE, LONE_CHANCE] = [0.9, 0.01];
/** A phrase that is written afterwards may be in few texts. */
const LEAST_WORD_SHARE = 0.02;
/** A class that so many rows have is left out by no word that is only rare. */
const FREQUENT = 0.4;

interface Row {
  readonly text: number;
  readonly y: number;
}

/** Texts that give the answer away, whatever the column is called. Once per audit. */
export function textAnswers(context: AuditContext): readonly TextAnswers[] {
  return context.shared("text answers", () =>
    levelFeatures(context)
      .filter((column) => textWords(context, column) !== null || areSentences(column))
      .flatMap((column) => answersIn(context, column) ?? []),
  );
}

/** Notes that are put together of a few set phrases are so few different ones that no recipe reads their words; whoever looks for one that tells the class does. */
const [LEAST_SENTENCES, LEAST_MEAN_WORDS] = [10, 4];

function areSentences({ levels }: LevelColumn): boolean {
  const words = levels.reduce((sum, level) => sum + wordsIn(level).length, 0);
  return levels.length >= LEAST_SENTENCES && words >= LEAST_MEAN_WORDS * levels.length;
}

function answersIn(context: AuditContext, column: LevelColumn): TextAnswers | null {
  const rows = rowsOf(context, column);
  if (rows.length < LEAST_NAMED) return null;
  if (context.task.kind === "regression") return namedIn(column, rows, "number", numbersSaid(column));
  const { classes } = context.task;
  return namedIn(column, rows, "class", classesSaid(column, classes)) ?? purestWord(column, rows, classes.length);
}

/** Labelled rows with a text, evenly over the table. */
function rowsOf({ target, frame }: AuditContext, { codes }: LevelColumn): readonly Row[] {
  const all: Row[] = [];
  for (let row = 0; row < frame.rows; row++) {
    const [text, y] = [codes[row] ?? -1, target[row] ?? Number.NaN];
    if (text >= 0 && !Number.isNaN(y)) all.push({ text, y });
  }
  const step = all.length / MOST_ROWS;
  return step <= 1 ? all : Array.from({ length: MOST_ROWS }, (_, i) => all[Math.floor(i * step)] ?? { text: 0, y: 0 });
}

/** The answers that a text says, its own or those of other rows. */
type Said = (text: number) => ReadonlySet<number>;

function namedIn({ name }: LevelColumn, rows: readonly Row[], kind: "number" | "class", said: Said): TextAnswers | null {
  const known = new Map<number, ReadonlySet<number>>();
  const frequent = new Map<number, number>();
  for (const { text, y } of rows) {
    if (!known.has(text)) known.set(text, said(text));
    frequent.set(y, (frequent.get(y) ?? 0) + 1);
  }
  let [named, byChance] = [0, 0];
  for (const { text, y } of rows) {
    const answers = known.get(text) ?? new Set();
    named += Number(answers.has(y));
    for (const answer of answers) byChance += (frequent.get(answer) ?? 0) / rows.length;
  }
  if (!isBeyond(named, byChance, rows.length, 1)) return null;
  return { column: name, kind, named, byChance, texts: rows.length, word: "", classIndex: -1 };
}

/** What is expected by chance is added one, which makes it a bound where nothing is expected. */
function isBeyond(named: number, byChance: number, texts: number, looks: number): boolean {
  if (named < LEAST_NAMED || named < LEAST_SHARE * texts || named < LEAST_LIFT * byChance) return false;
  const rate = (byChance + 1) / texts;
  return rate < 1 && binomialUpperTail(named, texts, rate) * looks < BY_CHANCE;
}

/** Numbers of two digits and more, thousands parted or not: single digits stand in every text. */
function numbersSaid({ levels }: LevelColumn): Said {
  return (text) => {
    const written = (levels[text] ?? "").match(/\d[\d,]*(?:\.\d+)?/g) ?? [];
    return new Set(written.map((one) => Number(one.replaceAll(",", ""))).filter((value) => value >= 10));
  };
}

/** A class is called by its name where each word of it, or one of its stem, stands in the text. */
function classesSaid({ levels }: LevelColumn, classes: readonly string[]): Said {
  const isTelling = (word: string) => word.length >= LEAST_LETTERS && /^\p{L}+$/u.test(word);
  const names = classes.map((label) => wordsIn(label.replaceAll(/[_-]/g, " ")).filter(isTelling));
  return (text) => {
    const words = wordsIn(levels[text] ?? "").filter((word) => word.length >= LEAST_LETTERS);
    const isSaid = (name: readonly string[]) => name.length > 0 && name.every((part) => words.some((word) => isStem(part, word)));
    return new Set(names.flatMap((name, y) => (isSaid(name) ? [y] : [])));
  };
}

function isStem(a: string, b: string): boolean {
  const least = Math.max(LEAST_LETTERS, Math.ceil(STEM * Math.max(a.length, b.length)));
  return a.slice(0, least).toLowerCase() === b.slice(0, least).toLowerCase();
}

/** The word, or the two words one after the other, that most texts of one class hold and hardly any other. */
function purestWord(column: LevelColumn, rows: readonly Row[], classes: number): TextAnswers | null {
  const words = countWords(column, rows, classes);
  const nearly = (named: number, all: number) => wilson(named, all, 0.9).low >= NEARLY_PURE;
  const pure = mostNamed(column.name, words, "word", (named, all) => named >= PURE * all);
  if (pure !== null) return pure;
  const almost = mostNamed(column.name, words, "nearly", nearly);
  return almost !== null && isLone(words, almost) ? almost : avoidingWord(column.name, words);
}

interface Words {
  readonly rows: readonly Row[];
  /** Of each text. */
  readonly terms: ReadonlyMap<number, readonly string[]>;
  /** Of each frequent word, the texts of each class. */
  readonly counts: ReadonlyMap<string, Float64Array>;
  /** Texts of each class. */
  readonly totals: Float64Array;
  /** All words, frequent or not. */
  readonly looks: number;
}

function countWords(column: LevelColumn, rows: readonly Row[], classes: number): Words {
  const terms = new Map<number, readonly string[]>();
  const texts = new Map<string, number>();
  const totals = new Float64Array(classes);
  for (const { text, y } of rows) {
    totals[y] = (totals[y] ?? 0) + 1;
    const held = terms.get(text) ?? termsIn(column.levels[text] ?? "");
    terms.set(text, held);
    for (const term of held) texts.set(term, (texts.get(term) ?? 0) + 1);
  }
  const counts = new Map<string, Float64Array>();
  for (const [term, held] of texts) if (held >= LEAST_WORD_SHARE * rows.length) counts.set(term, new Float64Array(classes));
  for (const { text, y } of rows)
    for (const term of terms.get(text) ?? []) {
      const own = counts.get(term);
      if (own !== undefined) own[y] = (own[y] ?? 0) + 1;
    }
  return { rows, terms, counts, totals, looks: texts.size };
}

/** Of the words that are pure enough of a class that is not frequent, the one in most texts of its class. */
function mostNamed(
  column: string,
  { rows, counts, totals, looks }: Words,
  kind: "word" | "nearly",
  isPure: (named: number, all: number) => boolean,
): TextAnswers | null {
  let best: TextAnswers | null = null;
  for (const [word, own] of counts) {
    const all = own.reduce((sum, count) => sum + count, 0);
    const classIndex = own.indexOf(Math.max(...own));
    const named = own[classIndex] ?? 0;
    const base = (totals[classIndex] ?? 0) / rows.length;
    if (!isPure(named, all) || base > MOST_BASE || named <= (best?.named ?? 0)) continue;
    if (!isBeyond(named, base * all, all, looks) || named < LEAST_WORD_SHARE * rows.length) continue;
    best = { column, kind, named, byChance: base * all, texts: rows.length, word, classIndex };
  }
  return best;
}

/** The words of the texts without it tell next to nothing: where many words tell the class, as those of a topic do, one that nearly always does is the end of them. */
function isLone({ rows, terms, counts, looks }: Words, { word, classIndex, named }: TextAnswers): boolean {
  const others = new Map<string, { rows: number; own: number }>();
  for (const { text, y } of rows) {
    const held = terms.get(text) ?? [];
    if (held.includes(word)) continue;
    for (const term of held) {
      if (!counts.has(term)) continue;
      const rate = others.get(term) ?? { rows: 0, own: 0 };
      others.set(term, rate);
      rate.rows++;
      rate.own += Number(y === classIndex);
    }
  }
  const all = (counts.get(word) ?? new Float64Array()).reduce((sum, count) => sum + count, 0);
  const frequent = [...others.values()].filter((rate) => rate.rows >= LEAST_WORD_SHARE * rows.length);
  return loneLevelP({ rows: all, own: named }, frequent) * looks < LONE_CHANCE;
}

/** The word that most texts hold and hardly any of the frequent class. Of two classes the other one has it alone. */
function avoidingWord(column: string, { rows: { length: rows }, counts, totals, looks }: Words): TextAnswers | null {
  const classIndex = totals.indexOf(Math.max(...totals));
  const base = (totals[classIndex] ?? 0) / rows;
  if (totals.length < 3 || base < FREQUENT) return null;
  let best: TextAnswers | null = null;
  for (const [word, own] of counts) {
    const all = own.reduce((sum, count) => sum + count, 0);
    const named = all - (own[classIndex] ?? 0);
    if (named < PURE * all || named < LEAST_SHARE * rows || named <= (best?.named ?? 0)) continue;
    if (!isBeyond(named, (1 - base) * all, all, looks)) continue;
    best = { column, kind: "never", named, byChance: (1 - base) * all, texts: rows, word, classIndex };
  }
  return best;
}

/** Each once. */
function termsIn(text: string): readonly string[] {
  const words = wordsIn(text).filter((word) => /^\p{L}{2,}$/u.test(word));
  return [...new Set([...words, ...words.slice(1).map((word, i) => `${words[i]} ${word}`)])];
}
