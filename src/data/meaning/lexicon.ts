import { BEFORE_ELSEWHERE } from "./on-arrival.ts";

/** Words and phrases of a list, parted by commas. */
function list(text: string): readonly string[] {
  return text.trim().split(/,\s*/);
}

/** Words that say the value was there before: they excuse those of after-words.ts. */
export const BEFORE_WORDS = [
  ...list(`
  previous, previously, prior, prev, past, lag, lagged, historical, historic, history, hist, before,
  former, formerly, earlier, ago, initial, baseline, planned, expected, scheduled, requested, estimated, forecast,
  days since, weeks since, months since, years since, time since, days last, months last, since last, recency,
  at application, at admission, at signup, last year, last month, last week, vorher, vorherige, vorige, bisherige,
  geplant, precedent, precedente, anterior, previo, previa, vorig
`),
  ...BEFORE_ELSEWHERE,
];

/** Words of what is known of a later row before it comes; a plan that is kept to is equal to what became of it. */
export const PLAN_WORDS = list(`
  planned, scheduled, expected, forecast, booked, announced, contracted, agreed, day ahead, backlog, timetable, budgeted,
  geplant, gebucht, angekuendigt, angekundigt, vereinbart, prevu, prevue, annonce, annoncee, previsto, prevista, programado, programada,
  anunciado, anunciada, reservado, agendado, programmato, annunciato, prenotato, gepland, geboekt, aangekondigd, planowany, zaplanowany
`);

/** A key of a row or of a thing. */
export const ID_WORDS = list(`
  id, ids, uuid, guid, key, pk, identifier, index, idx, rowid, row, instant, serial, unnamed, number, no, nr, nbr, nro, num, ref,
  reference, hash, record, nummer, kennung, numero, identifiant, idcode, idnum, idno
`);

/** Words that end in "id" and are no short form of a key, as "custid" is. */
export const NO_KEYS = list(`
  acid, aid, amid, arid, avid, bid, braid, candid, covid, did, druid, eyelid, fluid, forbid, grid, humid,
  hybrid, invalid, kid, laid, lid, lipid, liquid, maid, mid, orchid, paid, placid, plasmid, prepaid, pyramid, rabid, raid, rapid, repaid, rigid, said,
  skid, slid, solid, splendid, squid, stupid, timid, unpaid, valid, vivid
`);

/** When something happened. */
export const TIME_WORDS = list(`
  date, time, timestamp, datetime, ts, day, dt, when, created, at, month, year, week, hour, period, datum, zeit, tag,
  fecha, hora, heure, jour, doy, yday, dayofyear, zeitpunkt, uhrzeit, monat, jahr, mois, annee, mes, ano, dia, mese, anno, giorno, maand, jaar, dag, datum, dzien, miesiac, rok
`);

/** Dates of a thing's past that do not order the rows. */
export const BIRTH_WORDS = list(`
  birth, born, dob, birthday, birthdate, geburt, geburtsdatum, geburtstag, naissance, nacimiento, nascimento, nascita, geboorte, geboortedatum
`);

/** What somebody is at any moment, whatever comes of it. */
export const LASTING_WORDS = list(`
  age, ages, sex, gender, race, ethnicity, nationality, height, alter, geschlecht, groesse, edad, sexo, idade, sexe, eta, sesso, leeftijd, geslacht
`);

