import { plainLetters } from "../../core/plain-letters.ts";
import { GIVEN_NAMES } from "./given-names.ts";
import { nameWords, sameWord } from "./name-words.ts";

/** What a column's name says of a person. `open`: things are called so as well ("name", "customer"). */
export interface PersonalName {
  readonly kind: "person" | "address" | "birth";
  readonly open: boolean;
  /** It is "name" and nothing else: beside a first name, the last one. */
  readonly bare: boolean;
}

function phrases(text: string): readonly (readonly string[])[] {
  return text
    .trim()
    .split(/,\s*/)
    .map((phrase) => phrase.split(" "));
}

/** In English, German, French, Spanish, Italian, Portuguese, Dutch, Turkish, Swedish and Polish, as `nameWords` gives them. */
const PERSON = phrases(`
  first name, firstname, given name, givenname, forename, middle name, middlename, christian name, last name, lastname, family name, surname, full name,
  fullname, maiden name, person name, vorname, vornamen, nachname, familienname, zuname, geburtsname, vor und nachname, prenom, nom de famille, nom famille,
  nom complet, nom et prenom, nom prenom, nombre de pila, primer nombre, apellido, apellidos, apellido paterno, apellido materno, primer apellido,
  segundo apellido, nombre completo, nombre y apellidos, nome proprio, cognome, nome cognome, nome e cognome, sobrenome, apelido, nome completo,
  primeiro nome, voornaam, achternaam, familienaam, volledige naam, ad soyad, adi soyadi, adı soyadı, adsoyad, ad ve soyad, soyad, soyadi, soyadı, soyisim, isim soyisim,
  fornamn, efternamn, for och efternamn, imie, nazwisko, imie i nazwisko, imie nazwisko, nazwisko i imie, drugie imie
`);
const ADDRESS = phrases(`
  street, street address, street name, address, home address, address line, address 1, address line 1, addr, strasse, straße, anschrift, adresse,
  wohnadresse, rue, domicile, calle, direccion, domicilio, via, indirizzo, residenza, rua, endereco, morada, logradouro, straat, straatnaam, adres, woonadres
`);
const BIRTH = phrases(`
  date of birth, birth date, birthdate, birthdat, birthday, birth, dob, born, geburtsdatum, geburtstag, geburt, geb datum, gebdatum, geboren, naissance,
  date de naissance, date naissance, ddn, nacimiento, fecha de nacimiento, fecha nacimiento, nascita, data di nascita, data nascita, nascimento,
  data de nascimento, data nascimento, geboortedatum, geboorte
`);
const NAME = ["name", "names", "nom", "nome", "nombre", "naam", "namen", "namn", "isim", "ismi"];
/** Those of whom a table tells, and what joins them with "name". */
const WHOM = phrases(`
  customer, client, patient, person, employee, worker, manager, mgr, agent, rep, representative, salesman, salesperson, consultant, advisor, adviser, clerk, sachbearbeiter, sachbearbeiterin, bearbeiter, bearbeiterin, behandelaar, medewerker, gestionnaire, referent, gestor, funcionario, impiegato, operatore, pracownik, tekniker, technician, monteur, technicus, handlaggare, ansvarig, medarbetare, kund, lakare, skoterska, verpleegkundige, zorgverlener, musteri, calisan, personel, temsilci, danisman, memur, doktor, hekim, klient, pacjent, lekarz, opiekun, doradca, kierownik, ansprechpartner, ansprechpartnerin, caseworker, case worker, supervisor, student, pupil, teacher, member, user, passenger, player, driver, owner, author, artist, director,
  contact, host, applicant, candidate, guest, tenant, holder, cardholder, account holder, doctor, physician, donor, defendant, suspect, victim, participant, kunde,
  titulaire, proprietaire, besitzer, besitzerin, inhaberin, eigentumer, eigentuemer, kontoinhaber, karteninhaber, halter, tierhalter, propietario, propietaria,
  titular, titolare, intestatario, intestataria, proprietario, proprietaria, eigenaar, houder, rekeninghouder, wlasciciel, własciciel,
  kunden, mitarbeiter, schuler, inhaber, cliente, paciente, empleado, alumno, usuario, paziente, dipendente, klant, medewerker, employe, eleve, utilisateur,
  funcionario, aluno
`).map(([word]) => word ?? "");
const JOINS = ["of", "the", "de", "del", "du", "do", "da", "di", "van"];
const COMPOUND =
  /^(kunden|mitarbeiter|patienten|fahrer|schuler|schueler|studenten|mieter|inhaber|klant|personen|autoren|spieler)(name|naam)$/;

