import type { Column } from "../../core/column.ts";
import { float64Where } from "../../core/typed-from.ts";
import { parseDate } from "../../recipe/index.ts";
import { binomialUpperTail } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { type LevelColumn, type NumberColumn, valueCounts } from "../columns/counts.ts";
import { dateSpellings } from "../meaning/date-spellings.ts";
import { nameWords } from "../meaning/name-words.ts";
import { nationalId, nationalIdOfNumbers } from "../meaning/national-ids.ts";
import {
  animalColumn,
  couldBeAddress,
  couldBePerson,
  type PersonalName,
  personalName,
  saysAnimal,
  saysPerson,
  saysWhom,
} from "../meaning/personal-names.ts";
import { couldBeIban, isCard, LUHN_CHANCE, type PersonalKind, personalKind } from "../meaning/personal-patterns.ts";
import { semanticType } from "../meaning/semantic-type.ts";
import { couldBePhone } from "../meaning/semantic-values.ts";
import { withinTexts } from "./personal-within.ts";
import { dialledShare } from "./phone-numbers.ts";

const SHOWN_LEVELS = 1000;
const MOSTLY = 0.5;
/** Values that must fit what the name says. */
const NEARLY_ALL = 0.8;
/** Fewer different values may be classes: the names of five salesmen tell where, not who. */
const LEAST_DIFFERENT = 10;
/** Names of things hold a given name too: towns, companies, ships. The list knows about half of the people. */
const GIVEN = 0.3;
/** Of so many the question is worth asking. */
const ASKED_GIVEN = 0.15;
const CARD_CHANCE = 1e-6;
/** Where things are called so as well: asked, and left as it is until then. */
const ASKED = 0.45;
const FLAG_LEVELS = 2;
const OLDEST_YEARS = 120;
const YEAR_MS = 365.25 * 86_400_000;

/** A column that tells who a person is; one of low confidence is asked. */
export interface PersonalColumn {
  readonly column: Column;
  readonly kind: PersonalKind;
  /** Of the different values that were looked at; within texts, of the cells that hold one. */
  readonly share: number;
  readonly confidence: number;
  readonly evidence: Readonly<Record<string, number | string | Readonly<Record<string, number>>>>;
}

/** What other columns tell of a person: nothing, something, or a part of the name. */
type Beside = 0 | 1 | 2;

/** Found once per audit: first what the values or the name say for certain, then what needs a person beside it. */
export function personalColumns(context: AuditContext): ReadonlyMap<string, PersonalColumn> {
  return context.shared("personal columns", () => {
    const columns = context.frame.columns.filter(({ name }) => name !== context.roles.target);
    const ofWords = columnsOfWords(context);
    const first = columns.map((column) => byValues(context, column, ofWords) ?? byName(column, 0));
    const sure = first.flatMap((one) => (one !== null && one.confidence > ASKED ? [one] : []));
    const beside = sure.length === 0 ? 0 : sure.some(({ column }) => personalName(column.name)?.open === false) ? 2 : 1;
    const found = columns.flatMap((column, place) => {
      const one = first[place] ?? null;
      const ofOwn = ofAnimals(context, column, sure) ? 0 : beside;
      return (ofOwn > 0 && !sure.some((known) => known === one) ? byName(column, ofOwn) : one) ?? [];
    });
    return new Map(found.map((one) => [one.column.name, one]));
  });
}

/**
 * Births in a table of animals, whose owner stands beside: of the animal, unless the name says whose. Where e-mails, first names or family names stand there, people are what the table tells
 * of, unless it has kinds of animals too.
 */
function ofAnimals({ frame }: AuditContext, { name }: Column, sure: readonly PersonalColumn[]): boolean {
  if (personalName(name)?.kind !== "birth" || saysWhom(name)) return false;
  if (saysAnimal(name)) return true;
  const ofPeopleAlone = sure.some(({ column, kind }) => kind === "email" || personalName(column.name)?.open === false);
  return frame.columns.some((column) => {
    if (!("codes" in column)) return false;
    const said = animalColumn(column.name);
    // A dog, yes or no, is told in two words.
    if (said === "animal" && column.levels.length <= FLAG_LEVELS) return false;
    return said === "kind" || (said !== null && !ofPeopleAlone);
  });
}

