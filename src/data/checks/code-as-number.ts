import type { Suspicion } from "../../core/finding.ts";
import { createRandom } from "../../core/random.ts";
import { smoothOrderP } from "../../stats/index.ts";
import type { AuditContext, Check } from "../check.ts";
import { type NumberColumn, type ValueCounts, valueCounts } from "../columns/counts.ts";
import { infoOf, numberFeatures } from "../columns/features.ts";
import { featureCopies } from "../copies/copies.ts";
import { NO_ROWS } from "../findings/affected-rows.ts";
import { amount, percent } from "../findings/phrase.ts";
import { noiseFloor } from "../labels/noise-floor.ts";
import { ID_WORDS } from "../meaning/lexicon.ts";
import { meaningOf } from "../meaning/meaning.ts";
import { nameWords } from "../meaning/name-words.ts";
import { CONFIDENCE, semanticType } from "../meaning/semantic-type.ts";
import { NAMED } from "../meaning/semantic-words.ts";
import { keyLikeness } from "../roles/key-likeness.ts";
import { type LevelOrder, levelOrder, type Repeats } from "../signal/level-order.ts";
import { askedGroups } from "../split/asked-groups.ts";
import { type GroupKey, groupKeys } from "../split/group-keys.ts";
import { judgedGroup } from "../split/group-or-time.ts";

/** Words in the names of whole numbers that are names of something: the difference of two of them means nothing. */
const NOMINAL = [
  "zip|zipcode|zip code|postcode|post code|postal|postal code|plz|cap code|area code|code|cd|type|typ|category|kategorie|region|district|county|state|country|city",
  "branch|store|shop|product|article|sku|department|dept|sector|industry|channel|source|carrier|vendor|supplier|merchant|agent|station|route|brand|model",
  // Lists of trades, goods, jobs, illnesses and regions that are numbered by their makers.
  "nace|naics|isic|sic code|isco|cpv|hs code|taric|icd|icd9|icd10|nuts|snomed|atc code|cpc",
  "zone|tract|census tract|parcel|origin|destination|fips",
  "group|treatment|trt|cohort|stratum|strata|replicate|block|plot|batch|method|variety|cultivar|genotype|strain|breed|diet|drug|tissue|organ|cage|tank|chamber|herbicide|pesticide",
  "substrate|subst|habitat|soil|land use|landuse|land cover|landcover|reg",
  "subject|respondent|participant|patient|operator|machine|clinic|hospital|institution|institute|inst|school|center|centre|site|ward|party|team|section|division",
  "id|cluster|segment|plan|color|colour|make|marital|marriage|religion|race|ethnicity|occupation|job|gender|sex|nationality|citizenship|qualification",
  "cat|reason|cause|grund|motivo|motif|mode|course|programme|language|sprache|idioma|langue|currency",
  "flight number|flight num|flight no|house number|room number|line number|bus number|train number|block number|lot number|batch number|store number|shop number|unit number|part number",
  "item number|model number|route number|station number|gate number|seat number|account number|policy number|member number|employee number|customer number|patient number",
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
  "population",
  "income",
  "time",
  "duration",
  "length",
  "len",
  "rating",
  "share",
  "percent",
  "pct",
  "area",
  "density",
  "value",
  // Where in a picture, a sheet or on the earth: "region centroid row".
  ..."centroid row col column latitude longitude coord coordinate height width perimeter".split(" "),
  // The same words in other languages.
  ..."taux tasso tasa taxa quote anteil anzahl menge nombre quantite cantidad quantidade quantita aantal liczba ilosc prix preis precio preco prezzo prijs cena".split(
    " ",
  ),
  ..."montant betrag importe importo bedrag kwota valor valeur valore wert duree dauer duracion durata czas prozent pourcentage porcentaje percentuale odsetek".split(
    " ",
  ),
];
/** Of more levels, or of fewer rows for each, nothing can be learned by name. */
const MOST_LEVELS = 2000;
const LEAST_ROWS_EACH = 3;

/** Whole numbers that name things, used as a quantity. Trees can live with it: the price decides. */
export const codeAsNumber: Check = {
  trap: "code-as-number",
  title: "A code is used as a quantity",
  async inspect(context) {
    const judged = judgedGroup(context);
    const groups = [...(judged === null ? [] : [judged]), ...askedGroups(context)];
    const keys = new Map(groups.map(({ key }) => [key.column, key]));
    const things = groupKeys(context).filter(({ from }) => from !== "levels" && from !== "repeats");
    const repeats: Repeats = { things, copied: copiedRows(context) };
    const found: Suspicion[] = [];
    for (const column of numberFeatures(context)) {
      const key = keys.get(column.name);
      if (key !== undefined) {
        found.push(...ofKey(context, column, key));
        continue;
      }
      await context.pause();
      found.push(...inspectColumn(context, column, repeats));
    }
    return found;
  },
};

