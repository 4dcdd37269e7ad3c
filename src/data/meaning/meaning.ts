import { KEY_ENDS } from "../../core/key-words.ts";
import { AFTER_WORDS } from "./after-words.ts";
import { compoundSpeaksOfEvent, MOST_IF_BESIDE, speaksOfEvent } from "./event-heads.ts";
import {
  AREA_WORDS,
  BEFORE_WORDS,
  BIRTH_WORDS,
  CLASS_WORDS,
  ENTITY_WORDS,
  ID_WORDS,
  KIND_WORDS,
  LASTING_WORDS,
  NO_KEYS,
  ORDERED_WORDS,
  PLAN_WORDS,
  TIME_WORDS,
} from "./lexicon.ts";
import { nameWords, onceEachName } from "./name-words.ts";
import { arrivalWords } from "./on-arrival.ts";
import { type PhraseIndex, phraseIndex, phrasesIn } from "./phrases.ts";
import { isOfStayBefore, NO_SUBJECT, type Subject, spanOf } from "./span-words.ts";

/** What a column's name says. Weights in 0..1; the words that spoke stand beside. */
export interface Meaning {
  /** How likely the value is written during or after the outcome, from names alone; a prior judgement, not measured. */
  readonly after: number;
  readonly afterWords: readonly string[];
  /** By what words of its own name or of the table's a length was read as that of an event or of an agreement; empty where neither spoke. */
  readonly subject: readonly string[];
  /** It is a time beside a target that says what became of somebody: the time until then. */
  readonly untilFate: boolean;
  readonly excusedBy: readonly string[];
  /** The name is that of a plan for a later row: "booked_tomorrow". */
  readonly plan: boolean;
  readonly id: boolean;
  readonly time: boolean;
  readonly birth: boolean;
  /** The name is what somebody is at any moment: an age, a sex. */
  readonly lasting: boolean;
  /** The name is a thing that comes back, alone or with an id word: "customer", "patient_id", not "customer_age". */
  readonly entity: boolean;
  /** The name ends as that of a key of things, not of kinds or times: whole ("id", "nr"), or of something ("job_ad_id"); null: it does not. */
  readonly keyOf: "whole" | "something" | null;
  readonly ordered: boolean;
  readonly classLike: boolean;
  /** The name is a list of kinds that hardly grows: occupation, language. */
  readonly kind: boolean;
  /** The kinds are parts of the land. */
  readonly area: boolean;
}

/** How much of the suspicion is left when a word such as "previous" stands beside. */
const EXCUSED = 0.15;

const AFTER = phraseIndex(Object.keys(AFTER_WORDS));
const BEFORE = phraseIndex(BEFORE_WORDS);
const [ID, PLAN, TIME, BIRTH, LASTING, ORDERED, CLASS, KIND, AREA] = [
  ID_WORDS,
  PLAN_WORDS,
  TIME_WORDS,
  BIRTH_WORDS,
  LASTING_WORDS,
  ORDERED_WORDS,
  CLASS_WORDS,
  KIND_WORDS,
  AREA_WORDS,
].map(phraseIndex);

/** German and Dutch write the thing and its number as one word: "kundennummer", "klantnummer". */
const ID_COMPOUND = /^.{3,}(nummer|kennung|schluessel|schlussel)$/;

/** A thing and "id" in one word: "custid". */
const KEY_COMPOUND = /^\p{L}+id$/u;

function isKeyCompound(word: string): boolean {
  return KEY_COMPOUND.test(word) && !word.endsWith("oid") && !NO_KEYS.includes(word);
}

/** A thing cut short and its number in one word: "ptnum", "subjno", "custnr". */
const NUMBER_COMPOUND =
  /^(pt|pat|patient|subj|subject|cust|customer|client|emp|employee|stud|student|acct|account|pers|person|memb|member|fam|family|hh|sch|school|cow|dog|rat)(num|no|nr|nbr|nummer)$/;

/** German and Dutch write a thing and what is of it as one word: "kuendigungsgrund", "rueckgewinnungsangebot". Shorter beginnings are those of other words too. */
const COMPOUNDED = Object.keys(AFTER_WORDS).filter((word) => word.length >= 7 && !word.includes(" "));

function compoundsOf(words: readonly string[]): readonly string[] {
  return COMPOUNDED.filter((begin) => words.some((word) => isCompoundOf(word, begin)));
}

function isCompoundOf(word: string, begin: string): boolean {
  return word.length >= begin.length + 3 && word.startsWith(begin);
}

