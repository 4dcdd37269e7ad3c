import { ID_WORDS } from "./lexicon.ts";
import { meaningOf } from "./meaning.ts";
import { isPlural, nameWords, onceEachName } from "./name-words.ts";
import { NAMED } from "./semantic-words.ts";

/** Words in the names of whole numbers that are names of something: the difference of two of them means nothing. */
const NOMINAL = [
  "zip|zipcode|zip code|postcode|post code|postal|postal code|plz|cap code|area code|code|cd|type|typ|category|kategorie|region|district|county|state|country|city",
  "branch|store|shop|product|article|sku|department|dept|sector|industry|channel|source|carrier|vendor|supplier|merchant|agent|station|route|brand|model",
  // Lists of trades, goods, jobs, illnesses and regions that are numbered by their makers.
  "nace|naics|isic|sic code|isco|cpv|hs code|taric|icd|icd9|icd10|nuts|snomed|atc code|cpc|mcc|merchant category code",
  "ateco|cnae|pkd|anzsic|wz code|sbi code|insee|istat|teryt|nuts code",
  // Headings of customs tariffs.
  "tariff code|tariff heading|tariff number|hs heading|hs number|customs heading|customs code|commodity code|commodity number|cn code|harmonized code|harmonised code",
  "zolltarifnummer|zolltarif|warennummer|warencode|position tarifaire|nomenclature douaniere|code douanier|partida arancelaria|posicion arancelaria|voce doganale|voce tariffaria",
  "posicao pautal|posicao tarifaria|ncm|goederencode|tariefcode|kod celny|kod taryfy|varukod",
  "zone|tract|census tract|parcel|origin|destination|fips",
  "group|treatment|trt|cohort|stratum|strata|replicate|block|plot|batch|method|variety|cultivar|genotype|strain|breed|diet|drug|tissue|organ|cage|tank|chamber|herbicide|pesticide",
  "substrate|subst|habitat|soil|land use|landuse|land cover|landcover|reg",
  "subject|respondent|participant|patient|operator|machine|clinic|hospital|institution|institute|inst|school|center|centre|site|ward|party|team|section|division",
  "id|cluster|segment|plan|color|colour|make|marital|marriage|religion|race|ethnicity|occupation|job|gender|sex|nationality|citizenship|qualification",
  // The same in other languages.
  "produkt|artikel|warengruppe|abteilung|filiale|bezirk|gemeinde|branche|produit|magasin|agence|secteur|commune|filiere|producto|articulo|tienda|sucursal|municipio|distrito",
  "produto|artigo|loja|setor|prodotto|articolo|negozio|reparto|comune|settore|causale|afdeling|winkel|gemeente|wijk|artykul|dzial|sklep|gmina|powiat|branza|oddzial|strefa|zona|regiao|regione|rejon",
  "purpose|zweck|finalidad|finalite|proposito|scopo|doel|line|linie|linea|ligne|linia|lane|maschine|anlage|maszyna|maquina|werk",
  "cat|reason|cause|grund|motivo|motif|mode|course|programme|language|sprache|idioma|langue|currency",
  "flight number|flight num|flight no|house number|room number|line number|bus number|train number|block number|lot number|batch number|store number|shop number|unit number|part number",
  "item number|model number|route number|station number|gate number|seat number|account number|policy number|member number|employee number|customer number|patient number",
  // Flights are called by their numbers.
  "flight|fl num|fl number|fl no|flug|flugnummer|flugnr|numero de vol|num vol|vuelo|numero de vuelo|voo|numero do voo|volo|numero volo|numero di volo|vlucht|vluchtnummer|numer lotu",
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
  // How long, in the plural: "months in the job", "jahre im beruf". A month or an hour alone comes back and numbers.
  ..."seconds secs minutes mins hours hrs weeks months mths quarters yrs decades sekunden minuten stunden tage wochen monate jahre secondes heures jours semaines annees".split(
    " ",
  ),
  ..."segundos minutos horas dias semanas meses anos secondi minuti giorni settimane mesi anni seconden uren dagen weken maanden jaren sekundy minuty godziny dni miesiace lata".split(
    " ",
  ),
  // And how many.
  ..."cnt nb qty quantity tenure seniority".split(" "),
];
/** Codes of which a table often has few rows each: an area, a number that is given out. */
const PLACES = new Set(
  "flight|flight number|flight num|flight no|fl num|fl number|fl no|flug|flugnummer|flugnr|numero de vol|num vol|vuelo|numero de vuelo|voo|numero do voo|volo|numero volo|numero di volo|vlucht|vluchtnummer|numer lotu|zip|zipcode|zip code|postcode|post code|postal|postal code|plz|cap code|area code|tract|census tract|parcel|fips|sku".split(
    "|",
  ),
);

/** The word for a place of which a table often has few rows, at the end of the name. */
export function namedPlace(name: string): string | undefined {
  const named = namedThing(name);
  return named !== undefined && PLACES.has(named) ? named : undefined;
}

/** Up to three letters before the word, in one with it: "wkzone", "txtype". */
const CODE_COMPOUND = /^\p{L}{1,3}(zone|tract|code|type|cat)$/u;
/** German, Dutch and Swedish write a thing and its code as one word: "fehlercode", "artikelkode", "gemeindeschluessel". */
const LONG_COMPOUND = /^\p{L}{3,}(code|kode|kod|schluessel|schlussel|kennung|kennziffer)$/u;
/** A part of a land and the register or the post that numbers it, in one word: "statefip", "countyfips", "custzip". */
const REGISTER_COMPOUND = /^\p{L}{2,}(fips?|zip|zipcode|postcode|plz|insee|ags)$/u;
/** Words of their own that end so. */
const NO_COMPOUNDS = new Set(
  "unzip gzip bzip tags flags bags transcode abstract attract contract detract extract retract decode encode recode uncode ozone antitype retype bobcat".split(
    " ",
  ),
);