/** Null where the name speaks of nobody: "product_name", "file_name", "birth_weight". The telling words stand at its end. */
export function personalName(name: string): PersonalName | null {
  const words = nameWords(name);
  if (endsWith(words, PERSON)) return { kind: "person", open: false, bare: false };
  if (endsWith(words, ADDRESS)) return { kind: "address", open: true, bare: false };
  if (endsWith(words, BIRTH)) return { kind: "birth", open: true, bare: false };
  const rest = words.filter((word) => !NAME.includes(word) && !JOINS.includes(word));
  const ofSomebody = rest.every((word) => WHOM.some((whom) => sameWord(word, whom)) || COMPOUND.test(word));
  const says = words.some((word) => NAME.includes(word)) || rest.length > 0;
  // "Branch Mgr": the values must be names of people anyway.
  const last = rest.at(-1) ?? "";
  const endsInSomebody = words.at(-1) === last && WHOM.some((whom) => sameWord(last, whom));
  return says && (ofSomebody || endsInSomebody) ? { kind: "person", open: true, bare: rest.length === 0 } : null;
}

function wordsIn(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

/** Kinds of animals, in these languages and Polish; "race", "raza", "raca" and "rasa" are of people too. */
const KINDS = wordsIn("species breed tierart tierrasse espece especie specie razza diersoort gatunek");
/** "cat" and "tier" mean other things in English, "cane" and "pies" too. */
const ANIMALS = wordsIn(
  `animal animals dog dogs puppy cow cows cattle foal sheep pig hund hunde katze kuh kalb pferd fohlen chien chienne vache veau cheval perro vaca ternero
  caballo cachorro cavalo gatto mucca vitello cavallo koe paard zwierze zwierzę krowa kon koń`,
);
/** Said of people as well where they do not stand with a birth: has_pet, calf_circumference, horse_power. */
const OF_BIRTHS = wordsIn("pet pets calf horse mare");
/** What tells of an animal and no measure of it or of its holder. */
const TELLS_KIND = wordsIn("species breed race art rasse espece especie raza raca razza specie soort ras gatunek rasa");
const TELLS_WHICH = wordsIn("id name nom nome nombre naam nazwa");

/** "cow_birth_date": the name of an animal stands in it, and no word for a person. */
export function saysAnimal(name: string): boolean {
  const words = nameWords(name);
  return words.some((word) => ANIMALS.has(word) || KINDS.has(word) || OF_BIRTHS.has(word)) && !saysWhom(name);
}

/** A column of animals: of their kinds ("breed", "dog_breed", "species_id"), or of which they are ("animal_id", "cow"). */
export function animalColumn(name: string): "kind" | "which" | "animal" | null {
  if (saysWhom(name)) return null;
  const words = nameWords(name);
  const place = words.findIndex(
    (word, i) =>
      (KINDS.has(word) || ANIMALS.has(word)) &&
      (words.length === 1 || TELLS_KIND.has(words[i + 1] ?? "") || TELLS_WHICH.has(words[i + 1] ?? "")),
  );
  if (place < 0) return null;
  if (KINDS.has(words[place] ?? "") || TELLS_KIND.has(words[place + 1] ?? "")) return "kind";
  return words.length === 1 ? "animal" : "which";
}

/** "owner_birth_date". */
export function saysWhom(name: string): boolean {
  return nameWords(name).some((word) => WHOM.some((whom) => sameWord(word, whom)));
}

function endsWith(words: readonly string[], ends: readonly (readonly string[])[]): boolean {
  return ends.some((end) => {
    const start = words.length - end.length;
    return start >= 0 && end.every((word, i) => words[start + i] === word);
  });
}

/** One to five words of letters, as names of people are written. */
export function couldBePerson(text: string): boolean {
  return /^\p{L}[\p{L}\p{M}'’.-]*(,?\s+\p{L}[\p{L}\p{M}'’.-]*){0,4}$/u.test(text.trim()) && /\p{L}{2}/u.test(text);
}

/** A given name is among the words, or one of them is an initial: "Anna Schmider", "Allard, K". `alone`: the given name is the only word. */
export function saysPerson(text: string): "with others" | "alone" | null {
  const words = plainLetters(text)
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== "");
  const given = words.some((word) => GIVEN_NAMES.has(word));
  if (words.length === 1) return given ? "alone" : null;
  const initial = words.length <= 3 && [words[0], words.at(-1)].filter((word) => word?.length === 1).length === 1;
  return given || (initial && words.some((word) => word.length > 2)) ? "with others" : null;
}

/** Words and a house number: "Lindenweg 25", "1510 First Ave #112". */
export function couldBeAddress(text: string): boolean {
  return /\p{L}{3}/u.test(text) && /(^|[\s,])\d{1,5}\s?\p{L}?([\s,/-]|$)/u.test(text.trim());
}