/** Where values name the rows' things by more than that they come back: a quantity may do that. */
const NAMING: readonly GroupKey["from"][] = ["name", "members", "series", "panel", "things", "again"];

/** A key of things that come back is no kind of them: whether the same or new ones come decides what becomes of it, and that is asked and priced. As an amount it is wrong either way. */
function ofKey(context: AuditContext, column: NumberColumn, { from, groups }: GroupKey): Suspicion[] {
  const info = infoOf(context, column.name);
  if (!info.integer || !NAMING.includes(from) || keyLikeness(context, column) !== null) return [];
  const { values } = valueCounts(context, column);
  const [low, high] = [values[0] ?? 0, values.at(-1) ?? 0];
  if (low < 0) return [];
  return [
    {
      ...common(column, 0.75),
      severity: "cosmetic",
      evidence: { distinct: groups, low, high, key: from },
      fix: {
        action: "advice",
        text: `Leave \`${column.name}\` out where new ones will come, and take it as a name (a category) where the same come again.`,
      },
      why: `\`${column.name}\` numbers the ${amount(groups)} things by which the rows come in groups: as an amount, ${high} would be more than ${low}.`,
    },
  ];
}

/** Of equal rows, the share that chance does not explain. */
const MOSTLY_COPIES = 0.5;

/** Rows that repeat an earlier one in all features, where more do so than chance explains. */
function copiedRows(context: AuditContext): ReadonlySet<number> {
  return new Set(featureCopies(context).share >= MOSTLY_COPIES ? noiseFloor(context).repeated : []);
}

/** Codes of which a table often has few rows each: an area, a number that is given out. */
const PLACES = new Set(
  "zip|zipcode|zip code|postcode|post code|postal|postal code|plz|cap code|area code|tract|census tract|parcel|fips|sku".split("|"),
);

function namedPlace(name: string): string | undefined {
  const named = namedThing(name);
  return named !== undefined && PLACES.has(named) ? named : undefined;
}

/** Up to three letters before the word, in one with it: "wkzone", "txtype". */
const CODE_COMPOUND = /^\p{L}{1,3}(zone|tract|code|type|cat)$/u;
/** Words of their own that end so. */
const NO_COMPOUNDS = new Set(
  "abstract attract contract detract extract retract decode encode recode uncode ozone antitype retype bobcat".split(" "),
);

function namedCompound(name: string): string | undefined {
  return nameWords(name).find((word) => CODE_COMPOUND.test(word) && !NO_COMPOUNDS.has(word));
}

const THINGS = [...new Set([...NOMINAL, ...[...NAMED.code.values()].flat().map((parts) => parts.join(" "))])];

/** Words behind that of a thing which leave it the thing: "product type", "store_id", "region 2". */
const ASIDE = new Set([
  ...ID_WORDS,
  ..."name code type typ cat category kategorie class klasse group status fips cijfers ziffern digits".split(" "),
]);
/** Words that stand in front of what they are of: "type de logement". */
const IN_FRONT = new Set([
  "type",
  "typ",
  "tipo",
  "code",
  "codigo",
  "codice",
  "zone",
  "zona",
  "region",
  "cod",
  "cd",
  "reason",
  "cause",
  "motivo",
  "motif",
]);

/**
 * The word for codes or things that the name ends with, but for words that say no more. "store visits" are visits, "agent_note_len" is a length, "tickets" are counted, and the
 * id of a year is the year.
 */
function namedThing(name: string): string | undefined {
  // A column of the ids of firms may be called "firm_ids".
  const words = nameWords(name).map((word) => (word === "ids" ? "id" : word));
  return THINGS.find((phrase) => {
    const parts = phrase.split(" ");
    const start = words.findLastIndex((_, i) => parts.every((part, k) => words[i + k] === part));
    const rest = start < 0 ? [] : words.slice(start + parts.length);
    if (start < 0 || (phrase === "id" && meaningOf(name).time)) return false;
    return (
      rest.every((word) => ASIDE.has(word) || word.length === 1 || /^\d+$/.test(word)) ||
      (start === 0 && IN_FRONT.has(phrase) && !rest.some(isMany))
    );
  });
}

