import { hasPhrase, nameWords, onceEachName } from "./name-words.ts";

/** What a quantity named like a column can be. Bounds are inclusive, in the usual unit; null = none known. */
export interface Quantity {
  readonly phrase: string;
  readonly low: number | null;
  readonly high: number | null;
  /** A living or real thing has more than nothing of it, or (an age) 0 is one only beside other small ones. */
  readonly zero: Zero;
  /** Whether nothing of that name is beyond its bounds; else hardly anything is, so that it is asked. */
  readonly sure: boolean;
}

type Zero = "may be" | "cannot be" | "not alone";
type Row = readonly [phrases: string, low: number | null, high: number | null, zero: Zero];

const DAYS_OF_YEAR: readonly string[] = ["day of year", "dayofyear", "doy", "yday", "jour de l annee", "tag des jahres"];
const LAST_DAY = 366;

/** Years of the longest life that is proved (Jeanne Calment, 122). */
const OLDEST = 122;

/** What may be older than anybody: houses, firms, trees. */
const OLDER = new Set(
  "building house property company firm tree stand forest bridge pipe gebaeude gebaude haus objekt baum bestand firma bruecke brucke pand woning gebouw boom bedrijf edificio immobile casa albero impresa azienda vivienda arbol empresa batiment maison logement arbre entreprise predio imovel arvore budynek budynku mieszkania drzewa firmy".split(
    " ",
  ),
);

/** The first row with a phrase in the name counts. Wide bounds: only what cannot be. */
const ROWS: readonly Row[] = [
  ["lag|diff|delta|change|log|scaled|norm|normalized|normalised|std|zscore|z|ratio", null, null, "may be"],
  // Counted in smaller units, and of things, it has no bound that is known.
  [
    "age months|age in months|age weeks|age days|age in days|age hours|alter monate|alter tage|age mois|age jours|edad meses|edad dias|idade meses|idade dias|eta mesi|eta giorni",
    0,
    null,
    "may be",
  ],
  ["account age|building age|house age|property age|company age|firm age|tree age", 0, null, "may be"],
  [
    "age at death|age|alter|edad|idade|eta|leeftijd|wiek|varsta|eletkor|vozrast|возраст|вік|възраст|ηλικια|ålder|aldur|ika|yas|vek|edat|vanus|amzius|vecums|umur|usia|年齢|年龄|나이|연령|kundenalter|patientenalter|fahreralter|mitarbeiteralter|bewerberalter|personenalter",
    0,
    OLDEST,
    "not alone",
  ],
  ["latitude|lat", -90, 90, "may be"],
  ["longitude|lon|lng", -180, 180, "may be"],
  ["glucose|glu|plas|blood sugar|blood pressure|bloodpressure|diastolic|systolic|sysbp|diabp|trestbps|bp", 0, 1200, "cannot be"],
  ["insulin|cholesterol|chol|triglycerides|ldl|hdl|creatinine|hemoglobin|haemoglobin|hematocrit|platelets|bilirubin", 0, null, "cannot be"],
  [
    "skin thickness|skinthickness|skin|triceps|skinfold|bmi|body mass|body mass index|heart rate|heartrate|pulse|thalach",
    0,
    1500,
    "cannot be",
  ],
  [
    "herzfrequenz|herzschlag|ruhepuls|puls|frequence cardiaque|pouls|freq cardiaca|frecuencia cardiaca|frequencia cardiaca|frequenza cardiaca|pulsaciones|pulsacoes|battiti|hartslag|hartfrequentie|tetno|hjartfrekvens|hjertefrekvens|nabiz|bpm",
    0,
    1500,
    "cannot be",
  ],
  [
    "blutdruck|systolisch|diastolisch|tension arterielle|pression arterielle|systolique|diastolique|presion arterial|pressao arterial|pressione arteriosa|sistolica|diastolica|bloeddruk|cisnienie krwi|cisnienie tetnicze|blodtryck|blodtrykk|blodtryk|verenpaine|tansiyon",
    0,
    1200,
    "cannot be",
  ],
  [
    "korpergrosse|koerpergroesse|korpergewicht|koerpergewicht|poids corporel|estatura|peso corporal|peso corporeo|statura|lichaamsgewicht|lichaamslengte|wzrost|masa ciala|kroppsvikt|kroppslangd|kroppsvekt|kropsvægt|legemsvægt",
    0,
    null,
    "cannot be",
  ],
  ["kelvin|temperature k|temp k|temperatur k|temperatura k|temperatuur k", 0, null, "cannot be"],
  ["rate|index|count|num|number|n|score|rank", null, null, "may be"],
  [
    "family size|familysize|household size|householdsize|hhsize|persons in household|persons per household|haushaltsgrosse|haushaltsgroesse|taille du menage|taille du foyer",
    0,
    null,
    "cannot be",
  ],
  ["spo2|oxygen saturation", 0, 100, "cannot be"],
  // Air is never quite dry; a probe that was not there says 0.
  ["relative humidity|humidity|hum", 0, 110, "cannot be"],
  ["rh", 0, 110, "may be"],
  ["ph", 0, 14, "cannot be"],
  [DAYS_OF_YEAR.join("|"), 0, LAST_DAY, "may be"],
  ["week of year|weekofyear|week number|weeknumber|iso week|isoweek|kalenderwoche|semaine de l annee", 0, 53, "may be"],
  ["weekday|day of week|dayofweek|dow|wochentag", 0, 7, "may be"],
  [
    "wind direction|winddirection|wind dir|winddir|windrichtung|direction du vent|direction vent|direccion del viento|direccion viento|direzione del vento|direzione vento|direcao do vento|direccao do vento|direcao vento|windrichting|vindretning|vindriktning|vindatt|tuulen suunta|kierunek wiatru|smer vetru|smer vetra|szelirany|directia vantului|ruzgar yonu|arah angin|azimuth|azimut|compass heading",
    -180,
    360,
    "may be",
  ],
  ["month|mnth|monat|mes", 0, 12, "may be"],
  ["hour|hr|stunde", 0, 24, "may be"],
  ["minute|minutes past", 0, null, "may be"],
  ["percent|percentage|pct|prozent", -100, null, "may be"],
  ["probability|prob", 0, 100, "may be"],
  [
    "height|body height|body weight|weight kg|weight lb|waist|horsepower|cylinders|displacement|wheelbase|curb weight",
    0,
    null,
    "cannot be",
  ],
  [
    "square feet|sqft|sq ft|square meters|sqm|living area|floor area|wohnflache|wohnflaeche|surface habitable|superficie habitable|superficie mq|superficie m2|metri quadri|metros cuadrados|metros quadrados|woonoppervlakte|carat",
    0,
    null,
    "cannot be",
  ],
  // Years since or with something: a length that may be 0, where a "year" is one of the calendar.
  ["years|yrs", null, null, "may be"],
  ["year built|yearbuilt|built year|birth year|year of birth|model year|baujahr|year|yr", 0, 2500, "cannot be"],
  ["population|households|residents|inhabitants", 0, null, "cannot be"],
  ["price|preis|precio|prix|prezzo|salary|wage|rent", null, null, "may be"],
  ["distance|duration|length|width|depth|area|volume|mass|weight|quantity|qty", 0, null, "may be"],
];

