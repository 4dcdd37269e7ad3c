import { type PhraseIndex, phraseIndex } from "./phrases.ts";

/** Names of columns in English, German, French, Spanish, Italian, Portuguese and Dutch; no accents, as `nameWords` gives them. */
function words(text: string): PhraseIndex {
  return phraseIndex(text.trim().split(/,\s*/));
}

export const NAMED = {
  mail: words("email, e mail, mail, mail address, courriel, correo, correo electronico, adresse mail, posta elettronica"),
  phone: words(
    "phone, telephone, tel, mobile, mobile number, msisdn, cell, cellphone, gsm, fax, whatsapp, telefon, handy, handynummer, mobilnummer, mobiltelefon, rufnummer, telefono, telefone, movil, celular, cellulare, portable, telefoon, tlf, tlfn, puhelin, puhelinnumero",
  ),
  url: words("url, uri, link, website, web site, webseite, homepage, href, enlace, lien, sito, site web, pagina web"),
  geo: words(
    "latitude, longitude, lat, lon, lng, latitud, longitud, breitengrad, langengrad, laengengrad, latitudine, longitudine, breedtegraad, lengtegraad",
  ),
  money: words(`
    price, cost, fare, fee, charge, salary, wage, income, revenue, amount paid, payment amount, budget, balance, turnover, profit, gain, loss,
    debt, rent, premium, tax, house value, sales amount, sales, loan amount, mortgage, alimony, bonus, pension, spend, spending, preis, kosten, gehalt, lohn, einkommen, umsatz, miete, gebuhr, gebuehr,
    betrag, saldo, gewinn, prix, cout, salaire, revenu, loyer, montant, solde, chiffre affaires, precio, costo, coste, salario, sueldo, ingreso,
    ingresos, importe, alquiler, prezzo, stipendio, reddito, affitto, importo, preco, custo, renda, aluguel, prijs, loon, huur, bedrag, omzet
  `),
  duration: words(`
    duration, tenure, elapsed, latency, runtime, run time, lead time, waiting time, wait, time to, hours per, dauer, laufzeit, wartezeit, bearbeitungszeit,
    fahrzeit, duree, delai, duracion, tiempo de espera, durata, duracao, tempo, duur, wachttijd, looptijd
  `),
  code: words(`
    zip, zipcode, zip code, postcode, postal, postal code, plz, postleitzahl, code postal, codigo postal, cap code, cep, code, codigo, codice, kode, kod, kodas, koodi,
    area code, sku, ean, isbn, iban, bic, icd, ticket, artikelnummer, vin, naics, sic
  `),
  date: words(`
    date, datetime, timestamp, ts, time, created at, updated at, year, yr, month, mnth, weekday, hour, hr, quarter, datum, jahr, monat, stunde,
    wochentag, zeitpunkt, uhrzeit, annee, mois, heure, jour, fecha, ano, anio, mes, hora, dia, data, anno, mese, ora, giorno, jaar, maand, uur
  `),
  text: words(
    "comment, description, review, message, remark, notes, bemerkung, beschreibung, kommentar, commentaire, comentario, descripcion, opmerking",
  ),
  category: words(`
    type, class, category, group, status, flag, level, grade, kind, sex, gender, season, education, cluster, segment, is, has, typ, klasse, kategorie, gruppe, geschlecht,
    stufe, categorie, groupe, statut, sexe, niveau, saison, categoria, grupo, estado, sexo, nivel, tipo, genere, livello
  `),
  count: words(
    "count, cnt, number of, num, nb, qty, quantity, total, anzahl, menge, nombre, nombre de, quantite, cantidad, numero de, quantita, quantidade, aantal",
  ),
} as const;

/** Units of time at the end of a name or behind a number, with their usual spellings. */
export const TIME_UNITS: Readonly<Record<string, readonly string[]>> = {
  ms: ["ms", "msec", "millis", "milliseconds", "millisecond"],
  s: ["s", "sec", "secs", "second", "seconds", "sekunden", "secondes", "segundos", "secondi"],
  min: ["min", "mins", "minute", "minutes", "minuten", "minutos", "minuti"],
  h: ["h", "hrs", "hours", "stunden", "heures", "horas", "ore", "uren"],
  d: ["d", "days", "tage", "jours", "dias", "giorni", "dagen"],
  wk: ["weeks", "wochen", "semaines", "semanas", "settimane", "weken"],
  mo: ["months", "monate", "meses", "mesi", "maanden"],
  a: ["years", "jahre", "annees", "anos", "anni", "jaren"],
};

/** Other units (SI, common imperial ones, shares), as they are written behind a number or at the end of a name. */
export const UNITS: readonly string[] =
  "kg, g, mg, t, lb, lbs, oz, km, m, cm, mm, mi, miles, ft, inch, yd, l, ml, gal, c, f, k, kwh, mwh, wh, kw, mw, w, v, a, hz, khz, mhz, ghz, pa, hpa, kpa, bar, psi, db, ph, ppm, gb, mb, kb, tb, mph, kmh, kph, sqft, sqm, m2, m3, ha, acres, pct, percent, prozent, rpm, nm, kcal, kj".split(
    ", ",
  );

export const CURRENCIES: readonly string[] =
  "eur, usd, gbp, chf, jpy, cny, inr, brl, cad, aud, sek, nok, dkk, pln, czk, mxn, zar, krw, euro, euros, dollar, dollars, pounds".split(
    ", ",
  );
