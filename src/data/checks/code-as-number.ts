import type { Suspicion } from "../../core/finding.ts";
import type { AuditContext, Check } from "../check.ts";
import { type NumberColumn, valueCounts } from "../columns/counts.ts";
import { infoOf, numberFeatures } from "../columns/features.ts";
import { NO_ROWS } from "../findings/affected-rows.ts";
import { amount } from "../findings/phrase.ts";
import { hasPhrase, nameWords } from "../meaning/name-words.ts";
import { phrasesIn } from "../meaning/phrases.ts";
import { NAMED } from "../meaning/semantic-words.ts";
import { keyLikeness } from "../roles/key-likeness.ts";
import { askedGroups } from "../split/asked-groups.ts";
import { groupEvidence } from "../split/group-evidence.ts";

/** Words in the names of whole numbers that are names of something: the difference of two of them means nothing. */
const NOMINAL = [
  "zip|zipcode|zip code|postcode|postal|postal code|plz|cap code|area code|code|cd|type|typ|category|kategorie|region|district|county|state|country|city",
  "branch|store|shop|product|article|sku|department|dept|sector|industry|channel|source|carrier|vendor|supplier|merchant|agent|station|route|brand|model",
  "id|cluster|segment|plan|color|colour|make|marital|religion|race|ethnicity|occupation|job|gender|sex",
]
  .join("|")
  .split("|");
/** Names that say the number is an amount after all. */
const AMOUNT = [
  "count",
  "number",
  "num",
  "n",
  "score",
  "rank",
  "age",
  "size",
  "amount",
  "total",
  "rate",
  "price",
  "level",
  "days",
  "years",
  "distance",
  "lag",
  "avg",
  "mean",
  "sum",
];
const MOST_LEVELS = 1000;

/** Whole numbers that name things, used as a quantity. Trees can live with it: the price decides. */
export const codeAsNumber: Check = {
  trap: "code-as-number",
  title: "A code is used as a quantity",
  inspect: (context) => {
    // A key of things that come back is no kind of them: whether the same or new ones come decides, and that is priced.
    const keys = new Set([...groupEvidence(context), ...askedGroups(context)].map(({ key }) => key.column));
    return numberFeatures(context).flatMap((column) => (keys.has(column.name) ? [] : inspectColumn(context, column)));
  },
};

/** Codes in other languages: "plz", "code postal". */
function namedCode(name: string): string | undefined {
  return phrasesIn(nameWords(name), NAMED.code)[0];
}

function inspectColumn(context: AuditContext, column: NumberColumn): Suspicion[] {
  const info = infoOf(context, column.name);
  if (!info.integer || info.distinct < 3 || info.distinct > MOST_LEVELS || keyLikeness(context, column) !== null) return [];
  const words = nameWords(column.name);
  const named = NOMINAL.find((phrase) => hasPhrase(words, phrase)) ?? namedCode(column.name);
  if (named === undefined || AMOUNT.some((word) => words.includes(word))) return [];
  const { values, present } = valueCounts(context, column);
  const [low, high] = [values[0] ?? 0, values[values.length - 1] ?? 0];
  if (low < 0 || present / info.distinct < 3) return [];
  const gappy = high - low + 1 > 1.2 * info.distinct;
  const steps = [{ op: "to-category" as const, column: column.name }];
  const confidence = gappy && info.distinct > 10 ? 0.85 : gappy ? 0.7 : 0.55;
  return [
    {
      trap: "code-as-number",
      columns: [column.name],
      rows: NO_ROWS,
      severity: "costly",
      confidence,
      evidence: { distinct: info.distinct, low, high, gaps: gappy, word: named },
      fix: { action: "steps", steps },
      counterfactual: { change: "steps", steps, flatters: false },
      question: confidence < 0.6 ? `Is \`${column.name}\` an order (a higher number is more), or a code?` : null,
      choices: ["code", "order"],
      why: `\`${column.name}\` holds ${amount(info.distinct)} different whole numbers between ${low} and ${high}, and its name ("${named}") says that they are codes: a model would take ${high} for more than ${low}.`,
    },
  ];
}
