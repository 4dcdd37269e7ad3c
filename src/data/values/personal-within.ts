import { binomialUpperTail } from "../../stats/index.ts";
import type { LevelColumn } from "../columns/counts.ts";
import { isCard, LUHN_CHANCE, type PersonalKind } from "../meaning/personal-patterns.ts";
import type { PersonalColumn } from "./personal-columns.ts";

const MAIL = /(^|[\s<(:;,])[\w.+-]{1,64}@[\w-]+(\.[\w-]+)*\.[a-z]{2,}($|[\s>),;.])/i;
/** With the code of its country, as numbers of goods are not written. */
const PHONE = /(^|[\s(:,;])(\+|00)[1-9]\d{0,2}[\s()./-]?\d(?:[\s()./-]?\d){6,11}($|[\s),;.])/;
const WITH_PLUS = /(^|[\s(:,;])\+[1-9]\d{0,2}[\s()./-]?\d(?:[\s()./-]?\d){6,11}($|[\s),;.])/;
/** Words that stand before nothing else, and such as are things as well. */
const LINE_WORDS = "tel|tél|telephone|téléphone|telefon|telefono|teléfono|telefoon|telefone";
const DEVICE_WORDS = "phone|mobile|mob|móvil|movil|portable|handy|cell|cellulare|celular|telemóvel|gsm";
/** As at home, behind a word that says so: an area, then digits with one kind of separator. No band or size of a thing. */
const TOLD_PHONE = new RegExp(
  `(?<!\\p{L})(?:${LINE_WORDS}|(?<device>${DEVICE_WORDS}))[\\s.:]*(?<number>(?:(?:\\(\\+?\\d{1,5}\\)|\\+\\d{1,3}|0\\d{1,5})[\\s./-]{0,3})?\\d+(?:(?<by>[ ./-])\\d+(?:\\k<by>\\d+)*)?)`,
  "giu",
);
const [LEAST_DIGITS, MOST_DIGITS, LEAST_BEHIND_DEVICE] = [7, 14, 9];
/** A day, with the time behind it or without; thousands; bands. */
const NO_PHONE = [
  /^\d{1,2}([ ./-])\d{1,2}\1(19|20)\d\d(?!\d)/,
  /^(19|20)\d\d([ ./-])\d{1,2}\2\d{1,2}(?!\d)/,
  /^(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/,
  /^[1-9]\d{0,2}(\.\d{3})+$/,
  /\/.*\//,
  /^((850|900|1[789]00|2100)[ ./-]?)+$/,
];
const YEAR = /(?<!\d)(19|20)\d\d(?!\d)/;
/** In fours, as it stands on the card. */
const IN_FOURS = /(?<![\d-])\d{4}([ -])\d{4}\1\d{4}\1\d{4}(?![ -]?\d)/;
const IN_ONE = /(?<![\d-])[2-6]\d{12,18}(?![ -]?\d)/;
/** Numbers of devices, companies and parcels that have the checksum of a card too, or are as long. */
const NO_CARD =
  /(?<!\p{L})(imei|imeisv|meid|iccid|siret|siren|serial|serials|serie|série|seriennummer|tracking|sendung|sendungsnummer|suivi|colis|parcel)(?!\p{L})\D{0,20}$/iu;
/** Long numbers of orders have the checksum of a card in a tenth: as many as here not in one table of ten thousand, over its columns of words and both forms. */
const CARD_CHANCE = 1e-4;
const FORMS = 2;

/** Texts with one, and their share where a number may be another. */
const [LEAST, SHARE] = [5, 0.005];

interface Looked {
  readonly kind: PersonalKind;
  readonly holds: readonly boolean[];
  readonly different: number;
  /** A few are enough, whatever the share of all texts. */
  readonly isSure: boolean;
}

function lookedFor(kind: PersonalKind, texts: readonly string[], test: (text: string) => boolean, isSure: boolean): Looked {
  const holds = texts.map((text) => text.includes(" ") && test(text));
  return { kind, holds, different: holds.filter(Boolean).length, isSure };
}

function phones(texts: readonly string[]): Looked {
  const sure = texts.filter((text) => text.includes(" ") && (WITH_PLUS.test(text) || holdsToldPhone(text))).length;
  return lookedFor("phone", texts, (text) => PHONE.test(text) || holdsToldPhone(text), sure >= LEAST);
}

function holdsToldPhone(text: string): boolean {
  return [...text.matchAll(TOLD_PHONE)].some(({ groups }) => {
    const number = groups?.number ?? "";
    const digits = number.replace(/\D/g, "").length;
    if (digits < LEAST_DIGITS || digits > MOST_DIGITS || NO_PHONE.some((other) => other.test(number))) return false;
    return groups?.device === undefined || (digits >= LEAST_BEHIND_DEVICE && !YEAR.test(number));
  });
}

function cards(texts: readonly string[], looks: number): Looked {
  const written = texts.filter((text) => text.includes(" "));
  const numbersOf = (digits: (text: string) => string) => new Set(written.map(digits).filter((one) => one !== ""));
  const inOne = areCards(numbersOf(digitsInOne), looks);
  const holds = (text: string) => isCard(digitsInFours(text)) || (inOne && isCard(digitsInOne(text)));
  return lookedFor("card", texts, holds, inOne || areCards(numbersOf(digitsInFours), looks));
}

function digitsInFours(text: string): string {
  return numberIn(text, IN_FOURS).replace(/[ -]/g, "");
}

function digitsInOne(text: string): string {
  return numberIn(text, IN_ONE);
}

/** "" where a word in front says what else it is. */
function numberIn(text: string, form: RegExp): string {
  const found = form.exec(text);
  return found === null || NO_CARD.test(text.slice(0, found.index)) ? "" : found[0];
}

function areCards(numbers: ReadonlySet<string>, looks: number): boolean {
  const right = [...numbers].filter(isCard).length;
  return right >= LEAST && looks * binomialUpperTail(right, numbers.size, LUHN_CHANCE) <= CARD_CHANCE;
}

/** Mail addresses, phone numbers and numbers of cards that somebody wrote into a text, of so many columns of words. */
export function withinTexts(column: LevelColumn, columns: number): PersonalColumn | null {
  const { levels } = column;
  const texts = levels.filter((level) => level.includes(" ")).length;
  const isMail = (text: string) => text.includes("@") && MAIL.test(text);
  const kinds = [lookedFor("email", levels, isMail, false), phones(levels), cards(levels, FORMS * columns)]
    .filter(({ different, isSure }) => different >= LEAST && (isSure || different >= SHARE * texts))
    .sort((a, b) => b.different - a.different);
  const [most] = kinds;
  if (most === undefined) return null;
  const isHeld = levels.map((_, i) => kinds.some(({ holds }) => holds[i]));
  const ofEach = Object.fromEntries(kinds.map(({ kind, different }) => [kind, different]));
  return {
    column,
    kind: most.kind,
    share: shareOfCells(column, isHeld),
    confidence: 0.8,
    evidence: { withinTexts: isHeld.filter(Boolean).length, ofEach },
  };
}

/** Of the cells that hold something: a text that comes often counts as often. */
function shareOfCells({ codes, levels }: LevelColumn, holds: readonly boolean[]): number {
  let [held, filled] = [0, 0];
  for (const code of codes) {
    if (code < 0 || levels[code] === "") continue;
    filled++;
    held += Number(holds[code] === true);
  }
  return held / Math.max(1, filled);
}