/** Things that come back in many rows. */
export const ENTITY_WORDS = list(`
  customer, cust, client, patient, subject, user, household, family, account, person, member, student, pupil, employee, worker,
  driver, host, vehicle, car, device, machine, sensor, engine, unit, station, site, store, shop, hospital, clinic, doctor,
  session, visitor, speaker, writer, author, company, merchant, retailer, dealer, seller, buyer, bidder, vendor, supplier, well, house, property,
  building, case, claim, policy, contract, order, invoice, receipt, basket, booking, reservation, shipment, ticket, batch, lot, group, cohort, animal, participant, respondent,
  owner, player, team, school, psu, village, hamlet, parish, homestead, institution, institute, inst, center, centre, artist, singer, publisher, breeder, pollster, champion, athlete, runner, rider, jockey, coach, pilot,
  nurse, operator, technician, rater, grader, interviewer, ticker, chick, hen, rat, mouse, horse, cow, pig, lamb, calf, bird, tree, nest, colony, hive, cage, tank, chamber, lake, island, genotype, clone, individual, firm, farm, proband, professor, prof, teacher, couple, baby, litter, brood, herd, kunde, nutzer, benutzer, haushalt, konto, geraet, gerat, maschine, cliente, utilisateur, usuario,
  paciente, klant, study, trial, mom, mother, studie, etude, magasin, entreprise, etablissement, ecole, hopital, logement, vehicule, capteur, eleve, etudiant, employe, foyer, menage, joueur, medecin, patiente,
  laden, filiale, firma, unternehmen, schule, schueler, klinik, krankenhaus, arzt, fahrzeug, gebaeude, mitarbeiter, spieler, verein, fahrer, lieferant, kundin, probandin, patientin,
  tienda, empresa, escuela, vehiculo, maquina, estacion, alumno, empleado, hogar, jugador, medico, proveedor, negozio, azienda, scuola, ospedale, veicolo, macchina, stazione, studente, dipendente, famiglia, giocatore, paziente,
  utente, fornitore, loja, escola, estacao, aluno, funcionario, jogador, fornecedor, winkel, bedrijf, ziekenhuis, voertuig, leerling, medewerker, huishouden, speler, leverancier, sklep, szkola, szpital, pojazd, maszyna, uczen, pracownik,
  rodzina, gracz, lekarz, pacjent, klient, klienta, klientki, pacjenta, pacjentki, abonent, abonenta, uzytkownik, uzytkownika, pracownika, sklepu, szkoly, szpitala, pojazdu, maszyny,
  gracza, lekarza, kontrahent, kontrahenta, butik, foretag, skola, sjukhus, kund, elev, spelare,
  picker, packer, cashier, clerk, inspector, examiner, assessor, surveyor, auditor, adjuster, assembler, welder, dispatcher, mechanic, electrician, surgeon, physician, dentist,
  therapist, midwife, pharmacist, lecturer, instructor, tutor, lawyer, salesperson, salesman, saleswoman, representative, consultant, advisor, adviser, contractor, volunteer, donor, tenant,
  passenger, skipper, trader, investor, borrower, applicant, candidate, farmer, sorter, caseworker, carer, caregiver, sampler, observer, analyst,
  kommissionierer, kommissioniererin, packerin, kassierer, kassiererin, bediener, bedienerin, maschinenfuehrer, maschinenfuhrer, werker, monteur, pruefer, prufer, sachbearbeiter,
  sachbearbeiterin, verkaeufer, verkaufer, verkaeuferin, verkauferin, berater, beraterin, betreuer, zusteller, lehrer, lehrerin, pfleger, pflegerin, aerztin, arztin, zahnarzt, hebamme,
  schuler, mieter, teilnehmer, teilnehmerin, landwirt, melker,
  preparateur, preparatrice, caissier, caissiere, vendeur, vendeuse, operateur, operatrice, ouvrier, ouvriere, technicien, technicienne, livreur, chauffeur, conducteur, enseignant, enseignante,
  professeur, infirmier, infirmiere, conseiller, conseillere, inspecteur, controleur, agriculteur, locataire, soudeur, magasinier, chirurgien, dentiste,
  operario, operaria, operador, operadora, cajero, cajera, vendedor, vendedora, preparador, repartidor, tecnico, trabajador, trabajadora, obrero, profesor, profesora,
  enfermero, enfermera, agricultor, inquilino, soldador, cirujano, entregador, motorista, trabalhador, trabalhadora, enfermeiro, enfermeira, inspetor, inspetora, professora, medica,
  operatore, cassiere, cassiera, venditore, venditrice, autista, magazziniere, addetto, addetta, lavoratore, lavoratrice, operaio, operaia, insegnante, docente, infermiere,
  infermiera, ispettore, saldatore, chirurgo, orderpicker, kassamedewerker, verkoper, leraar, docent, verpleegkundige, huisarts, inspecteur, huurder, lasser, deelnemer,
  kasjer, kasjerka, sprzedawca, kierowca, kierowcy, magazynier, magazyniera, technik, robotnik, nauczyciel, nauczycielka, pielegniarka, inspektor, najemca, spawacz, rolnik, doradca,
  uczestnik, brygadzista, pracownica, larare, saljare, sjukskoterska
`);

/** Yes, as people and programs write it. */
export const PLAIN_YES = list("yes, true, 1, y, t, ja, j, oui, o, si, s, sim, tak, ano, evet, igen, kylla, da, ναι, да, 是, はい, 예");

/** No, as people and programs write it. */
export const PLAIN_NO = list(
  "no, false, 0, n, f, nein, non, nao, nie, ne, nee, nej, nei, nu, hayir, nem, ei, οχι, нет, 否, いいえ, 아니오",
);

/** Levels that mean "it happened". */
export const YES_LEVELS: readonly string[] = [
  ...PLAIN_YES,
  ...list(`
  positive, pos, +, present, churn, churned, fraud, default, died, dead, malignant, spam, abnormal, anomaly, failure, failed, defect, sick, ill,
  bought, clicked, converted, won
`),
];

/** Levels that mean "it did not happen". */
export const NO_LEVELS: readonly string[] = [
  ...PLAIN_NO,
  ...list(`
  -1, negative, neg, -, absent, stayed, retained, legit, genuine, alive, benign, ham, normal, ok, healthy, lost
`),
];

/** Levels that any question may have. */
export const ANSWERS: ReadonlySet<string> = new Set([...YES_LEVELS, ...NO_LEVELS]);

