import { plainLetters } from "./plain-letters.ts";

/** Spellings of "no value" that are hardly ever anything else, folded. */
const SURE = new Set(
  [
    "|n/a|n.a.|n.a|na|(not set)|<not set>|not set|(not provided)|not provided|(unset)|(undefined)|#nv|#n/d|#n/v|#nb|#n/b|#nd|(blank)|(blanks)|(empty)|(missing)|(none given)|(leer)|leer|(vide)|vide|(vacio)|vacio|(en blanco)|(vazio)|vazio|(vuoto)|vuoto|(leeg)|leeg|(puste)|puste|<unknown>|<missing>|<none>|<empty>|n.b.|nan|-nan|null|nul|nil|<na>|<null>|(null)|[null]|\\n|#n/a|#na|#null!|#div/0!|#value!|#ref!|#num!|#name?|1.#qnan|1.#ind|nat",
    "missing|missing value|not available|no data|nodata|no value|undefined|undef|unavailable|blank|empty|not recorded|not reported|not stated",
    "not specified|unspecified|not provided|not given|tbd|to be determined|not known|not answered|no answer|no response|not ascertained",
    "k.a.|k. a.|keine angabe|keine angaben|ohne angabe|unbekannt|nicht bekannt|fehlt|fehlend|nicht angegeben",
    "inconnu|inconnue|non renseigne|non renseignee|non disponible|manquant|desconocido|desconocida|sin dato|sin datos|s/d|n/d|no disponible|no especificado",
    "desconhecido|desconhecida|nao informado|sem informacao|ignorado|sconosciuto|non noto|dato mancante|onbekend|niet bekend|okand|ukjent|ukendt",
    "not disclosed|no information|information not available|info not available|not available at present|uppgift saknas|ej angivet",
    "ikke oplyst|ikke angivet|ingen data|ei tietoa|niet opgegeven|niet ingevuld|geen gegevens|nie podano|neuvedeno|neudano|nincs adat|belirtilmemis",
    "no consta|sin informacion|sin especificar|no se sabe|nao consta|nao informada|sem dados",
    "nao especificado|non precise|non precisee|non connu|non connue|non specificato|dato non disponibile",
    "нет информации|не известно|не заполнено|未填写|未記入|不詳|不详|未详|미상",
    "nieznane|nieznany|brak danych|neznamy|nezname|bilinmiyor|н/д|неизвестно|нет данных|не указано|不明|未知|なし|無回答|없음|알수없음",
  ]
    .join("|")
    .split("|"),
);
/** Spellings that may also be a level of their own. */
const DOUBTFUL = new Set(
  "unknown|unk|unkn|unknwn|unknow|nd|n.d.|n.c.|n/c|nr|ns|none|k.a|xx|xxx|xxxx|xna|xap|not sure|don't know|dont know|dk|nk|n/k|n.k.".split(
    "|",
  ),
);

/** States that a thing may be in as well: a bill is open, a share is not listed. They are asked about. */
const STATES = new Set(
  "not listed|not determined|unassigned|tbc|to be confirmed|to confirm|a confirmer|a preciser|por confirmar|a confirmar|da confermare|zu klaren|noch offen|te bevestigen|do potwierdzenia|b/d|b.d.|not entered|not collected|no informado|no informada|no registrado|no registrada|non rilevato|non disponibile|non communique".split(
    "|",
  ),
);
const ASKS = 0.4;

/** Codes of places, sizes and languages that look like a null word: Namibia, North Dakota, Naples. */
const PLACE = /^[A-Z]{2,3}$/;
const SHORT_PLACE = /^[A-Z]{1,3}$/;
const SMALL_PLACE = /^[a-z]{2,3}$/;
const MANY_PLACES = 20;

/** 0 = a value; else the probability that a level means "no value" by its spelling. `others`: the other levels of its column. */
export function nullConfidence(level: string, others: readonly string[]): number {
  const folded = fold(level);
  if (isPunctuation(level)) return others.some(isPunctuation) ? 0 : folded === "?" ? 0.97 : 0.85;
  const sure = SURE.has(folded) || isSeveral(folded);
  if (isDenied(folded, others)) return 0;
  if (folded === "refused") return others.some(saysUnknown) ? 0.6 : 0.3;
  if (STATES.has(folded)) return ASKS;
  if (!sure && !DOUBTFUL.has(folded)) return 0;
  const places = others.filter((other) => PLACE.test(other.trim())).length;
  // Beside many codes of places it is one of them: North Dakota, Namibia.
  const short = others.filter((other) => SHORT_PLACE.test(other.trim())).length;
  if (PLACE.test(level.trim()) && others.length >= MANY_PLACES && places >= 0.5 * others.length && short >= 0.95 * others.length) return 0;
  if (isOneOfSymbols(level, others) || isSmallPlace(level, others) || (!sure && isCode(level, others))) return 0;
  if (PLACE.test(level.trim()) && others.length >= 3 && places >= 0.8 * others.length) return 0.2;
  if (folded === "none" || folded === "nil") return others.filter(saysDegree).length >= Math.max(2, others.length / 2) ? 0 : 0.3;
  return sure ? 0.95 : 0.6;
}