/** Amounts that hardly ever lie below 0: a name may say more than is known here (the seats that are left of an overbooked flight). */
const HARDLY_BELOW = (
  "speed|windspeed|experience|tenure|seniority|occupancy|capacity|rainfall|precipitation|snowfall|mileage|odometer|bedrooms|bathrooms|rooms|seats|passengers|" +
  "geschwindigkeit|windgeschwindigkeit|berufserfahrung|niederschlag|kilometerstand|laufleistung|zimmer|sitzplatze|sitzplaetze|fahrgaste|fahrgaeste|" +
  "vitesse du vent|anciennete|pluie|precipitations|kilometrage|chambres|passagers|velocidad|experiencia|antiguedad|lluvia|precipitacion|kilometraje|habitaciones|pasajeros|" +
  "velocita|esperienza|anzianita|pioggia|precipitazioni|chilometraggio|passeggeri|camere|stanze|velocidade|chuva|precipitacao|quilometragem|passageiros|quartos|" +
  "snelheid|windsnelheid|werkervaring|neerslag|kamers|predkosc|opady|" +
  "wt|wgt|gewicht|gewichte|poids|peso|vikt|waga"
).split("|");
/** Words by which they have a sign, or are another scale. */
const SIGNED = new Set(
  (
    "anomaly deviation departure error residual gap offset adjustment correction net relative vertical radial remaining available free left spare minus swing balance bias shift " +
    "standardized standardised centered centred ln zscore abweichung differenz rest frei freie verfugbar verfugbare restant restants disponible disponibles libres ecart variacion variation variazione diferencia differenza difference"
  ).split(" "),
);

