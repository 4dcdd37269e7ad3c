/**
 * The words of a column's name, lower case and without accents: "daysUntil_Churn.2" -> days, until, churn, 2. Capitals in a row are one
 * word ("customerID" -> customer, id), digits are words of their own.
 */
export function nameWords(name: string): readonly string[] {
  return wordsOfName(name);
}

/** Names whose answers are kept. */
const MOST_KNOWN = 20_000;

/** What a name alone says, worked out once: a dozen checks ask the same of the same names. */
export function onceEachName<T>(read: (name: string) => T): (name: string) => T {
  const known = new Map<string, { readonly said: T }>();
  return (name) => {
    const found = known.get(name);
    if (found !== undefined) return found.said;
    const said = read(name);
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(name, { said });
    return said;
  };
}

const wordsOfName = onceEachName(wordsOf);

function wordsOf(name: string): readonly string[] {
  return name
    .normalize("NFD")
    .replace(/\p{M}+/gu, "")
    .replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1 $2")
    .replace(/(\p{L})(\p{N})/gu, "$1 $2")
    .replace(/(\p{N})(\p{L})/gu, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}

/** True if `phrase` (words parted by blanks) stands in the words, in order and side by side; a plural s is forgiven. */
export function hasPhrase(words: readonly string[], phrase: string): boolean {
  if (!phrase.includes(" ")) return words.some((word) => sameWord(word, phrase));
  const parts = phrase.split(" ");
  for (let start = 0; start + parts.length <= words.length; start++) {
    if (parts.every((part, i) => sameWord(words[start + i] ?? "", part))) return true;
  }
  return false;
}

/** Equal, or the plural of a word of more than three letters. */
export function sameWord(word: string, entry: string): boolean {
  return word === entry || (entry.length > 3 && word === `${entry}s`);
}

/** Words that end on an s and are no plurals: status, class, basis. */
const ONE = /(ss|us|is)$/;

/** Ends as the names of several things do: "services", "tickets". */
export function isPlural(word: string): boolean {
  return word.length > 3 && word.endsWith("s") && !ONE.test(word);
}
