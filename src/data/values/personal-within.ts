import { binomialUpperTail } from "../../stats/index.ts";
import type { LevelColumn } from "../columns/counts.ts";
import { isCard, LUHN_CHANCE, type PersonalKind } from "../meaning/personal-patterns.ts";
import type { PersonalColumn } from "./personal-columns.ts";

const MAIL = /(^|[\s<(:;,])[\w.+-]{1,64}@[\w-]+(\.[\w-]+)*\.[a-z]{2,}($|[\s>),;.])/i;
/** With the code of its country, as numbers of goods are not written. */
const PHONE = /(^|[\s(:,;])(\+|00)[1-9]\d{0,2}[\s()./-]?\d(?:[\s()./-]?\d){6,11}($|[\s),;.])/;
const WITH_PLUS = /(^|[\s(:,;])\+[1-9]\d{0,2}[\s()./-]?\d(?:[\s()./-]?\d){6,11}($|[\s),;.])/;
/** As at home, behind a word that says so. */
const TOLD_PHONE =
  /(?<!\p{L})(tel|tél|phone|telephone|téléphone|telefon|telefono|teléfono|telefoon|telefone|mobile|mob|móvil|movil|portable|handy|cell|cellulare|celular|telemóvel|gsm)[\s.:]*\(?\+?\d(?:[\s()./-]{0,2}\d){6,13}(?!\d)/iu;
/** In fours, as it stands on the card. */
const IN_FOURS = /(?:^|[^\d-])(\d{4}([ -])\d{4}\2\d{4}\2\d{4})(?![ -]?\d)/;
const IN_ONE = /(?<![\d-])[2-6]\d{12,18}(?![ -]?\d)/;
/** Long numbers of orders have the checksum of a card in a tenth: as many as here not in one table of ten thousand. */
const CARD_CHANCE = 1e-4;

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
  const sure = texts.filter((text) => text.includes(" ") && (WITH_PLUS.test(text) || TOLD_PHONE.test(text))).length;
  return lookedFor("phone", texts, (text) => PHONE.test(text) || TOLD_PHONE.test(text), sure >= LEAST);
}

function cards(texts: readonly string[]): Looked {
  const written = texts.filter((text) => text.includes(" "));
  const numbersOf = (digits: (text: string) => string) => new Set(written.map(digits).filter((one) => one !== ""));
  const inOne = areCards(numbersOf(digitsInOne));
  const holds = (text: string) => isCard(digitsInFours(text)) || (inOne && isCard(digitsInOne(text)));
  return lookedFor("card", texts, holds, inOne || areCards(numbersOf(digitsInFours)));
}

function digitsInFours(text: string): string {
  return (IN_FOURS.exec(text)?.[1] ?? "").replace(/[ -]/g, "");
}

function digitsInOne(text: string): string {
  return IN_ONE.exec(text)?.[0] ?? "";
}

function areCards(numbers: ReadonlySet<string>): boolean {
  const right = [...numbers].filter(isCard).length;
  return right >= LEAST && binomialUpperTail(right, numbers.size, LUHN_CHANCE) <= CARD_CHANCE;
}

/** Mail addresses, phone numbers and numbers of cards that somebody wrote into a text. */
export function withinTexts(column: LevelColumn): PersonalColumn | null {
  const { levels } = column;
  const texts = levels.filter((level) => level.includes(" ")).length;
  const isMail = (text: string) => text.includes("@") && MAIL.test(text);
  const kinds = [lookedFor("email", levels, isMail, false), phones(levels), cards(levels)]
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
