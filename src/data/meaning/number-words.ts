import { plainLetters } from "../../core/plain-letters.ts";

/** From 0 on, as names of columns and kinds write them; forms of one number are parted by a stroke. */
const LISTS: readonly string[] = [
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty",
  "null ein|eins|eine zwei drei vier fünf|fuenf sechs sieben acht neun zehn elf zwölf|zwoelf",
  "zéro un|une deux trois quatre cinq six sept huit neuf dix onze douze",
  "cero uno|una dos tres cuatro cinco seis siete ocho nueve diez once doce",
  "zero uno|una due tre quattro cinque sei sette otto nove dieci undici dodici",
  "zero um|uma dois|duas três quatro cinco seis sete oito nove dez onze doze",
  "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf",
  "zero jeden dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć jedenaście dwanaście",
];
const WORDS = LISTS.map(
  (list) => new Map(list.split(" ").flatMap((words, value) => words.split("|").map((word) => [plain(word), value] as const))),
);

/** Small letters without marks: files lose these. */
function plain(word: string): string {
  return plainLetters(word.trim().toLowerCase());
}

/** The numbers that the words write, all of one language; null where some word writes none. */
export function wordNumbers(words: readonly string[]): readonly number[] | null {
  for (const known of WORDS) {
    const read = readAll(words, known);
    if (read !== null) return read;
  }
  return null;
}

function readAll(words: readonly string[], known: ReadonlyMap<string, number>): readonly number[] | null {
  const read: number[] = [];
  for (const word of words) {
    const value = known.get(plain(word));
    if (value === undefined) return null;
    read.push(value);
  }
  return read;
}
