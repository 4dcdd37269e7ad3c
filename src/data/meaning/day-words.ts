import { nameWords } from "./name-words.ts";

/** Words of a day before, of the day itself, and of one that comes: English, German, French, Spanish, Italian, Dutch, Portuguese. */
const PAST: readonly string[] = ["yesterday", "gestern", "vorgestern", "vortag", "vorwoche", "veille", "ayer", "ieri", "gisteren", "ontem"];
const NOW: readonly string[] = ["today", "now", "current", "heute", "jetzt", "aktuell", "hoy", "oggi", "vandaag", "hoje"];
const COMING: readonly string[] = ["tomorrow", "next", "morgen", "folgetag", "demain", "manana", "domani", "amanha"];
/** Words that say so only beside a target of a day that comes: "hier" is here too, "last" a last name. */
const PAST_BESIDE: readonly string[] = ["hier", "last", "vor"];

/** A name of a day before that of the target: "use_yesterday" beside "use", "use_today" and "use_vor_7t" beside "use_tomorrow". */
export function isOfDayBefore(name: string, target: string): boolean {
  const [own, wanted] = [nameWords(name), nameWords(target)];
  const says = (words: readonly string[], list: readonly string[]) => words.some((word) => list.includes(word));
  if (says(own, COMING) || says(wanted, PAST)) return false;
  return says(own, PAST) || (says(wanted, COMING) && says(own, [...NOW, ...PAST_BESIDE]));
}
