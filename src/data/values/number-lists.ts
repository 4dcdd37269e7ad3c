import { type CountedText, NEARLY_ALL } from "../../core/amount-reading.ts";

/** Texts that hold one number or several of one kind: "80; 94; 112", "75/85", "[1.5, 2]". */
export interface NumberLists {
  /** Rows that hold such, and those with two numbers or more. */
  readonly rows: number;
  readonly several: number;
  readonly longest: number;
  /** Different numbers in all of them. */
  readonly different: number;
}

/** Rows with two numbers or more, of all. */
const LEAST_SEVERAL = 0.2;
/** Lists have several lengths; a plot of land and its part have two. */
const [LEAST_LENGTHS, OF_EACH] = [3, 0.05];
const LEAST_DIFFERENT = 10;
/** Of the numbers at a place: what lies between is usual there. */
const USUAL = 0.1;

const NUMBER = /^[-+\u2212]?(?:0|[1-9]\d{0,14})(?:[.,]\d{1,10})?$/;
const IN_BRACKETS = /^([[({])(.*)[\])}]$/;

/** null: none. Where a comma alone parts them it is followed by a blank, stands in brackets, or does not part thousands. */
function listOf(text: string): readonly number[] | null {
  const trimmed = text.trim();
  const [, bracket, inner] = IN_BRACKETS.exec(trimmed) ?? [];
  const body = inner ?? trimmed;
  const byComma = !/[;|/]/.test(body);
  if (byComma && bracket === undefined && /^[-+\u2212]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(body)) return null;
  const parts = body.split(byComma ? "," : /[;|/]/).flatMap((one) => (one.trim() === "" ? [] : [one.trim()]));
  if (parts.length === 0 || !parts.every((one) => NUMBER.test(one) && !(byComma && one.includes(",")))) return null;
  return parts.map((one) => Number(one.replace(",", ".").replace("\u2212", "-")));
}

/**
 * Nearly all cells are lists of numbers, of three lengths or more, and first and last numbers have usual values in common: they are of one kind, as those of a date in parts or of a
 * plot and its part are not. null: not so.
 */
export function numberLists(texts: readonly CountedText[]): NumberLists | null {
  if (!texts.slice(0, 50).some(({ text }) => /[;|/,]/.test(text))) return null;
  const lists = texts.flatMap(({ text, rows }) => {
    const numbers = listOf(text);
    return numbers === null ? [] : [{ numbers, rows }];
  });
  const rowsOf = (some: readonly { readonly rows: number }[]) => some.reduce((sum, { rows }) => sum + rows, 0);
  const all = rowsOf(texts);
  const rows = rowsOf(lists);
  const long = lists.filter(({ numbers }) => numbers.length > 1);
  if (rows < NEARLY_ALL * all || rowsOf(long) < LEAST_SEVERAL * rows) return null;
  const lengths = new Map<number, number>();
  for (const { numbers, rows: own } of lists) lengths.set(numbers.length, (lengths.get(numbers.length) ?? 0) + own);
  const different = new Set(lists.flatMap(({ numbers }) => numbers)).size;
  if ([...lengths.values()].filter((own) => own >= OF_EACH * rows).length < LEAST_LENGTHS || different < LEAST_DIFFERENT) return null;
  const [firsts, lasts] = [0, -1].map((place) => usualOf(long.map(({ numbers }) => numbers.at(place) ?? 0)));
  if (firsts === undefined || lasts === undefined || firsts.high < lasts.low || lasts.high < firsts.low) return null;
  return { rows, several: rowsOf(long), longest: Math.max(...lengths.keys()), different };
}

function usualOf(numbers: readonly number[]) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return { low: at(USUAL), high: at(1 - USUAL) };
}
