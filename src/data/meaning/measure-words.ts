import type { Dimension } from "../../core/units.ts";
import { phraseIndex, phrasesIn } from "./phrases.ts";

/** What a name measures, in several languages, as words without accents (the l with a stroke, of Polish, keeps it or is an l). The first dimension with a phrase in the name counts. */
const ROWS = [
  [
    "temperature",
    "temperature|temp|temperatur|temperatura|temperatuur|lampotila|teplota|homerseklet|sicaklik|температура|celsius|fahrenheit|dew point",
  ],
  [
    "concentration",
    "glucose|cholesterol|chol|creatinine|hemoglobin|haemoglobin|triglycerides|hba1c|urea|bilirubin|blood sugar|hgb|hemoglobine|hemoglobina|hamoglobin|glukose|glucosa|glucosio|glicose|glycemie|glicemia|glucemia|cholesterin|colesterol|colesterolo|kreatinin|creatinina|triglyzeride|trigliceridos|harnstoff|uree|bilirubina|blutzucker|kreatinine|kreatynina|glukoza|glukos|glukoz|kolesterol|mocznik",
  ],
  [
    "pressure",
    "pressure|druck|luftdruck|pression|presion|pressione|pressao|luchtdruk|cisnienie|lufttryck|lufttrykk|lufttryk|tlak|nyomas|presiune|basinc|давление|barometer",
  ],
  [
    "speed",
    "speed|windspeed|velocity|geschwindigkeit|windgeschwindigkeit|vitesse|velocidad|velocidade|velocita|snelheid|windsnelheid|predkosc|hastighet|hastighed|vindhastighet|vindhastighed|nopeus|rychlost|sebesseg|viteza|скорость",
  ],
  [
    "share",
    "percent|percentage|pct|prozent|share|fraction|ratio|proportion|humidity|luftfeuchtigkeit|luftfeuchte|feuchtigkeit|humidite|humedad|umidita|umidade|vochtigheid|wilgotnosc|pourcentage|porcentaje|percentuale|percentagem|procent|anteil",
  ],
  [
    "area",
    "area|sqft|surface|flache|flaeche|wohnflache|wohnflaeche|nutzflache|nutzflaeche|grundflache|grundflaeche|superficie|oppervlakte|woonoppervlakte|powierzchnia|boarea|areal|plocha|terulet|suprafata|living area|lot size|square footage",
  ],
  [
    "volume",
    "volume|capacity|volumen|volym|volum|objem|terfogat|engine size|displacement|hubraum|cylindree|cilindrada|cilindrata|pojemnosc|slagvolume",
  ],
  ["mass", "weight|mass|masse|massa|masa|gewicht|gewichten|poids|peso|waga|vikt|vekt|vægt|hmotnost|suly|tomeg|greutate|agirlik|paino|вес"],
  ["power", "horsepower|engine power|leistung|motorleistung|nennleistung|puissance|potenza"],
  [
    "length",
    "height|length|width|depth|distance|diameter|radius|altitude|elevation|thickness|waist|hip|neck|stature|size|mileage|odometer|kilometer|kilometre|groesse|grosse|hoehe|hohe|laenge|breite|tiefe|entfernung|abstand|umfang|durchmesser|kilometerstand|laufleistung|hauteur|longueur|largeur|profondeur|diametre|kilometrage|distancia|altura|anchura|profundidad|diametro|kilometraje|kilometro|altezza|larghezza|lunghezza|profondita|distanza|chilometraggio|chilometri|largura|comprimento|profundidade|quilometragem|quilometro|hoogte|lengte|breedte|diepte|afstand|przebieg|odległosc|odleglosc|wysokosc|długosc|dlugosc|głebokosc|glebokosc|srednica|avstand|hojd|hoyde|høyde|højde|langd|lengde|længde|bredd|bredde|djup|dybde|matarstallning|vzdalenost|vyska|delka|tavolsag|magassag|hossz|distanta|inaltime|lungime|mesafe|yukseklik|uzunluk|korkeus|pituus|leveys|etaisyys",
  ],
] as const satisfies readonly (readonly [Dimension, string])[];

const NAMED = ROWS.map(([dimension, phrases]): readonly [Dimension, readonly string[]] => [dimension, phrases.split("|")]);
const PHRASES = phraseIndex(NAMED.flatMap(([, phrases]) => phrases));

/** What the words of a name (without accents, lower case) say that is measured; null: nothing. */
export function measuredBy(words: readonly string[]): Dimension | null {
  const spoken = phrasesIn(words, PHRASES);
  return NAMED.find(([, phrases]) => spoken.some((phrase) => phrases.includes(phrase)))?.[0] ?? null;
}
