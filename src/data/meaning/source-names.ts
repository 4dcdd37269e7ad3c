import { ID_WORDS, PLACE_OF_ROW_WORDS, SOURCE_WORDS } from "./lexicon.ts";
import { nameWords } from "./name-words.ts";
import { phraseIndex, phrasesIn } from "./phrases.ts";

const SOURCE = phraseIndex(SOURCE_WORDS);
const PLACE = phraseIndex(PLACE_OF_ROW_WORDS);
/** What may stand beside a place; kinds of places are no places. */
const BESIDE_PLACE: readonly string[] = [...ID_WORDS, "name", "code"];

/** The name is a source, alone or with a word for its key: "scanner", "hospital_id", not "device_protection". */
export function isSourceName(name: string): boolean {
  return saysOnly(name, SOURCE, [...BESIDE_PLACE, "type", "system"]);
}

/** The name is that of a place where rows may come from, which is no source by its name alone: a plant, a school, a shop. */
export function isPlaceName(name: string): boolean {
  return saysOnly(name, PLACE, BESIDE_PLACE);
}

function saysOnly(name: string, index: ReturnType<typeof phraseIndex>, beside: readonly string[]): boolean {
  const words = nameWords(name);
  const said = new Set(phrasesIn(words, index).flatMap((phrase) => phrase.split(" ")));
  const rest = words.filter((word) => !said.has(word) && !said.has(word.replace(/s$/, "")));
  return said.size > 0 && rest.every((word) => beside.includes(word) || /^\d+$/.test(word));
}