/** ofWords: columns of the table whose values have more than one word. */
function byValues(context: AuditContext, column: Column, ofWords: number): PersonalColumn | null {
  if (!("codes" in column))
    return column.type === "number"
      ? (ofCards(context, column) ?? ofNationalNumbers(context, column) ?? ofPhoneNumbers(context, column))
      : null;
  const shown = shownOf(column);
  const national = shown.length < LEAST_DIFFERENT ? null : nationalId(shown, NEARLY_ALL);
  if (national !== null) return nationalColumn(column, national);
  // Phone numbers as they are written at home, accounts whose digits were changed: the name says what they are.
  const namedPhone = context.roles.meanings[column.name]?.type === "phone" || semanticType(column).type === "phone";
  const namedIban = nameWords(column.name).includes("iban");
  const byItsName = (level: string) => (namedPhone && couldBePhone(level) ? "phone" : namedIban && couldBeIban(level) ? "iban" : null);
  const counts = new Map<PersonalKind, number>();
  for (const level of shown) {
    const kind = personalKind(level) ?? byItsName(level);
    if (kind !== null) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const [kind, count] = [...counts].reduce((top, one) => (one[1] > top[1] ? one : top), ["email" as PersonalKind, 0]);
  const share = count / Math.max(1, shown.length);
  if (share < MOSTLY || count < 5) return withinTexts(column, ofWords);
  return { column, kind, share, confidence: kind === "person" || kind === "phone" ? 0.8 : 0.95, evidence: {} };
}

function columnsOfWords(context: AuditContext): number {
  return context.frame.columns.filter((column) => "codes" in column && column.levels.some((level) => level.includes(" "))).length;
}

/** Numbers that a reader took for quantities: their checksums are right far more often than by chance. */
function ofCards(context: AuditContext, column: NumberColumn): PersonalColumn | null {
  const first = column.values.find((value) => !Number.isNaN(value)) ?? 0;
  if (first < 1e12 || !Number.isInteger(first)) return null;
  const { values } = valueCounts(context, column);
  // Beyond 2^53 the last digits are lost.
  const whole = float64Where(values, (value) => value >= 1e12 && Number.isSafeInteger(value));
  if (whole.length < MOSTLY * values.length) return null;
  const passing = whole.reduce((count, value) => count + Number(isCard(String(value))), 0);
  const chance = binomialUpperTail(passing, whole.length, LUHN_CHANCE);
  const share = passing / values.length;
  if (chance > CARD_CHANCE || share < MOSTLY) return null;
  return {
    column,
    kind: "card",
    share,
    confidence: 0.95,
    evidence: { looked: whole.length, passing, expected: LUHN_CHANCE * whole.length, chance },
  };
}

/** A tenth of plain numbers has a right checksum by chance: four fifths of ten are never it. */
function ofNationalNumbers(context: AuditContext, column: NumberColumn): PersonalColumn | null {
  const first = column.values.find((value) => !Number.isNaN(value)) ?? 0;
  if (first < 1e6 || !Number.isInteger(first)) return null;
  const { values } = valueCounts(context, column);
  const step = Math.max(1, Math.floor(values.length / SHOWN_LEVELS));
  const shown = float64Where(values, (_, place) => place % step === 0);
  const found = shown.length < LEAST_DIFFERENT ? null : nationalIdOfNumbers(shown, NEARLY_ALL);
  return found === null ? null : nationalColumn(column, found);
}

/** Plain digits, which a reader takes for an amount. */
function ofPhoneNumbers(context: AuditContext, column: NumberColumn): PersonalColumn | null {
  const share = dialledShare(column, valueCounts(context, column));
  return share < NEARLY_ALL ? null : { column, kind: "phone", share, confidence: 0.8, evidence: {} };
}

function nationalColumn(column: Column, { name, share }: { readonly name: string; readonly share: number }): PersonalColumn {
  return { column, kind: "national", share, confidence: 0.95, evidence: { number: name } };
}

function byName(column: Column, beside: Beside): PersonalColumn | null {
  const said = personalName(column.name);
  if (said === null) return null;
  if (said.kind === "birth") return ofBirths(column, beside);
  if (!("codes" in column)) return null;
  const shown = shownOf(column);
  if (shown.length < LEAST_DIFFERENT) return null;
  const fits = said.kind === "person" ? couldBePerson : couldBeAddress;
  const share = shareOf(shown, fits);
  if (share < NEARLY_ALL) return null;
  if (said.kind === "address")
    return { column, kind: "address", share, confidence: beside > 0 ? 0.8 : ASKED, evidence: { besidePersonal: Number(beside > 0) } };
  return ofPeople(column, said, shown, share, beside);
}

function ofPeople(column: Column, said: PersonalName, shown: readonly string[], share: number, beside: Beside): PersonalColumn | null {
  const given = shareOf(shown, (text) => saysPerson(text) === "with others");
  const alone = shareOf(shown, (text) => saysPerson(text) === "alone");
  const evidence = { withGivenName: given + alone };
  const make = (confidence: number): PersonalColumn => ({ column, kind: "person", share, confidence, evidence });
  if (!said.open || given >= GIVEN || (beside > 0 && given + alone >= GIVEN) || (beside === 2 && said.bare)) return make(0.8);
  // A given name alone: storms and dogs are called so as well.
  return alone >= GIVEN || given >= ASKED_GIVEN ? make(ASKED) : null;
}

function ofBirths(column: Column, beside: Beside): PersonalColumn | null {
  const days = "codes" in column ? datesOf(shownOf(column)) : column.type === "date" ? [...new Set(column.values)] : [];
  const present = days.filter((day) => !Number.isNaN(day));
  const now = Date.now();
  const share = shareOf(present, (day) => day <= now && day >= now - OLDEST_YEARS * YEAR_MS);
  if (present.length < LEAST_DIFFERENT || present.length < NEARLY_ALL * days.length || share < NEARLY_ALL) return null;
  return { column, kind: "birth", share, confidence: beside > 0 ? 0.8 : ASKED, evidence: { besidePersonal: Number(beside > 0) } };
}

function datesOf(texts: readonly string[]): readonly number[] {
  const spelt = dateSpellings(texts, new Uint8Array(texts.length).fill(1), NEARLY_ALL);
  return spelt === null ? [] : texts.map((text) => parseDate(text, spelt.formats));
}

function shownOf({ levels }: LevelColumn): readonly string[] {
  const step = Math.max(1, Math.floor(levels.length / SHOWN_LEVELS));
  return levels.filter((_, code) => code % step === 0);
}

function shareOf<T>(items: readonly T[], test: (item: T) => boolean): number {
  return items.filter(test).length / Math.max(1, items.length);
}
