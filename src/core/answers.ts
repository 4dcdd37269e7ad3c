import { OldhandError } from "./error.ts";
import { TRAPS, type TrapId } from "./trap.ts";

/** Column name or finding id -> what the user said. */
export type Answers = Readonly<Record<string, string>>;

export type Moment = "before" | "after";

/** What one answer says of when the values of one column are written. */
interface Said {
  readonly key: string;
  readonly column: string;
  readonly moment: Moment;
}

/** The trap that a key such as `trap:column,column` begins with; null when it begins with none. */
export function trapOfKey(key: string): TrapId | null {
  return TRAPS.find((one) => key === one || key.startsWith(`${one}:`) || key.startsWith(`${one}#`)) ?? null;
}

/** The columns of `trap:column,column`; null when it is no such key of this table, empty when it names them by a hash. Names may hold commas. */
export function columnsOfKey(key: string, columns: readonly string[]): readonly string[] | null {
  const trap = trapOfKey(key);
  if (trap === null) return null;
  const rest = key.slice(trap.length + 1);
  const named = rest === "" ? null : partsOf(rest, columns);
  if (named !== null) return named;
  // The second finding of a trap about the same columns is numbered.
  const first = rest.replace(/#\d+$/, "");
  if (first === "" || /^[0-9a-f]{8}$/.test(first)) return [];
  return partsOf(first, columns);
}

function partsOf(text: string, columns: readonly string[]): readonly string[] | null {
  if (columns.includes(text)) return [text];
  for (const name of columns) {
    if (!text.startsWith(`${name},`)) continue;
    const rest = partsOf(text.slice(name.length + 1), columns);
    if (rest !== null) return [name, ...rest];
  }
  return null;
}

/** An answer about the values of columns holds for each of them; one about their being missing says nothing of the values. */
export function momentsOf(answers: Answers, columns: readonly string[]): readonly Said[] {
  const names = new Set(columns);
  return Object.entries(answers).flatMap(([key, moment]) => {
    if (moment !== "before" && moment !== "after") return [];
    const about = names.has(key) ? [key] : key.startsWith("missingness-leak") ? [] : (columnsOfKey(key, columns) ?? []);
    return saidOf(about, moment, answers).map((column): Said => ({ key, column, moment }));
  });
}

/**
 * The columns that an answer for several of them speaks of. One that is written after makes them so together, so "after" leaves each free to be said written
 * before by its own name, as long as one is left.
 */
export function saidOf(columns: readonly string[], moment: string, answers: Answers): readonly string[] {
  if (moment !== "after" || columns.length < 2) return columns;
  const left = columns.filter((column) => !Object.hasOwn(answers, column) || answers[column] !== "before");
  return left.length === 0 ? columns : left;
}

/** Answers of an earlier run hold until they are given anew, under whatever key. */
export function withNewAnswers(kept: Answers, given: Answers, columns: readonly string[]): Answers {
  const now = new Map(momentsOf(given, columns).map(({ column, moment }) => [column, moment]));
  const outdated = new Set(
    momentsOf(kept, columns)
      .filter(({ column, moment }) => (now.get(column) ?? moment) !== moment)
      .map(({ key }) => key),
  );
  return { ...Object.fromEntries(Object.entries(kept).filter(([key]) => !outdated.has(key))), ...given };
}

/** Each answer with what it is about. @throws OldhandError bad-known-at when two say otherwise of the same. */
export function refuseContradiction(said: readonly { readonly key: string; readonly about: string; readonly word: string }[]): void {
  const first = new Map<string, { readonly key: string; readonly word: string }>();
  for (const { key, about, word } of said) {
    const known = first.get(about);
    if (known === undefined) first.set(about, { key, word });
    else if (known.word !== word) throw contradiction(about, known, { key, word });
  }
}

type Answer = { readonly key: string; readonly word: string };

function contradiction(about: string, one: Answer, other: Answer): OldhandError {
  const written = ({ key, word }: Answer) => `${JSON.stringify(key)}: ${JSON.stringify(word)}`;
  return new OldhandError("bad-known-at", {
    what: `Two answers contradict each other about ${about}.`,
    where: "--known-at",
    expected: `one answer about ${about}, or the same in both`,
    got: `${written(one)} and ${written(other)}`,
    fix: "take away the one that is wrong. What was answered in an earlier run is kept in the dossier: give it anew under the same name",
  });
}
