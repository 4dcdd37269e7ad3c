import { parseNumber } from "./number-text.ts";

/**
 * Whether the first record names the columns. Each column votes: its first cell is a name when the other cells are numbers and it is
 * not, or when the others repeat few values and it is none of them; it is a value when it is a number among numbers, or recurs. Without
 * any vote (all columns unique text) the first record is taken for a header, as is the custom. A column of answers may be called by one of them ("breakfast" or "not
 * breakfast"): where more votes say value, the first record is a header all the same when no other record is half as strange to its columns (isStrangest). When names are
 * expected and half of them are in the first record, it is the header. A column that holds one text or nothing has no vote, nor has one that holds one text or what others hold in its place ("no"): what was ticked of several may stand below its own name.
 */
export function hasHeader(
  records: readonly (readonly string[])[],
  decimal: "." | ",",
  expected: readonly string[] | null,
): { header: boolean; why: string } {
  const [first, ...later] = records;
  const rest = first === undefined ? [] : withoutRepeats(first, later);
  if (first === undefined || (rest.length === 0 && expected === null)) return { header: true, why: "only one record" };
  const known = expected?.filter((name) => first.some((cell) => cell.trim() === name)).length ?? 0;
  if (expected !== null && known >= expected.length / 2)
    return { header: true, why: `${known} of the expected names are in the first record` };
  if (expected?.every((name) => /^column_\d+$/.test(name)) === true)
    return { header: false, why: "the training data has no header either" };
  const numbered = isNumbered([first, ...rest], decimal);
  let names = 0;
  let values = 0;
  const ticked = tickedPlaces(first, rest, decimal);
  first.forEach((cell, position) => {
    const others = rest.map((record) => (record[position] ?? "").trim()).filter((other) => other !== "");
    const vote =
      numbered && parseNumber(cell, decimal) !== null ? "name" : ticked.has(position) ? null : voteOf(cell.trim(), others, decimal);
    if (vote === "name") names++;
    if (vote === "value") values++;
  });
  const header = names >= values || isStrangest([first, ...rest], decimal);
  const why = header
    ? `${names} of ${first.length} cells of the first record are unlike their columns`
    : `${values} of ${first.length} cells of the first record look like the other values of their columns`;
  return { header, why };
}

/** Columns that hold what the first record has and nothing else but one text, or none: the same one in several columns whose first cells differ. */
function tickedPlaces(first: readonly string[], rest: readonly (readonly string[])[], decimal: "." | ","): ReadonlySet<number> {
  const found = new Set<number>();
  const beside = new Map<string, { place: number; own: string }[]>();
  first.forEach((cell, place) => {
    const own = cell.trim();
    if (own === "" || parseNumber(own, decimal) !== null) return;
    const others = new Set(rest.map((record) => (record[place] ?? "").trim()).filter((text) => text !== own));
    const [other = ""] = others;
    if (others.size !== 1 || !rest.some((record) => (record[place] ?? "").trim() !== "")) return;
    if (other === "") found.add(place);
    else beside.set(other, [...(beside.get(other) ?? []), { place, own }]);
  });
  for (const [other, places] of beside) {
    if (new Set(places.map(({ own }) => own)).size < places.length || places.length < 2 || first.some((cell) => cell.trim() === other))
      continue;
    for (const { place } of places) found.add(place);
  }
  return found;
}

/** Cells that a record has in common with the first, by their number and their share, and the share of the records that may have one of them. */
const [REPEATED_CELLS, REPEATED_SHARE, RARE] = [3, 0.5, 0.02];

/** Records without those that say the first again, where files were put one behind the other: half of its cells, which hardly any other has. */
function withoutRepeats(first: readonly string[], records: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const named = first.map((cell) => cell.trim());
  const isSame = (record: readonly string[], place: number) => named[place] !== "" && (record[place] ?? "").trim() === named[place];
  const rare = named.map((_, place) => records.filter((record) => isSame(record, place)).length <= Math.max(1, RARE * records.length));
  const filled = named.filter((cell) => cell !== "").length;
  return records.filter((record) => {
    const same = named.filter((_, place) => rare[place] === true && isSame(record, place)).length;
    return same < REPEATED_CELLS || same < REPEATED_SHARE * filled;
  });
}