/** Weight of a phrase in a name: below one half where the event is not what the name is of. */
function weightOf(words: readonly string[], phrase: string): number {
  const weight = AFTER_WORDS[phrase] ?? 0;
  const compounds = words.filter((word) => isCompoundOf(word, phrase));
  const speaks =
    phrasesIn(words, AFTER).includes(phrase) || compounds.length === 0
      ? speaksOfEvent(words, phrase)
      : compounds.some((word) => compoundSpeaksOfEvent(word, phrase));
  return speaks ? weight : Math.min(weight, MOST_IF_BESIDE);
}

/** How likely one of the phrases is right; together with others a name that only asks does not come to act. */
function afterOf(words: readonly string[], phrases: readonly string[], ofSpan: number): number {
  const weights = phrases.map((phrase) => weightOf(words, phrase));
  const together = 1 - weights.reduce((product, weight) => product * (1 - weight), 1 - ofSpan);
  const isLowered = phrases.some((phrase, i) => (AFTER_WORDS[phrase] ?? 0) > (weights[i] ?? 0));
  return isLowered && Math.max(ofSpan, ...weights) <= MOST_IF_BESIDE ? Math.min(MOST_IF_BESIDE, together) : together;
}

/** "date_fin", "fin_contrat": "fin" is an end at an end of the name, and cut short for finance beside what is given. */
function endsSomething(words: readonly string[]): boolean {
  return (
    (words[0] === "fin" || words.at(-1) === "fin") && !words.some((word) => ["aid", "support", "services", "pct", "percent"].includes(word))
  );
}

/** Reads a column's name with the lexicon (a "target" may be what is predicted, "targets" are goals); the other columns of its table say what a length is of. */
export function meaningOf(name: string, table: Subject = NO_SUBJECT): Meaning {
  return table === NO_SUBJECT ? meaningAlone(name) : meaningBeside(name, table);
}

const meaningAlone = onceEachName((name) => meaningBeside(name, NO_SUBJECT));

function meaningBeside(name: string, table: Subject): Meaning {
  const words = nameWords(name);
  const says = (index: PhraseIndex | undefined) => index !== undefined && phrasesIn(words, index).length > 0;
  const plain = phrasesIn(words, AFTER).filter(
    (phrase) => (phrase !== "fin" || endsSomething(words)) && (phrase !== "target" || words.includes("target")),
  );
  const saidAfter = plain.length > 0 ? plain : compoundsOf(words);
  const span = spanOf(words, table);
  const afterWords = [...saidAfter, ...(span?.words ?? [])];
  const excusedBy = [
    ...phrasesIn(words, BEFORE),
    ...arrivalWords(words),
    ...(afterWords.length > 0 && isOfStayBefore(afterWords, table) ? table.returns : []),
  ];
  return {
    after: afterOf(words, saidAfter, span?.after ?? 0) * (excusedBy.length > 0 ? EXCUSED : 1),
    afterWords,
    subject: span?.subject ?? [],
    untilFate: span?.untilFate === true,
    excusedBy,
    plan: says(PLAN),
    id: says(ID) || words.some((word) => ID_COMPOUND.test(word) || NUMBER_COMPOUND.test(word) || isKeyCompound(word)),
    time: says(TIME),
    birth: says(BIRTH),
    lasting: says(LASTING),
    entity: isEntity(words),
    keyOf: keyOf(words),
    ordered: says(ORDERED),
    classLike: says(CLASS),
    kind: says(KIND) || says(AREA),
    area: says(AREA),
  };
}

/** Alone, "no" and "key" are words or quantities of their own: nitric oxide, the key of a song. */
function keyOf(words: readonly string[]): Meaning["keyOf"] {
  const last = words.at(-1) ?? "";
  if (isKeyCompound(last) || NUMBER_COMPOUND.test(last)) return "something";
  if (!KEY_ENDS.includes(last)) return null;
  if (words.length === 1) return last === "no" || last === "key" ? null : "whole";
  if (words.every((word) => ID_WORDS.includes(word))) return "whole";
  // What is counted is the word before: a job_ad_id is of ads, a state_id of states.
  const thing = [words.at(-2) ?? ""];
  return [TIME, CLASS, KIND, AREA].some((index) => index !== undefined && phrasesIn(thing, index).length > 0) ? null : "something";
}

function isEntity(words: readonly string[]): boolean {
  // A plural counts things ("households"); it does not name one.
  const rest = words.filter((word) => !ENTITY_WORDS.includes(word) && !NUMBER_COMPOUND.test(word));
  return rest.length < words.length && rest.every((word) => ID_WORDS.includes(word) || word === "name" || word === "code");
}
