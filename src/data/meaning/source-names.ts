import { ID_WORDS, SOURCE_WORDS } from "./lexicon.ts";
import { nameWords } from "./name-words.ts";
import { phraseIndex, phrasesIn } from "./phrases.ts";

const SOURCE = phraseIndex(SOURCE_WORDS);

/** The name is a source, alone or with a word for its key: "scanner", "hospital_id", not "device_protection". */
export function isSourceName(name: string): boolean {
  const words = nameWords(name);
  const said = new Set(phrasesIn(words, SOURCE).flatMap((phrase) => phrase.split(" ")));
  const rest = words.filter((word) => !said.has(word) && !said.has(word.replace(/s$/, "")));
  return (
    said.size > 0 &&
    rest.every((word) => ID_WORDS.includes(word) || ["name", "code", "type", "system"].includes(word) || /^\d+$/.test(word))
  );
}
