import { fold, nullConfidence, saysNone } from "../../core/null-words.ts";
import type { AuditContext } from "../check.ts";
import { type LevelColumn, levelCounts } from "../columns/counts.ts";
import { levelFeatures } from "../columns/features.ts";
import { ANSWERS } from "../meaning/lexicon.ts";
import { nameWords } from "../meaning/name-words.ts";

/** A level of a category that means "no value". */
export interface NullLevel {
  readonly column: LevelColumn;
  readonly level: string;
  readonly code: number;
  readonly rows: number;
  readonly confidence: number;
}

/** In more columns than this the same unreadable token cannot be a level of each. */
const SHARED_BY = 3;

/** Levels spelt like "no value" in the features, and short tokens without vowels that several unlike columns share. */
export function nullLevels(context: AuditContext): readonly NullLevel[] {
  return context.shared("null-levels", () => {
    const columns = levelFeatures(context);
    const spelt = columns.flatMap((column) => speltLevels(context, column));
    const known = new Set(spelt.map(({ column, code }) => `${column.name}|${code}`));
    const shared = sharedTokens(context, columns).filter(({ column, code }) => !known.has(`${column.name}|${code}`));
    return [...spelt, ...shared];
  });
}

/**
 * Where one other level is left, its rows and these are all that the column tells ("-" and "yes"): with nothing in their place it would be constant. Whether it is a gap or a
 * "no" the cells do not say, so it is asked.
 */
export const ONE_OTHER = 0.45;

/** Of more rows "none" is a kind of its own: no campaign, no failure. */
const MOST_NONE = 0.1;

/** What becomes of somebody or something: animals and people go missing, parcels are. */
const STATUS =
  /(^| )(status|state|outcome|result|disposition|condition|fate|ausgang|zustand|verbleib|ergebnis|statut|etat|issue|sort|estado|resultado|desenlace|esito|stato|situacao|uitkomst|toestand|wynik|stan|utfall)( |$)/;
const GONE = new Set("missing fehlt fehlend manquant".split(" "));
/** Kinds of outcomes beside it. */
const LEAST_OUTCOMES = 3;

/** "missing" among the outcomes of a column that has gaps beside it, empty or in another word for them, is likely an outcome itself: it is asked about. */
function mayBeOutcome(column: LevelColumn, word: string, others: readonly string[]): boolean {
  if (!GONE.has(fold(word)) || !STATUS.test(nameWords(column.name).join(" "))) return false;
  const outcomes = others.filter((other) => nullConfidence(other, []) === 0);
  const hasGaps = column.codes.includes(-1) || others.some((other) => nullConfidence(other, outcomes) >= LIKELY_WORD);
  return hasGaps && outcomes.length >= LEAST_OUTCOMES;
}

/** A word that likely says so. */
const LIKELY_WORD = 0.5;

const NO_SUCH =
  /^(?:no|none|without|kein|keine|keinen|ohne|sans|aucun|aucune|pas de|sin|ningun|ninguna|senza|nessun|nessuna|sem|nenhum|nenhuma|geen|zonder|ingen|brak) (\p{L}+)(?: yet)?$/u;
/** What is rated in reviews. */
const ALIKE: readonly ReadonlySet<string>[] = [
  new Set(
    "rating review star bewertung avis note evaluation valoracion calificacion resena recensione avaliacao beoordeling recenzja ocena".split(
      " ",
    ),
  ),
  new Set("price preis prix precio prezzo preco prijs cena".split(" ")),
];
/** Other levels that write a number. */
const AMOUNTS = 0.8;
const ASKS_NONE = 0.4;

/** "No discount" in a column of discounts, each of which has a number: there is none, or none is known. */
function deniesItself(column: LevelColumn, word: string, others: readonly string[]): boolean {
  const [, thing = ""] = NO_SUCH.exec(fold(word)) ?? [];
  if (thing === "" || others.length < LEAST_OUTCOMES) return false;
  const stem = (one: string) => (one.length > 3 ? one.replace(/(en|es|s)$/, "") : one).replace(/e$/, "");
  const own = nameWords(column.name).map(stem);
  const isOwn = own.includes(stem(thing));
  const isAlike = ALIKE.some((set) => [...set].some((one) => stem(one) === stem(thing)) && [...set].some((one) => own.includes(stem(one))));
  return (isOwn || isAlike) && others.filter((other) => /\p{N}/u.test(other)).length >= AMOUNTS * others.length;
}

function speltLevels(context: AuditContext, column: LevelColumn): NullLevel[] {
  const counts = levelCounts(context, column);
  const { levels } = column;
  const words = withoutFront(levels);
  return words.flatMap((word, code) => {
    const rows = counts[code] ?? 0;
    if (saysNone(word) && rows > MOST_NONE * column.codes.length) return [];
    if (rows === 0 || word.length > 24 || (nullConfidence(word, []) === 0 && !NO_SUCH.test(fold(word)))) return [];
    const others = words.filter((other, place) => (counts[place] ?? 0) > 0 && fold(other) !== fold(word));
    const spelt = others.length === 0 ? 0 : nullConfidence(word, others) || (deniesItself(column, word, others) ? ASKS_NONE : 0);
    const confidence = others.length === 1 || mayBeOutcome(column, word, others) ? Math.min(spelt, ONE_OTHER) : spelt;
    return confidence === 0 ? [] : [{ column, level: levels[code] ?? word, code, rows, confidence }];
  });
}

const FRONT = /^[\p{L}\p{N}]+[_.:=-](?=.)/u;
/** Two names that begin alike do so by chance. */
const LEAST_FRONTS = 3;

/** What is left of levels that all begin with the name of their column or its letter ("p_cheap", "p_unknown"). */
function withoutFront(levels: readonly string[]): readonly string[] {
  const front = FRONT.exec(levels[0] ?? "")?.[0];
  if (
    front === undefined ||
    levels.length < LEAST_FRONTS ||
    !levels.every((level) => level.startsWith(front) && level.length > front.length)
  )
    return levels;
  return levels.map((level) => level.slice(front.length));
}

function sharedTokens(context: AuditContext, columns: readonly LevelColumn[]): NullLevel[] {
  const holders = new Map<string, NullLevel[]>();
  for (const column of columns) {
    if (column.levels.length > 1000) continue;
    const counts = levelCounts(context, column);
    column.levels.forEach((level, code) => {
      if (!/^[b-df-hj-np-tv-z]{2,4}$/i.test(level) || (counts[code] ?? 0) === 0) return;
      const one = { column, level, code, rows: counts[code] ?? 0, confidence: 0.5 };
      holders.set(level, [...(holders.get(level) ?? []), one]);
    });
  }
  return [...holders.values()].filter((group) => group.length >= SHARED_BY && areUnlike(group)).flat();
}

/** The columns share no level but the token, and answers that any question may have ("y", "n"). */
function areUnlike(group: readonly NullLevel[]): boolean {
  const seen = new Set<string>();
  for (const { column, level } of group) {
    for (const other of column.levels) {
      if (other === level || ANSWERS.has(fold(other))) continue;
      if (seen.has(other)) return false;
      seen.add(other);
    }
  }
  return true;
}
