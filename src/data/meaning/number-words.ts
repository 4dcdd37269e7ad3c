/** From 0 on, as names of columns and kinds write them. */
const LISTS: readonly string[] = [
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty",
  "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
  "zéro un deux trois quatre cinq six sept huit neuf dix onze douze",
  "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce",
  "zero uno due tre quattro cinque sei sette otto nove dieci undici dodici",
  "zero um dois três quatro cinco seis sete oito nove dez onze doze",
  "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf",
  "zero jeden dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć jedenaście dwanaście",
];
const WORDS = LISTS.map((list) => new Map(list.split(" ").map((word, value) => [word, value])));

/** The numbers that the words write, all of one language; null where some word writes none. */
export function wordNumbers(words: readonly string[]): readonly number[] | null {
  for (const known of WORDS) {
    const read = words.map((word) => known.get(word.trim().toLowerCase()));
    if (read.every((value) => value !== undefined)) return read;
  }
  return null;
}