/** Names of targets whose whole numbers are an order, not names of classes. */
export const ORDERED_WORDS = list(`
  rating, score, stars, star, quality, level, grade, rank, count, number, num, amount, age, price, days, stage, severity,
  points, note, nota, qualitat, anzahl, total, cnt, years
`);

/** Words that two names may share without being of one kind. */
export const COMMON_WORDS = list(`
  is, has, was, the, of, in, per, flag, ind, indicator, value, val, name, rate, ratio, mean, median, avg, average, min,
  max, sum, std, status, state, date, time, id, new, old, first, last, main, pct, percent, percentage, prop, proportion, share
`);

/** Lists of kinds that everybody knows and that hardly grow. */
export const KIND_WORDS = list(`
  occupation, job, profession, education, degree, industry, sector, trade, branch, department, genre, language, currency, color,
  colour, weekday, weather, religion, race, ethnicity, nationality, gender, breed, beruf, bildung, branche, sprache, farbe,
  metier, langue, couleur, profesion, idioma
`);

/** Parts of the land: kinds too, but things of which a table may hold some and a model be asked about others. */
export const AREA_WORDS = list(`
  country, nation, continent, region, state, province, county, district, municipality, commune, village, bundesland, pays, pais, provincia
`);

/** Names of targets whose whole numbers are names of classes. */
export const CLASS_WORDS = list(`
  class, label, type, category, cat, kind, species, code, cluster, segment, target, klasse, classe, clase, classi, klass, art, typ, tipo, soort, kategorie, kategori, categorie, categoria, kategoria, gattung, spezies, especie, specie, espece
`);

/** Names of targets whose numbers are marks of what became of a thing or was chosen, though they may leave some out ("status" 0, 7, 8, 9). */
export const MARK_WORDS = list(`
  status, stat, choice, choose, chosen, diagnosis, diag, dx, disposition, decision, verdict, auswahl, wahl, diagnose, choix, eleccion, scelta
`);

/** Where a row was collected or measured. */
export const SOURCE_WORDS = list(`
  site, center, centre, hospital, clinic, ward, lab, laboratory, batch, plate, scanner, device, instrument, machine, sensor,
  source, origin, dataset, data set, file, filename, cohort, study, trial, station, collector, annotator, rater, interviewer,
  observer, surveyor, enumerator, examiner, assessor, inspector, sampler, coder, scorer, observateur, enqueteur, osservatore, osserv, intervistatore, observador, encuestador,
  entrevistador, beobachter, erheber, pruefer, prufer, waarnemer, obserwator, ankieter, gozlemci, observator,
  operator, technician, camera, fichier, archivo, datei, arquivo, src, standort, quelle, klinik, krankenhaus, labor, geraet, gerat, hopital, laboratoire,
  fuente, origen, estacion, fonte, sede, bron, quellsystem, herkunft, herkunftssystem, messgerat, messgeraet, analysator, analyzer, analyser, lims,
  provenance, origine, appareil, clinique, centro, laboratorio, instrumento, clinica, maquina, origem, proveniencia, ospedale, strumento, provenienza, macchina,
  ziekenhuis, kliniek, laboratorium, meetstation, herkomst, bronsysteem, szpital, stacja, zrodlo, urzadzenie,
  branch office, filiale, sucursal, succursale, vestiging, oddzial, sube, hastane, istasyon, cihaz, anlaggning, sjukhus,
  logger, data logger, datalogger, recorder, detector, terminal, test bench, datenlogger, messschreiber, messstation, detektor, pruefstand, prufstand,
  enregistreur, capteur, analyseur, detecteur, banc essai, borne, registrador, analizador, registratore, sensore, analizzatore, rilevatore, stazione, terminale,
  registador, analisador, estacao, opnemer, rejestrator, czujnik, analizator, matstation, givare, registrerare, kaydedici, algilayici
`);

/** Places of work and of sale, whose names may be a trait of the case as well as where its row comes from: a source only where one of them is off all others. */
export const PLACE_OF_ROW_WORDS = list(`
  plant, factory, school, college, branch, shop, store, region, district, office, facility, practice,
  werk, fabrik, schule, niederlassung, zweigstelle, laden, geschaeft, geschaft, bezirk, praxis, arztpraxis, betrieb,
  usine, ecole, lycee, college, agence, magasin, boutique, cabinet, fabrica, planta, escuela, colegio, instituto, tienda, oficina, consultorio,
  escola, loja, agencia, regiao, fabbrica, stabilimento, scuola, negozio, agenzia, ambulatorio, regione, fabriek, winkel, filiaal, regio,
  fabryka, zaklad, szkola, sklep, przychodnia, skola, skole, butik, butikk, koulu, tehdas, myymala, okul, magaza, fabrika, subesi, bolge,
  zavod, pobocka, obchod, iskola, uzlet, gyar, sairaala, sykehus, sygehus, nemocnice, korhaz, spital
`);
