import { sameWord } from "./name-words.ts";

function list(text: string): readonly string[] {
  return text.trim().split(/,\s*/);
}

/** Of a hundred columns that are called so, fewer than half are written after the event: such a name asks and does not act. */
export const MOST_IF_BESIDE = 0.45;

/**
 * Nouns for events and words for what comes next, which stand before what they are of: the head of the name is last ("cancellation date", "cancellation policy").
 * Participles are none of them: what is "recovered" or "refunded" has been through it, whatever it is.
 */
const HEAD_LAST = new Set(
  list(`
  turnaround, turn around, end, finish, completion, closure, closing, resolution, termination, exit, settlement, retention, confirmation, recovery, collection,
  chargeback, refund, repayment, payout, penalty, dunning, reminder, reminders, outcome, result, verdict, decision, label, prediction, investigation, cancellation, cancel,
  conversion, survival, death, discharge, autopsy, final, next, subsequent, following, successive, succeeding,
  ende, abschluss, mahnung, mahnungen, inkasso, ruckgewinnung, rueckgewinnung, stornierung, storno, erstattung, retoure, ergebnis, resultat, kuendigung, kundigung, tod,
  nachste, nachster, nachstes, nachsten, naechste, naechster, naechstes, naechsten, folgende, folgender, folgendes, folgenden, nachfolgend, nachfolgende, nachfolgender,
  afsluiting, aanmaning, aanmaningen, terugbetaling, volgende,
  siguiente, proximo, proxima, suivant, suivante, prochain, prochaine, successivo, successiva, prossimo, prossima, seguinte,
  nastepny, nastepna, nastepne, nastepnej, nastepnego
`),
);

/** Nouns for events of languages in which the head is first: "date remboursement", "politique remboursement". */
const HEAD_FIRST = new Set(
  list(`
  cloture, cierre, chiusura, fechamento, encerramento, relance, relances, solleciti, sollecito, recordatorio, recordatorios,
  recouvrement, contentieux, recobro, rimborso, incasso, remboursement, reembolso, resultado, risultato, deces, muerte
`),
);

/** Words that name a thing as often as an event: what a library has, a village, a rest, opening hours, the flow of a river, a degree. */
const THINGS_TOO = new Set(list("collection, settlement, recovery, closing, discharge, abschluss"));

/** What is written of an event, and of no thing that is called like one. */
const WRITTEN = list(`
  date, time, timestamp, datetime, ts, dt, day, week, month, year, yr, at, on, when, by, reason, cause, amount, amt, sum, status, state, flag, ind, indicator,
  fee, charge, cost, result, outcome, score, disposition, code, cd, note, comment, remark, letter, event, balance, principal, interest, agency, agent,
  datum, zeit, zeitpunkt, tag, woche, monat, jahr, grund, betrag, summe, stand, gebuhr, gebuehr, kosten, ergebnis, bemerkung, vermerk, kennzeichen, am, um, von, durch,
  date, heure, jour, semaine, mois, annee, motif, raison, cause, montant, somme, statut, etat, frais, commentaire, le, par,
  fecha, hora, dia, semana, mes, ano, motivo, razon, causa, importe, monto, estado, cargo, coste, costo, tasa, comentario, por,
  data, razao, montante, valor, situacao, taxa, custo, comentario,
  ora, giorno, settimana, mese, anno, ragione, importo, stato, esito, commissione, spesa, nota,
  tijd, tijdstip, dag, week, maand, jaar, reden, oorzaak, bedrag, kosten, opmerking, door, op,
  data, czas, dzien, tydzien, miesiac, rok, dnia, tygodnia, miesiaca, roku, powod, przyczyna, kwota, koszt, uwagi
`);

