/** Ends and parts of words that are written in two ways on the two sides of the Atlantic, and one form for both (Oxford English Dictionary, Merriam-Webster). */
const PAIRS: readonly (readonly [RegExp, string])[] = [
  [/(?<=[a-z]{3})our(?=s|ed|ing|ful|able|ite|less|$)/g, "or"],
  [/(?<=[a-z]{3})is(?=(e|ed|er|ers|es|ing|ation|ations)$)/g, "iz"],
  [/ys(?=(e|ed|er|es|ing)$)/g, "yz"],
  [/(?<=(cent|lit|met|fib|theat|calib|lust|spect|sab|meag))re(?=s?$)/g, "er"],
  [/aluminium/g, "aluminum"],
  [/(?<=(catal|anal|dial|monol|prol|epil))ogue/g, "og"],
  [/(?<!^)(?<=(an|h|p|leuk|c|gyn|orthop|enc|arch|f))ae(?=[a-z])/g, "e"],
  [/^oe(?=[a-z])|(?<=^(f|diarrh|hom|man))oe(?=[a-z])/g, "e"],
  [/ll(?=(ed|ing|er|ers|or|ors)$)/g, "l"],
  [/(?<=(def|off|lic|pret))ence(?=s?$)/g, "ense"],
  [/sulph/g, "sulf"],
  [/^grey/g, "gray"],
  [/mould/g, "mold"],
  [/^tyre/g, "tire"],
  [/programme/g, "program"],
  [/plough/g, "plow"],
  [/moustache/g, "mustache"],
  [/pyjama/g, "pajama"],
  [/jewellery/g, "jewelry"],
  [/aeroplane/g, "airplane"],
  [/manoeuvre/g, "maneuver"],
];

/** What each of the pairs has: most words have none of it. */
const ANY_PART = /our|is|ys|re|alumin|ogue|ae|oe|ll|ence|sulph|grey|mould|programme|plough|moustache|pyjama/;

/** The words of a lower-case text, each in the form that both spellings have in common: "colour" and "color" are one, "four" and "for" are not. */
export function oneSpelling(text: string): string {
  return text.replace(/[a-z]{4,}/g, (word) =>
    ANY_PART.test(word) ? PAIRS.reduce((form, [part, common]) => form.replace(part, common), word) : word,
  );
}