const ENTRIES = ROWS.map(([phrases, ...rest]) => [phrases.split("|"), ...rest] as const);

/** Beside a month it is a day of it; alone it may count days. */
const DAY_OF_MONTH: Quantity = { phrase: "day", low: 0, high: 31, zero: "may be", sure: true };
const DAY = "day|day of month|dayofmonth|mday|tag|dia|jour".split("|");
const MONTH = "month|mnth|monat|mes|mois".split("|");

/** Reads the quantity from a column's name beside those of its table. */
export function quantityIn(name: string, table: readonly string[]): Quantity | null {
  const joined = (one: string) => nameWords(one).join(" ");
  const isDay = DAY.includes(joined(name)) && table.some((other) => MONTH.includes(joined(other)));
  return isDay ? DAY_OF_MONTH : quantityOf(name);
}

const PER: readonly string[] = ["per", "pro", "par", "por", "je", "each"];

/** What a rate is of, not what it is counted by: "reviews per month" is no month. */
function withoutUnit(all: readonly string[]): readonly string[] {
  const words = all.filter((word, place) => !(SPANS.includes(word) && /^\d+$/.test(all[place - 1] ?? "")));
  const per = words.findIndex((word, place) => place > 0 && place < words.length - 1 && PER.includes(word));
  return per < 0 ? words : words.slice(0, per);
}

/** Behind a number they say how long: "yield of 12 months" is no month. */
const SPANS: readonly string[] = ["minutes", "hours", "months", "years", "yrs", "monate", "stunden", "jahre", "mois", "meses"];

/** Parts of the calendar that are counted from 0 or from 1, and how many there are. */
const TURNS: readonly (readonly [phrases: readonly string[], count: number])[] = [
  [["day of month", "dayofmonth", "mday"], 31],
  [["weekday", "day of week", "dayofweek", "dow", "wochentag"], 7],
  [[...MONTH, "month of year"], 12],
];

/** How many there are of the part of the calendar that a column's name says, such as 12 of months; null for any other. */
export function turnsOf(name: string): number | null {
  const words = withoutUnit(nameWords(name));
  const isLength = words.some((word) => ["number", "count", "since", "until", "ago", "duration"].includes(word));
  const found = TURNS.find(([phrases]) => phrases.some((phrase) => hasPhrase([...words, words.join("")], phrase)));
  return isLength || found === undefined || words.some((word) => word.length > 4 && MONTH.some((month) => word === `${month}s`))
    ? null
    : found[1];
}

/** One hour is of a day, one month of a year; hours and months are lengths. */
const ON_A_CLOCK = ["hour", "hr", "stunde", "month", "mnth", "monat", "mes"];
const PLURALS = ["hours", "hrs", "stunden", "months", "mnths", "monate", "meses"];

/** Words with a ring, which tells an age (ålder) from a tree (alder). */
function ringWords(name: string): readonly string[] {
  const words = name
    .normalize("NFC")
    .toLowerCase()
    .split(/\P{L}+/u);
  return words.filter((word) => word.includes("å"));
}

/** Reads the quantity from a column's name; null when the name says none. */
export function quantityOf(name: string): Quantity | null {
  return quantityNamed(name);
}

const quantityNamed = onceEachName((name): Quantity | null => {
  const words = withoutUnit(nameWords(name));
  const joined = [...words, words.join(""), ...ringWords(name)];
  const ages = words.some((word) => OLDER.has(word));
  for (const [phrases, low, high, zero] of ENTRIES) {
    if (ages && high === OLDEST) continue;
    const phrase = phrases.find(
      (one) => hasPhrase(joined, one) && !(ON_A_CLOCK.includes(one) && words.some((word) => PLURALS.includes(word))),
    );
    if (phrase !== undefined) return low === null && high === null && zero === "may be" ? null : { phrase, low, high, zero, sure: true };
  }
  const hardly = words.some((word) => SIGNED.has(word)) ? undefined : HARDLY_BELOW.find((one) => hasPhrase(joined, one));
  return hardly === undefined ? null : { phrase: hardly, low: 0, high: null, zero: "may be", sure: false };
});

/** The last day of a year where a column's name says that it counts them; null for any other. */
export function daysOfYear(name: string): number | null {
  return DAYS_OF_YEAR.includes(quantityOf(name)?.phrase ?? "") ? LAST_DAY : null;
}