/** Words for a number that a thing is given, at the end of its name: "depot_nr", "machine no". */
const GIVEN_NUMBER = /^(nr|no|nbr|nummer|numero)$/;
/** What is counted on and stands in order: the number of a visit says how many came before; and how many there are in all. */
const COUNTED_ON = new Set(
  (
    "seq sequence visit visits version lap episode week day page step round attempt floor level rank order turn period wave month year hour minute game trial run " +
    "stage phase session occasion measurement total sum count avg mean max min iteration rev revision chapter semester grade row line item position pos place series event issue volume question generation gen child children room rooms " +
    "lfd laufende woche tag monat jahr runde stufe etage besuch visite semaine jour mois annee tour etape visita semana dia mes ano ronda volta piano giorno settimana anno bezoek dag maand ronde wizyta tydzien dzien"
  ).split(" "),
);

/** The number of a thing by the end of its name, unless things of that name are counted on. */
function namedNumber(name: string): string | undefined {
  const words = nameWords(name);
  const last = words.at(-1) ?? "";
  return words.length === 2 && GIVEN_NUMBER.test(last) && !COUNTED_ON.has(words[0] ?? "") && !isMany(words[0] ?? "")
    ? words.join(" ")
    : undefined;
}

/** Words that end on an s and are no plurals: status, class, basis. */
const ONE = /(ss|us|is)$/;
const isMany = (word: string) => word.length > 3 && word.endsWith("s") && !ONE.test(word);

function inspectColumn(context: AuditContext, column: NumberColumn, repeats: Repeats): Suspicion[] {
  const info = infoOf(context, column.name);
  if ((!info.integer && !isNamedInParts(context, column)) || info.distinct < 3 || keyLikeness(context, column) !== null) return [];
  const words = nameWords(column.name);
  const number = namedNumber(column.name);
  const named = namedThing(column.name) ?? namedCompound(column.name) ?? number;
  if (number === undefined && AMOUNT.some((word) => words.includes(word) && named?.split(" ").includes(word) !== true)) return [];
  const { values, present } = valueCounts(context, column);
  const [low, high] = [values[0] ?? 0, values[values.length - 1] ?? 0];
  if (low < 0) return [];
  if (present / info.distinct < LEAST_ROWS_EACH || info.distinct > MOST_LEVELS)
    return meaningOf(column.name).keyOf === null && namedPlace(column.name) === undefined
      ? []
      : [keyOfFew({ column, distinct: info.distinct, low, high }, present)];
  const range: Range = { column, distinct: info.distinct, low, high };
  if (named === undefined) return byOrder(context, range, repeats);
  return looksPoured(valueCounts(context, column)) ? [] : [byName(range, named)];
}

/** Names of things in which a point parts two numbers ("3.6", hospital 6 of district 3): few, with many rows each. */
const [MOST_IN_PARTS, LEAST_OF_PARTS] = [50, 20];

function isNamedInParts(context: AuditContext, column: NumberColumn): boolean {
  const { values, present } = valueCounts(context, column);
  const isShort = (value: number) => Math.abs(10 * value - Math.round(10 * value)) < 1e-4;
  return (
    namedThing(column.name) !== undefined &&
    values.length <= MOST_IN_PARTS &&
    present >= LEAST_OF_PARTS * values.length &&
    values.every(isShort)
  );
}

/** Amounts of what the name says: many rows without any, and round numbers over three powers of ten in the others. */
const [LEAST_NONE, LEAST_AMOUNTS, LEAST_ROUND, LEAST_REACH] = [0.2, 20, 0.8, 1000];

function looksPoured({ values, counts, present }: ValueCounts): boolean {
  const [none = 1] = values;
  if (none !== 0 || (counts[0] ?? 0) < LEAST_NONE * present || values.length <= LEAST_AMOUNTS) return false;
  const some = values.subarray(1);
  const round = some.filter((value) => value % 5 === 0).length;
  return round >= LEAST_ROUND * some.length && (some.at(-1) ?? 0) >= LEAST_REACH * (some[0] ?? 1);
}

interface Range {
  readonly column: NumberColumn;
  readonly distinct: number;
  readonly low: number;
  readonly high: number;
}

function byName({ column, distinct, low, high }: Range, named: string): Suspicion {
  const gappy = high - low + 1 > 1.2 * distinct;
  const isWhole = Number.isInteger(low) && Number.isInteger(high);
  const [first, last] = isWhole ? [low, high] : [amount(low), amount(high)];
  return {
    ...common(column, gappy && distinct > 10 ? 0.85 : gappy ? 0.7 : 0.55),
    evidence: { distinct, low, high, gaps: gappy, word: named },
    why: `\`${column.name}\` holds ${amount(distinct)} different ${isWhole ? "whole numbers" : "numbers"} between ${first} and ${last}, and its name ("${named}") says that they are codes: a model would take ${last} for more than ${first}.`,
  };
}