/** Chance that a record of data passes for numbered names. */
const CHANCE = 0.05;

/** So many numbers in equal steps (2000, 2001, 2002, 2003) are no chance, even where the numbers of most records rise. */
const LEAST_STEPPED = 4;

/**
 * Years, or a numbering of the columns: the numbers of the first record are whole and rise from column to column, which the other records do not do. Were it a
 * record like them it would rise with a chance of (k + 1) / (n + 2), when k of the n others do (rule of succession).
 * Where many records rise (people of a country from year to year), equal steps tell the names from them.
 * A column that counts the rows is left out: in it the first record is not exchangeable with the others.
 */
function isNumbered([first = [], ...rest]: readonly (readonly string[])[], decimal: "." | ","): boolean {
  const countsRows = (place: number) => hasEqualSteps([first, ...rest].map((record) => parseNumber(record[place] ?? "", decimal)));
  const places = first.flatMap((cell, place) => (parseNumber(cell, decimal) === null || countsRows(place) ? [] : [place]));
  const rises = (record: readonly string[]) => {
    const numbers = places.map((place) => parseNumber(record[place] ?? "", decimal));
    return numbers.every((value, i) => value !== null && Number.isInteger(value) && (i === 0 || value > (numbers[i - 1] ?? value)));
  };
  const inSteps = (record: readonly string[]) => hasEqualSteps(places.map((place) => parseNumber(record[place] ?? "", decimal)));
  const rare = (holds: typeof rises) => holds(first) && (rest.filter(holds).length + 1) / (rest.length + 2) < CHANCE;
  return places.length >= 2 && rises(first) && (rare(rises) || (places.length >= LEAST_STEPPED && rare(inSteps)));
}

/** Cells that a record of data would not have: so many at least, and twice as many as any other record has. Were it data, it would be the strangest with a chance of 1 / records. */
const [LEAST_STRANGE, LEAST_OTHERS] = [3, Math.ceil(1 / CHANCE)];

function isStrangest(records: readonly (readonly string[])[], decimal: "." | ","): boolean {
  const others = records.length - 1;
  if (others < LEAST_OTHERS) return false;
  const strange = new Array<number>(records.length).fill(0);
  for (let place = 0; place < (records[0]?.length ?? 0); place++) {
    const cells = records.map((record) => (record[place] ?? "").trim());
    const counts = new Map<string, number>();
    for (const cell of cells) counts.set(cell, (counts.get(cell) ?? 0) + 1);
    const isNumber = cells.map((cell) => parseNumber(cell, decimal) !== null);
    const isOfNumbers = isNumber.filter(Boolean).length >= 0.9 * others;
    if (!isOfNumbers && counts.size > others / 2) continue;
    cells.forEach((cell, record) => {
      if (cell !== "" && counts.get(cell) === 1 && !(isOfNumbers && isNumber[record])) strange[record] = (strange[record] ?? 0) + 1;
    });
  }
  const [first = 0, ...rest] = strange;
  return first >= LEAST_STRANGE && rest.every((one) => 2 * one < first);
}

function hasEqualSteps(values: readonly (number | null)[]): boolean {
  const [start, second] = values;
  if (typeof start !== "number" || typeof second !== "number" || second === start) return false;
  return values.every(
    (value, i) => value !== null && Math.abs(value - start - i * (second - start)) <= 1e-9 * Math.max(1, Math.abs(value)),
  );
}

function voteOf(cell: string, others: readonly string[], decimal: "." | ","): "name" | "value" | null {
  if (cell === "" || others.length === 0) return null;
  const numeric = others.filter((other) => parseNumber(other, decimal) !== null).length;
  if (numeric >= 0.9 * others.length) {
    if (parseNumber(cell, decimal) !== null) return "value";
    return others.includes(cell) ? "value" : "name";
  }
  if (others.includes(cell)) return "value";
  const distinct = new Set(others).size;
  if (distinct <= others.length / 2) return "name";
  return shape(cell) !== null && others.filter((other) => shape(other) === shape(cell)).length >= 0.9 * others.length ? "value" : null;
}

/** Digits and letters as 9 and a, when the text holds a digit: dates and codes of one kind share it. */
function shape(text: string): string | null {
  return /\d/.test(text) ? text.replace(/\d/g, "9").replace(/\p{L}/gu, "a") : null;
}