/** How often or how much: on such a scale "none" is its lower end. */
const DEGREES =
  /^(rare|rarely|seldom|sometimes|occasional|occasionally|regular|regularly|often|frequent|frequently|always|daily|weekly|monthly|yearly|low|medium|moderate|moderately|high|mild|severe|light|heavy|some|few|several|many|little|much|a lot|small|large|minor|major|partial|full|slight|strong|weak)$/u;

function saysDegree(other: string): boolean {
  return fold(other)
    .split(/[_\s-]+/u)
    .some((word) => DEGREES.test(word));
}

/** "not available" beside "available", "non rilevato" beside "rilevato": the other answer, and no gap. */
function isDenied(folded: string, others: readonly string[]): boolean {
  const denied = /^(?:not|non|no|nao|nicht|niet|ikke|ej|inte|nie|не) (.{3,})$/u.exec(folded)?.[1];
  return denied !== undefined && others.some((other) => fold(other) === denied);
}

/** Beside it "refused" is an answer that was not given; alone it may be a parcel, a loan or a visa. */
function saysUnknown(other: string): boolean {
  const folded = fold(other);
  return folded !== "refused" && (SURE.has(folded) || DOUBTFUL.has(folded)) && !isPunctuation(other);
}

/** Words that mean "no value" beside another that does. */
const BESIDE = new Set(["invalid", "other", "refused", "not applicable"]);

const SEPARATED = /[/,;|]|\so/;

/** "unknown/invalid", "missing or refused": each part says it, or says so beside one that does. */
function isSeveral(folded: string): boolean {
  if (!SEPARATED.test(folded)) return false;
  const parts = folded.split(/\s*[/,;|]\s*|\s+(?:or|oder|ou|o)\s+/);
  const says = (part: string) => part !== "" && (SURE.has(part) || DOUBTFUL.has(part));
  return parts.length > 1 && parts.some(says) && parts.every((part) => says(part) || BESIDE.has(part));
}

/** Beside many codes of places in small letters. Beside a few short words it may mean anything. */
function isSmallPlace(level: string, others: readonly string[]): boolean {
  if (!SMALL_PLACE.test(level.trim()) || others.length < MANY_PLACES) return false;
  return others.filter((other) => SMALL_PLACE.test(other.trim())).length >= 0.95 * others.length;
}

/** Symbols of one writing, such as those of elements: sodium, neodymium. */
const SYMBOL = /^[A-Z][a-z]{0,2}$/;

/** Two signs with a capital letter, as codes of airlines and of makers have, and others beside which one more is no word. */
const [TWO_SIGNS, OTHER_CODES] = [/^(?=.*[A-Z])[A-Z\d]{2}$/, 6];

/** NK beside AA, B6 and DL: all have the form of a code. */
function isCode(level: string, others: readonly string[]): boolean {
  const [text, ...codes] = [level, ...others].map((one) => one.trim());
  return TWO_SIGNS.test(text ?? "") && codes.length >= OTHER_CODES && codes.every((code) => TWO_SIGNS.test(code));
}

/** Beside many symbols written as it is, a capital first, it is one of them. */
function isOneOfSymbols(level: string, others: readonly string[]): boolean {
  if (!/^[A-Z][a-z]$/.test(level.trim()) || others.length < MANY_PLACES) return false;
  return others.filter((other) => SYMBOL.test(other.trim())).length >= 0.95 * others.length;
}

/** "none" and "nil" say of a thing that there is none of it wherever many rows do. */
export function saysNone(level: string): boolean {
  const folded = fold(level);
  return folded === "none" || folded === "nil";
}

/** The text in lower case, without accents and outer blanks. */
export function fold(text: string): string {
  return plainLetters(text)
    .normalize("NFC")
    .replace(/[\s\u00a0]+/g, " ")
    .trim()
    .toLowerCase();
}

/** Nothing but signs, and no question. */
export function isSign(text: string): boolean {
  return isPunctuation(text) && !text.includes("?");
}

function isPunctuation(text: string): boolean {
  return /^[\s\p{P}\p{S}]*$/u.test(text);
}