function namedCompound(name: string): string | undefined {
  return nameWords(name).find(
    (word) => [CODE_COMPOUND, LONG_COMPOUND, REGISTER_COMPOUND].some((compound) => compound.test(word)) && !NO_COMPOUNDS.has(word),
  );
}

const THINGS = [...new Set([...NOMINAL, ...[...NAMED.code.values()].flat().map((parts) => parts.join(" "))])].map((phrase) => ({
  phrase,
  parts: phrase.split(" "),
}));

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
  "kod",
  "kode",
  "cd",
  "reason",
  "cause",
  "motivo",
  "motif",
]);

/** Between things and that where they are counted. */
const PREPOSITIONS = new Set("on in at per within inside pro je par por sur dans auf im am bei".split(" "));

/** What people are split by: "employees by sex" says how something is told, and is no sex. */
const SPLIT_BY = new Set(
  "sex gender race ethnicity religion nationality citizenship occupation qualification region country state".split(" "),
);

/** Lines that are an amount and no number of a line: "credit_line", the lines of bets. */
const LINES = new Set("line linie linea ligne linia".split(" "));
const OF_AMOUNTS = new Set("credit kredit loan overdraft poverty base water snow tree money spread under over betting".split(" "));

/**
 * The word for codes or things that the name ends with, but for words that say no more. "store visits" are visits, "agent_note_len" is a length, "tickets" are counted, and the
 * id of a year is the year.
 */
export function namedThing(name: string): string | undefined {
  return thingOf(name);
}

const thingOf = onceEachName((name) => {
  // A column of the ids of firms may be called "firm_ids".
  const words = nameWords(name).map((word) => (word === "ids" ? "id" : word));
  return THINGS.find(({ phrase, parts }) => {
    if (!words.includes(parts[0] ?? "")) return false;
    const start = words.findLastIndex((_, i) => parts.every((part, k) => words[i + k] === part));
    const rest = start < 0 ? [] : words.slice(start + parts.length);
    if (start < 0 || (phrase === "id" && meaningOf(name).time)) return false;
    if (start > 1 && words[start - 1] === "by" && SPLIT_BY.has(phrase)) return false;
    // "stops on route", "rooms per floor": of the things before it.
    if (start > 1 && PREPOSITIONS.has(words[start - 1] ?? "") && isPlural(words[start - 2] ?? "")) return false;
    if (LINES.has(phrase) && OF_AMOUNTS.has(words[start - 1] ?? "")) return false;
    // CD4 and CD8 are cells that are counted.
    if (phrase === "cd" && /^\d/.test(rest[0] ?? "")) return false;
    return (
      rest.every((word) => ASIDE.has(word) || word.length === 1 || /^\d+$/.test(word)) ||
      (start === 0 && IN_FRONT.has(phrase) && !rest.some(isPlural))
    );
  })?.phrase;
});

/** Words for a number that a thing is given, at the end of its name: "depot_nr", "machine no". */
const GIVEN_NUMBER = /^(nr|no|nbr|nummer|numero)$/;
/** What is counted on and stands in order: the number of a visit says how many came before; and how many there are in all. */
const COUNTED_ON = new Set(
  (
    "seq sequence visit visits version lap episode week day page step round attempt floor level rank order turn period wave month year hour minute game trial run " +
    "stage phase session occasion measurement total sum count avg mean max min iteration rev revision chapter semester grade row line item position pos place series event issue volume question generation gen child children room rooms " +
    "versuch essai intento tentativo tentativa poging proba lfd laufende woche tag monat jahr runde stufe etage besuch visite semaine jour mois annee tour etape visita semana dia mes ano ronda volta piano giorno settimana anno bezoek dag maand ronde wizyta tydzien dzien"
  ).split(" "),
);

/** The number of a thing by the end of its name, unless things of that name are counted on. */
function namedNumber(name: string): string | undefined {
  const words = nameWords(name);
  const last = words.at(-1) ?? "";
  return words.length === 2 && GIVEN_NUMBER.test(last) && !COUNTED_ON.has(words[0] ?? "") && !isPlural(words[0] ?? "")
    ? words.join(" ")
    : undefined;
}

/** What the name of a column of numbers says: the word for codes or things in it, if any, and whether it is an amount all the same. */
export function numberNamed(name: string): { readonly named: string | undefined; readonly isAmount: boolean } {
  const number = namedNumber(name);
  const named = namedThing(name) ?? namedCompound(name) ?? number;
  const words = nameWords(name);
  const isAmount = number === undefined && AMOUNT.some((word) => words.includes(word) && named?.split(" ").includes(word) !== true);
  return { named, isAmount };
}

/** Numbers that are given out, in steps or not. */
const GIVEN_OUT = /(^| )(code|cd|id|zip|plz|number|nr|no|nbr|num)$/;

/** Whether the name says that the number was given to a thing or a place, so that none is too large: "flight", "FL_NUM", "statefip", "branch code". */
export function givenOut(name: string): boolean {
  const { named, isAmount } = numberNamed(name);
  return !isAmount && named !== undefined && (PLACES.has(named) || GIVEN_OUT.test(named) || namedCompound(name) !== undefined);
}
