import type { LevelColumn } from "../columns/counts.ts";
import { isCard, type PersonalKind } from "../meaning/personal-patterns.ts";
import type { PersonalColumn } from "./personal-columns.ts";

const MAIL = /(^|[\s<(:;,])[\w.+-]{1,64}@[\w-]+(\.[\w-]+)*\.[a-z]{2,}($|[\s>),;.])/i;
/** With the code of its country, as numbers of goods are not written. */
const PHONE = /(^|[\s(:,;])(\+|00)[1-9]\d{0,2}[\s()./-]?\d(?:[\s()./-]?\d){6,11}($|[\s),;.])/;
/** In fours, as it stands on the card: long numbers of orders pass the checksum by chance. */
const CARD = /(?:^|[^\d-])(\d{4}([ -])\d{4}\2\d{4}\2\d{4})(?![ -]?\d)/;

/** Texts with one, and their share. */
const [LEAST, SHARE] = [5, 0.005];

const TESTS: readonly (readonly [kind: PersonalKind, holds: (text: string) => boolean])[] = [
  ["email", (text) => text.includes("@") && MAIL.test(text)],
  ["phone", (text) => PHONE.test(text)],
  ["card", (text) => isCard((CARD.exec(text)?.[1] ?? "").replace(/[ -]/g, ""))],
];

/** Mail addresses, phone numbers and numbers of cards that somebody wrote into a text. */
export function withinTexts(column: LevelColumn): PersonalColumn | null {
  const { levels } = column;
  const isText = levels.map((level) => level.includes(" "));
  const texts = isText.filter(Boolean).length;
  const kinds = TESTS.map(([kind, test]) => {
    const holds = levels.map((level, i) => isText[i] === true && test(level));
    return { kind, holds, different: holds.filter(Boolean).length };
  })
    .filter(({ different }) => different >= LEAST)
    .sort((a, b) => b.different - a.different);
  const [most] = kinds;
  if (most === undefined || most.different < SHARE * texts) return null;
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
