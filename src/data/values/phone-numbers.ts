import { float64Where } from "../../core/typed-from.ts";
import type { NumberColumn, ValueCounts } from "../columns/counts.ts";
import { ID_WORDS } from "../meaning/lexicon.ts";
import { nameWords } from "../meaning/name-words.ts";
import { phrasesIn } from "../meaning/phrases.ts";
import { semanticType } from "../meaning/semantic-type.ts";
import { NAMED, UNITS } from "../meaning/semantic-words.ts";

/** Digits of a number as it is dialled at home, or with the code of the country: shorter ones may be counts, longer ones are those of devices (IMEI). */
const [LEAST_DIALLED, MOST_DIALLED] = [1e8, 1e13];
/** Numbers that are given out in turn lie closer. */
const LEAST_APART = 10;
/** Fewer different ones may be hotlines. */
const LEAST_DIFFERENT = 10;

/** Share of the different numbers that may be dialled, where the name says that they are and says nothing else of them ("mobile_revenue", "cell_id"); 0 elsewhere. */
export function dialledShare(column: NumberColumn, { values }: Pick<ValueCounts, "values">): number {
  if (values.length < LEAST_DIFFERENT || semanticType(column).type !== "phone" || saysOther(column.name)) return 0;
  const dialled = float64Where(values, (value) => value >= LEAST_DIALLED && value < MOST_DIALLED);
  const span = (dialled.at(-1) ?? 0) - (dialled[0] ?? 0);
  return span < LEAST_APART * dialled.length ? 0 : dialled.length / values.length;
}

/** Words for a number, which a phone has too. */
const NUMBER_WORDS: readonly string[] = "number no nr nbr nro num nummer numero".split(" ");

/** What it costs, how much goes through it, its own key. */
function saysOther(name: string): boolean {
  const words = nameWords(name);
  return (
    phrasesIn(words, NAMED.money).length > 0 ||
    phrasesIn(words, NAMED.duration).length > 0 ||
    words.some((word) => ID_WORDS.includes(word) && !NUMBER_WORDS.includes(word)) ||
    UNITS.includes(words.at(-1) ?? "")
  );
}
