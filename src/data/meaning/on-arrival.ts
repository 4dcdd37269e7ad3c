import { phraseIndex, phrasesIn } from "./phrases.ts";

/** Words and phrases of a list, parted by commas. */
function list(text: string): readonly string[] {
  return text.trim().split(/,\s*/);
}

/** That something was so when somebody came, or when it was first looked at, where a preposition says it: "at admission", "al ingreso". */
const ON_ARRIVAL = phraseIndex(
  list(`
  on admission, upon admission, on arrival, at arrival, upon arrival, at presentation, on presentation, at entry, on entry, at enrolment, at enrollment, at intake, at inclusion,
  at referral, at registration, at booking, at triage, at diagnosis, at start, at onset, at origination, at first contact, at first visit,
  bei aufnahme, bei ankunft, bei eintritt, bei einlieferung, bei einschluss, bei antrag, bei beginn, zu beginn, bei diagnose, bei anmeldung,
  a l admission, a admission, a l arrivee, a l entree, a l inclusion, au depart, au debut, au diagnostic,
  al ingreso, a la admision, al inicio, al llegar, a la llegada, al diagnostico, de ingreso,
  na admissao, a admissao, no ingresso, na entrada, a entrada, na chegada, no inicio, ao diagnostico, na inclusao,
  all ammissione, al ricovero, all ingresso, all arrivo, all inizio, alla diagnosi, all arruolamento,
  bij opname, bij aankomst, bij binnenkomst, bij aanvang, bij start, bij diagnose, bij inclusie, bij aanvraag,
  przy przyjeciu, przy rozpoznaniu, na poczatku, przy wejsciu,
  pri prijeti, pri prijmu, pri vstupu, na zacatku, pri diagnoze,
  ved indlæggelse, ved indlaeggelse, ved innleggelse, ved ankomst, ved start, ved inklusion, vid inskrivning, vid inlaggning, vid ankomst, vid start,
  la internare, la admitere, la sosire, saat masuk, saat datang, basvuruda, kabulde, felvetelkor, erkezeskor
`),
);

/** "Before" and "since" where they are words of their own. */
export const BEFORE_ELSEWHERE = list(`
  vor, davor, zuvor, vorab, vorjahr, vormonat, vorwoche, vortag, vorwert, vorbefund, tage seit, wochen seit, monate seit, jahre seit,
  avant, auparavant, jours depuis, semaines depuis, mois depuis, annees depuis, antes, dias desde, semanas desde, meses desde, anos desde,
  prima di, prima del, prima della, precedenza, giorni da, mesi da, anni da, voor opname, voorafgaand, voordien, dagen sinds, maanden sinds, jaren sinds,
  przed, wczesniej, poprzedni, poprzednia, dni od, predchozi, tidligere, forrige, tidigare, aiempi, edellinen, elozo, korabbi, anterioara, inainte, sebelum, onceki
`);

/** That it is of the first look, in one word: a German "Ausgangswert". */
const FIRST_LOOKS = new Set(
  list(`
  ausgangswert, eingangs, eingangswert, eingangsbefund, anfangs, anfangswert, aufnahmewert, aufnahmebefund, aufnahmelabor, uitgangswaarde, beginwaarde, wyjsciowa, wyjsciowy, poczatkowa, poczatkowy,
  udgangsvaerdi, udgangspunkt, utgangsvarde, alkuarvo, kiindulasi, felveteli, vstupni, inicial, iniziale, initiale
`),
);

/** Nouns that say it without a preposition where they stand first or last beside what was measured: "CRP_Aufnahme". The English "admission" does not: an "icu_admission" is an event. */
const ARRIVALS = new Set(
  list(
    "aufnahme, einlieferung, ankunft, einschluss, opname, binnenkomst, ricovero, indlæggelse, indlaeggelse, innleggelse, inskrivning, felvetel",
  ),
);

/** Beside one of these it is an event too, that came later or not at all; or what is of the stay and not of the arrival. */
const OF_EVENTS = new Set(
  list(`
  its, icu, imc, ic, ti, iva, intensiv, intensive, intensivstation, uti, uci, station, stationar, stationaer, klinik, krankenhaus, spital, hospital, ziekenhuis, ospedale, sygehus, sykehus, notfall,
  art, grund, typ, anzahl, zahl, dauer, tage, re, neu, wieder, erneute, n, nr, id, ja, nein, flag, duur, dagen, aantal, reden, giorni, durata, motivo, numero, dage, dagar, antal
`),
);

/** That it was after the arrival, during the stay or at its end: "Ergebnis_nach_Aufnahme", "ontslag_opname". */
const LATER = new Set(
  list(`
  after, following, during, until, post, end, discharge, nach, wahrend, waehrend, ende, entlassung, tijdens, einde, ontslag, dopo, durante, fine, dimissione,
  apres, pendant, fin, sortie, despues, depois, apos, fim, efter, etter, slut, slutt, utskrivning, utskrivelse, udskrivelse, podczas, koniec, konec, behem, dupa, sonra, setelah
`),
);

/** Nobody is admitted dead of what comes: a death beside the arrival is one after it. */
const DEATH =
  /^(deaths?|died|dead|deceased|mortality|autopsy|tod|todes\p{L}*|verstorben\p{L}*|gestorben|sterb\p{L}*|letal\p{L}*|exitus|overl(ijden|eden)|sterfte|deces|decede\p{L}*|mort|morte|mortes|mortalit\p{L}*|mortalidade?|decess[oi]|decedut\p{L}*|muertes?|fallec\p{L}*|obitos?|dod|død|doden|døden|dodsfall|dødsfall|zgon|smrt|umrti|deced\p{L}*|halal|kuolema|olum)$/u;

/** "na" and "po" are "after" in the midst of a name only: elsewhere they are sodium and a pressure ("Aufnahme_Na", "PO2"), and "na admissão" is "on". */
function isLater(words: readonly string[]): boolean {
  return words.some((word, place) => {
    const next = words[place + 1] ?? "";
    if (word === "na") return place > 0 && ARRIVALS.has(next);
    if (word === "po") return place > 0 && /^\p{L}/u.test(next);
    return LATER.has(word) || DEATH.test(word);
  });
}

/** The words that say that it was so on arrival or at the first look; empty where none does, or where the name says that it came after. */
export function arrivalWords(words: readonly string[]): readonly string[] {
  const said = [...phrasesIn(words, ON_ARRIVAL), ...words.filter((word) => FIRST_LOOKS.has(word))];
  if (isLater(words)) return [];
  if (words.length < 2 || words.some((word) => OF_EVENTS.has(word))) return said;
  return [...said, ...[words[0] ?? "", words.at(-1) ?? ""].filter((word) => ARRIVALS.has(word))];
}