/** The number of things of which each has few rows: its digits mean nothing, and there is too little of each to learn its name. */
function keyOfFew({ column, distinct, low, high }: Range, present: number): Suspicion {
  const steps = [{ op: "drop" as const, columns: [column.name] }];
  return {
    ...common(column, 0.75),
    evidence: { distinct, low, high, rowsPerCode: present / distinct, word: column.name },
    fix: { action: "steps", steps },
    counterfactual: { change: "steps", steps, flatters: false },
    why: `\`${column.name}\` numbers things, ${amount(distinct)} of them in ${amount(present)} rows: a model would take ${high} for more than ${low}, and each has too few rows to be learned by its name.`,
  };
}

/** Values without a name of codes: fewer are too few to have an order, more are measurements as a rule. */
const [LEAST_UNNAMED, MOST_UNNAMED] = [4, 200];
/** Whole numbers per code: amounts in round steps leave out more. */
const WIDEST_STEP = 30;
/** Neighbours are nearly as unlike as any two, whichever value is left out: a quantity whose neighbours are alike has less than half of it. */
const [RATIO, LEAST_RATIO, LEAST_SPREAD] = [0.8, 0.55, 0.4];
/** Random orders in which the rows per value change as little from one to the next. */
const HEAP = 0.01;
/** Orders by chance that are as smooth. */
const [BY_CHANCE, NEAR_BY_CHANCE] = [0.2, 0.05];

/** By the order alone: it tells nothing of what the rows of a value are like. */
function byOrder(context: AuditContext, { column, distinct, low, high }: Range, repeats: Repeats): Suspicion[] {
  if (distinct < LEAST_UNNAMED || distinct > MOST_UNNAMED || high - low + 1 > WIDEST_STEP * distinct || isMeasured(context, column))
    return [];
  const order = levelOrder(context, column, repeats, RATIO);
  if (order === null || order.telling < 2) return [];
  // Counts and measures come in heaps: how often a value occurs changes little from one to the next. How often a thing occurs has nothing to do with its number.
  const heap = smoothOrderP(valueCounts(context, column).counts, createRandom(context.seed, "order of counts", column.name).shuffle);
  if (heap < HEAP) return [];
  const confidence = confidenceOf(order);
  if (confidence === 0) return [];
  const { ratio, p, nearP, leastRatio, telling, levels } = order;
  return [
    {
      ...common(column, confidence),
      evidence: {
        distinct,
        low,
        high,
        levels,
        neighbourRatio: ratio,
        smootherByChance: p,
        nearSmootherByChance: nearP,
        leastRatio,
        telling,
        countsSmootherByChance: heap,
      },
      why: `\`${column.name}\` holds ${amount(distinct)} different whole numbers between ${low} and ${high} whose order means nothing: in ${amount(telling)} other columns neighbours among them are ${percent(ratio)} as unlike as any two of them (of a quantity much less), and ${percent(p)} of random orders are as smooth.`,
    },
  ];
}

/** The name or the spelling says of what it is an amount, a time or an order. */
function isMeasured(context: AuditContext, column: NumberColumn): boolean {
  const { unit, type, confidence } = context.roles.meanings[column.name] ?? semanticType(column);
  if (unit !== null || (type !== "category" && type !== "code" && confidence !== CONFIDENCE.rest)) return true;
  const { time, birth, ordered } = meaningOf(column.name);
  return time || birth || ordered;
}

/** 0: the order means something, or there are too few values to tell. */
function confidenceOf({ ratio, p, nearP, leastRatio, leastSpread, worth, levels }: LevelOrder): number {
  if (ratio < RATIO || p < BY_CHANCE || leastRatio < LEAST_RATIO || leastSpread < LEAST_SPREAD) return 0;
  // Four values stand in twelve orders.
  if (levels === LEAST_UNNAMED) return worth > 3.5 && p > 0.3 && leastRatio > 0.65 && leastSpread > 0.6 ? 0.45 : 0;
  if (worth < 4.5 || (levels > 7 && nearP < NEAR_BY_CHANCE)) return 0;
  return worth < 8 ? 0.6 : 0.75;
}

function common(column: NumberColumn, confidence: number) {
  const steps = [{ op: "to-category" as const, column: column.name }];
  return {
    trap: "code-as-number" as const,
    columns: [column.name],
    rows: NO_ROWS,
    severity: "costly" as const,
    confidence,
    fix: { action: "steps" as const, steps },
    counterfactual: { change: "steps" as const, steps, flatters: false },
    question: confidence < 0.6 ? `Is \`${column.name}\` an order (a higher number is more), or a code?` : null,
    choices: ["code", "order"] as const,
  };
}
