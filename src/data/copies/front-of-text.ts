import type { LevelColumn } from "../columns/counts.ts";

/** A name that is written into another column's texts: the kind "L" at the front of the number "L47181", the player before the dash of a session's key. */
export interface WrittenIn {
  readonly part: LevelColumn;
  readonly text: LevelColumn;
  /** Where it stands. */
  readonly at: "front" | "end";
  readonly compared: number;
  readonly held: number;
  /** Share of the rows in which it would stand there if the names were dealt anew. */
  readonly byChance: number;
}

const HOLDS = 0.99;
const LEAST_ROWS = 20;
/** Over all pairs, if the names were dealt anew. */
const CHANCE = 1e-6;
/** Rows that refute nearly all pairs. */
const PROBED = 200;
/** Names of more letters are texts themselves. */
const LONGEST = 60;
const MOST_COLUMNS = 40;

/** Each name once, beside the texts that hold it most often. @param rows of the frame. */
export function writtenIn(columns: readonly LevelColumn[], rows: number): readonly WrittenIn[] {
  const some = columns.slice(0, MOST_COLUMNS);
  const looks = 2 * some.length * Math.max(1, some.length - 1);
  const parts = some.filter(({ levels }) => levels.length >= 2 && levels.every((level) => level.length <= LONGEST));
  return parts.flatMap((part) => {
    const found = some.flatMap((text) =>
      text === part ? [] : (["front", "end"] as const).flatMap((at) => standsIn(part, text, at, rows, looks) ?? []),
    );
    return found.sort((a, b) => b.held - a.held || (a.text.name < b.text.name ? -1 : 1)).slice(0, 1);
  });
}

function standsIn(part: LevelColumn, text: LevelColumn, at: WrittenIn["at"], rows: number, looks: number): WrittenIn | null {
  const step = Math.max(1, Math.floor(rows / PROBED));
  const probe = countHeld(part, text, at, rows, step);
  if (probe.compared === 0 || probe.held < HOLDS * probe.compared - 1) return null;
  const { compared, held } = countHeld(part, text, at, rows, 1);
  if (compared < LEAST_ROWS || held < HOLDS * compared) return null;
  const byChance = dealtAnew(part, text, at, rows);
  return held * Math.log(byChance) > Math.log(CHANCE / looks) ? null : { part, text, at, compared, held, byChance };
}

function countHeld(part: LevelColumn, text: LevelColumn, at: WrittenIn["at"], rows: number, step: number) {
  let [compared, held] = [0, 0];
  for (let row = 0; row < rows; row += step) {
    const [short, long] = [part.levels[part.codes[row] ?? -1], text.levels[text.codes[row] ?? -1]];
    if (short === undefined || long === undefined) continue;
    compared++;
    held += Number(isWithin(short, long, at));
  }
  return { compared, held };
}

function isWithin(short: string, long: string, at: WrittenIn["at"]): boolean {
  if (short.length === 0 || short.length >= long.length) return false;
  return at === "front" ? long.startsWith(short) : long.endsWith(short);
}

/** Each name beside the text of some other row: half the table further, and two more places. */
function dealtAnew(part: LevelColumn, text: LevelColumn, at: WrittenIn["at"], rows: number): number {
  let [compared, held] = [0, 0];
  for (const share of [0.5, 0.31, 0.77]) {
    const shift = Math.floor(share * rows);
    for (let row = 0; row < rows; row++) {
      const [short, long] = [part.levels[part.codes[row] ?? -1], text.levels[text.codes[(row + shift) % rows] ?? -1]];
      if (short === undefined || long === undefined) continue;
      compared++;
      held += Number(isWithin(short, long, at));
    }
  }
  return (held + 1) / (compared + 1);
}