/** What is written of an event, and may be said of a thing too: of a collection its type, its number, its value. */
const WRITTEN_OF_EVENTS = list(`
  type, subtype, category, kind, class, method, channel, mode, id, no, nr, nbr, number, num, count, cnt, n, name, value, val, price, total, percent, pct, rank, rating, grade, mark, text,
  label, probability, prob, proba, prediction, position, place, side, change, delta, diff, sale, return, demand, revenue, visit, order, offer,
  duration, length, age, hour, minute, min, second, sec, hr, h, ms, period, quarter, eur, euro, usd, dollar, gbp, chf, pln, km, kg, m, mm,
  art, typ, nummer, anzahl, wert, preis, dauer, stunde, angebot, umsatz, quote, note,
  nombre, valeur, prix, duree, tipo, numero, precio, duracion, quantita, valore, prezzo, durata, preco, duracao, aantal, waarde, prijs, duur, liczba, wartosc, cena,
  yes, yn, bool, binary, encoded, enc, multi, mean, avg, alive, dead, death
`);

/** Where a way ends, written there: "end station", beside the station it began at. */
const [ENDS, PLACES] = [
  new Set(["end", "ende", "finish"]),
  list("station, location, lat, latitude, lng, lon, longitude, address, city, point, odometer, mileage, zone, terminal, standort, ort"),
];

/** Words that tie an event to its place, time or thing: the head stands before them. */
const TIES = list(
  "of, in, to, from, with, for, after, before, within, between, during, per, and, or, de, du, des, da, do, del, della, di, d, en, mit, bei, nach, van, bij, met, na",
);

/** Marks before a noun that are no head of their own. */
const MARKS = list("is, has, had, was, n, num, nb, nr, flag, ind, est, a, total, la, le, les, el, il, o");

const isAnyOf = (word: string, entries: readonly string[]) => entries.some((entry) => sameWord(word, entry));
const isMark = (word: string) => word.length === 1 || /^\p{N}+$/u.test(word);

/**
 * Whether a phrase of after-words.ts in the words of a name says when the value is written: an event that is the head of the name, or is followed by what is
 * written of events. Where it qualifies another noun ("policy", "room", "size") it does not, nor where it names a thing as often.
 */
export function speaksOfEvent(words: readonly string[], phrase: string): boolean {
  if (phrase === "target")
    return words.every((word) => sameWord(word, "target") || isMark(word) || isAnyOf(word, WRITTEN_OF_EVENTS) || isAnyOf(word, WRITTEN));
  if (HEAD_FIRST.has(phrase)) return speaksAfterHead(words, phrase);
  if (!HEAD_LAST.has(phrase)) return true;
  const parts = phrase.split(" ");
  return words.some((_, start) => {
    if (!parts.every((part, i) => sameWord(words[start + i] ?? "", part))) return false;
    const [next] = words.slice(start + parts.length).filter((word) => !isMark(word));
    const isThingToo = THINGS_TOO.has(phrase);
    if (next === undefined) return !isThingToo || words.slice(0, start).some((word) => isAnyOf(word, WRITTEN));
    return (
      isAnyOf(next, WRITTEN) ||
      (ENDS.has(phrase) && isAnyOf(next, PLACES)) ||
      (!isThingToo && (isAnyOf(next, WRITTEN_OF_EVENTS) || isAnyOf(next, TIES)))
    );
  });
}

function speaksAfterHead(words: readonly string[], phrase: string): boolean {
  const start = words.findIndex((word) => sameWord(word, phrase));
  const heads = words.slice(0, start).filter((word) => !isMark(word) && !isAnyOf(word, TIES) && !isAnyOf(word, MARKS));
  return heads.every((word) => isAnyOf(word, WRITTEN) || isAnyOf(word, WRITTEN_OF_EVENTS));
}

/** The same of a word that begins with an event and goes on with what it is of: "kuendigungsgrund", "kuendigungsfrist". */
export function compoundSpeaksOfEvent(word: string, begin: string): boolean {
  const head = word.slice(begin.length).replace(/^s(?=\p{L}{4})/u, "");
  return [...WRITTEN, ...WRITTEN_OF_EVENTS].some((entry) => entry.length > 2 && head.endsWith(entry));
}
