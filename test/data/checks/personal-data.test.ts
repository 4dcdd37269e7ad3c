import { expect, test } from "vitest";
import { identifier } from "../../../src/data/checks/identifier.ts";
import { personalData } from "../../../src/data/checks/personal-data.ts";
import { inferRoles } from "../../../src/data/index.ts";
import { type Cells, cells, coin, contextOf } from "./context.ts";

const ROWS = 200;

const given = (columns: Record<string, Cells>, dates: string[] = []) =>
  contextOf({ columns: { ...columns, y: coin(ROWS) }, target: "y", dates });

const make = <T>(label: string, one: (random: { next(): number; normal(): number; integer(n: number): number }, row: number) => T) =>
  cells(ROWS, 11, label, one);

test("phone numbers as they are written at home are known by the name of their column", async () => {
  const digits = make("t", (random) => `0${30 + random.integer(60)} ${1_000_000 + random.integer(8e6)}`);
  const context = given({ telefon: digits, artikel: digits, size: make("s", (random) => random.normal()) });
  const meanings = inferRoles(context.dataset, context.frame, { target: "y" }).meanings;
  const found = await personalData.inspect({ ...context, roles: { ...context.roles, meanings } });
  expect(found.map(({ columns, evidence }) => [columns[0], evidence.kind])).toEqual([["telefon", "phone"]]);
});

test("mails, cards and people are named without showing one", async () => {
  const columns = {
    mail: make("m", (random, row) => `p${row}.${random.integer(99)}@example.org`),
    card: make(
      "c",
      (_, row) => ["4111111111111111", "5500005555555559", "340000000000009", "6011000000000004", "4012888888881881"][row % 5]!,
    ),
    name: make("n", (random, row) => `Smith, Mr. John ${"ABCDEFGH"[random.integer(8)]}${row}`),
    code: make("k", (random) => `${random.integer(900)}-${random.integer(900)}`),
    amount: make("a", (random) => String(4_000_000_000_000_000 + random.integer(1e9))),
  };
  const found = await personalData.inspect(given(columns));
  expect(found.map(({ columns, evidence }) => [columns[0], evidence.kind])).toEqual([
    ["mail", "email"],
    ["card", "card"],
    ["name", "person"],
  ]);
  for (const { why } of found) expect(why).not.toMatch(/example\.org|Smith|4111/);
});

const GIVEN = ["Anna", "Jürgen", "María", "Luca", "Sophie", "Pieter", "João", "Olga", "François", "Emma", "Paul", "Greta"];
const FAMILY = ["Schmidt", "García", "Rossi", "Dupont", "de Vries", "Silva", "Kowalski", "Yılmaz", "Nguyen", "Weber", "Moreau", "Jansen"];
const pick = (label: string, words: readonly string[]) => make(label, (random) => words[random.integer(words.length)]!);
const addresses = make("a", (random) => `${["Lindenweg", "Rue Royale", "Via Roma"][random.integer(3)]} ${1 + random.integer(98)}`);
const days = make("d", (random) => Date.UTC(1950 + random.integer(50), random.integer(12), 1 + random.integer(28)));

test.each([
  ["first_name", "surname", "street", "date_of_birth"],
  ["vorname", "nachname", "straße", "geburtsdatum"],
  ["prenom", "nom", "adresse", "date_naissance"],
  ["nombre", "apellido", "dirección", "fecha_nacimiento"],
  ["nome", "cognome", "indirizzo", "data_nascita"],
  ["nome", "sobrenome", "endereço", "data_nascimento"],
  ["voornaam", "achternaam", "straat", "geboortedatum"],
  ["förnamn", "efternamn", "straat", "geboortedatum"],
  ["imię", "nazwisko", "adres", "birth_date"],
])("a person in four columns: %s, %s, %s, %s", async (first, last, street, birth) => {
  const columns = { [first]: pick("f", GIVEN), [last]: pick("l", FAMILY), [street]: addresses, [birth]: days };
  const found = await personalData.inspect(given(columns, [birth]));
  expect(found.map(({ columns, evidence, question }) => [columns[0], evidence.kind, question])).toEqual([
    [first, "person", null],
    [last, "person", null],
    [street, "address", null],
    [birth, "birth", null],
  ]);
  expect(found[3]?.fix).toEqual({ action: "steps", steps: [{ op: "date-parts", column: birth, parts: ["year"] }] });
  expect(found[3]?.why).toContain("the mended table still holds the dates");
});

test("names of things are left alone, and addresses and births without a person are asked", async () => {
  const things = make("t", (random) => `${["Acme", "Globex", "Initech"][random.integer(3)]} ${FAMILY[random.integer(12)]} Trading`);
  const columns = {
    product_name: things,
    file_name: make("n", (random) => `anna_${random.integer(300)}.txt`),
    name: things,
    team_name: pick("q", GIVEN),
    rue: pick("r", FAMILY),
    address: addresses,
    birth_date: days,
    birth_weight: make("w", (random) => 3000 + random.integer(900)),
  };
  const found = await personalData.inspect(given(columns, ["birth_date"]));
  expect(found.map(({ columns, confidence, question }) => [columns[0], confidence < 0.5, question])).toEqual([
    ["address", true, "Are the addresses in `address` those of people?"],
    ["birth_date", true, "Are the dates in `birth_date` the dates of birth of people?"],
  ]);
});

test("births in a table of animals are asked about although the owner stands beside, those of the owner are not", async () => {
  const owner = make("o", (random) => `${GIVEN[random.integer(12)]} ${FAMILY[random.integer(12)]}`);
  const births = async (birth: string, beside: string) => {
    const columns = { owner, [beside]: pick("q", ["a", "b", "c"]), [birth]: days };
    const found = await personalData.inspect(given(columns, [birth]));
    return found.filter(({ evidence }) => evidence.kind === "birth").map(({ confidence, question }) => [confidence, question !== null]);
  };
  for (const beside of ["espece", "breed", "Tierart", "animal_id", "animal", "dog_breed", "Cow Name", "hund_rasse"])
    expect([beside, await births("date_naissance", beside)]).toEqual([beside, [[0.45, true]]]);
  expect(await births("cow_birth_date", "region")).toEqual([[0.45, true]]);
  for (const beside of [
    "race",
    "raza",
    "region",
    "pet_owner",
    "has_pet",
    "pet",
    "pet_scan",
    "calf",
    "mare",
    "horse_id",
    "dog_bites",
    "cane",
    "pies",
  ])
    expect([beside, await births("date_of_birth", beside)]).toEqual([beside, [[0.8, false]]]);
  for (const birth of ["pet_dob", "calf_birth_date"]) expect(await births(birth, "region")).toEqual([[0.45, true]]);
  expect(await births("owner_birth_date", "species")).toEqual([[0.8, false]]);
});

test("numbers and flags beside births tell of no animal, and where people are sure only a species or breed does", async () => {
  const owner = make("o", (random) => `${GIVEN[random.integer(12)]} ${FAMILY[random.integer(12)]}`);
  const people = { email: make("e", (random) => `u${random.integer(1e6)}@mail.com`), last_name: pick("l", FAMILY), owner };
  const births = async (who: keyof typeof people, beside: string, cells: Cells) => {
    const found = await personalData.inspect(given({ [who]: people[who], [beside]: cells, date_of_birth: days }, ["date_of_birth"]));
    return found.find(({ evidence }) => evidence.kind === "birth")?.confidence;
  };
  const [kinds, flag] = [pick("k", ["a", "b", "c"]), pick("f", ["yes", "no"])];
  const count = make("c", (random) => random.integer(4));
  for (const beside of ["species", "dog", "animal_id"]) {
    expect([beside, await births("owner", beside, kinds)]).toEqual([beside, 0.45]);
    expect([beside, await births("owner", beside, count)]).toEqual([beside, 0.8]);
  }
  expect(await births("owner", "dog", flag)).toBe(0.8);
  expect(await births("owner", "species", flag)).toBe(0.45);
  for (const who of ["email", "last_name"] as const) {
    for (const beside of ["species", "dog_breed", "animal_race"])
      expect([beside, await births(who, beside, kinds)]).toEqual([beside, 0.45]);
    for (const beside of ["dog", "animal_id", "cow_name"]) expect([beside, await births(who, beside, kinds)]).toEqual([beside, 0.8]);
  }
});

test("full names are known by a given name or an initial among their words; storms that are called so are asked", async () => {
  const full = make("f", (random) => `${GIVEN[random.integer(12)]} ${FAMILY[random.integer(12)]}${"abcdef"[random.integer(6)]}`);
  const initials = make("i", (random) => `${FAMILY[random.integer(12)]}${"abcdef"[random.integer(6)]}, ${"KLM"[random.integer(3)]}.`);
  const confidence = async (columns: Record<string, Cells>) => (await personalData.inspect(given(columns)))[0]?.confidence;
  expect(await confidence({ customer_name: full })).toBe(0.8);
  expect(await confidence({ name: initials })).toBe(0.8);
  for (const name of ["ad_soyad", "Adı Soyadı", "ansvarig_tekniker", "handläggare", "doradca", "müşteri", "imię i nazwisko"])
    expect(await confidence({ [name]: full }), name).toBe(0.8);
  expect(await confidence({ tekniker: pick("s", FAMILY) })).toBeUndefined();
  expect(await confidence({ name: pick("s", GIVEN) })).toBeLessThan(0.5);
});

/** The digit that makes the checksum right. */
function withCheckDigit(digits: string): number {
  const sum = [...digits].reduce((total, digit, place) => {
    const twice = Number(digit) * (place % 2 === 0 ? 2 : 1);
    return total + (twice > 9 ? twice - 9 : twice);
  }, 0);
  return Number(`${digits}${(10 - (sum % 10)) % 10}`);
}

test("card numbers that were read as numbers are told by their checksums, and no check shows one", async () => {
  const digits = (random: { integer(n: number): number }) => `4${1e6 + random.integer(8e6)}${1e6 + random.integer(8e6)}`;
  const columns = {
    payment: make("p", (random) => withCheckDigit(digits(random))),
    tracking: make("k", (random) => Number(`${digits(random)}${random.integer(10)}`)),
  };
  const context = given(columns);
  const found = await personalData.inspect(context);
  expect(found.map(({ columns, evidence }) => [columns[0], evidence.kind, evidence.expected])).toEqual([["payment", "card", 20]]);
  const keys = await identifier.inspect(context);
  expect(keys.map(({ columns, why }) => [columns[0], why.includes("for example")])).toEqual([
    ["payment", false],
    ["tracking", true],
  ]);
});

test("mail addresses as keys are called so, not codes", async () => {
  const mail = make("m", (random, row) => `luis${row}.${random.integer(99)}@ejemplo.es`);
  const [found] = await identifier.inspect(given({ mail }));
  expect(found?.why).toContain("100 % of its values are different: an e-mail address for each row");
});

test("mail addresses within texts are to be masked, and managers of a branch are people", async () => {
  const note = cells(400, 1, "n", (random, row) =>
    row % 40 === 0 ? `please write to jo${row}@example.com soon` : `call ${row} was about bill ${random.integer(900)}`,
  );
  const names = [
    "Anna Weber",
    "Paul Klein",
    "Laura Rossi",
    "Peter Novak",
    "Maria Silva",
    "Robert King",
    "Julia Braun",
    "David Moore",
    "Sarah Jones",
    "Thomas Lang",
    "Carlos Vega",
    "Emma Wolf",
  ];
  const columns = { note, "Branch Mgr": cells(400, 1, "b", (random) => names[random.integer(names.length)]!), y: coin(400) };
  const found = await personalData.inspect(contextOf({ columns, target: "y" }));
  expect(found.map(({ columns: [name], fix, evidence }) => [name, fix.action, evidence.kind])).toEqual([
    ["note", "advice", "email"],
    ["Branch Mgr", "steps", "person"],
  ]);
});

test("phone numbers within texts are to be masked; numbers of bills are none", async () => {
  const note = (text: (row: number) => string) => cells(400, 1, "n", (_, row) => (row % 10 === 0 ? text(row) : `bill ${row} was paid`));
  const look = async (text: (row: number) => string) =>
    (await personalData.inspect(contextOf({ columns: { note: note(text), y: coin(400) }, target: "y" }))).map(
      ({ evidence }) => evidence.kind,
    );
  expect(await look((row) => `call back, +49 176 77${10_000 + row}`)).toEqual(["phone"]);
  expect(await look((row) => `bill 4917677${10_000 + row} of ${row}`)).toEqual([]);
});

test("cards within texts as they stand on the card, with the number of texts of each kind", async () => {
  const cards = ["4111 1111 1111 1111", "5500-0000-0000-0004", "4012 8888 8888 1881"];
  const look = async (card: (row: number) => string) => {
    const note = cells(400, 1, "n", (_, row) => {
      if (row % 40 === 0) return `call back, +49 176 77${10_000 + row}`;
      return row % 20 === 1 ? `${row} please take it from ${card(row)}` : `bill ${row} was paid`;
    });
    const [found] = await personalData.inspect(contextOf({ columns: { note, y: coin(400) }, target: "y" }));
    return found;
  };
  const found = await look((row) => cards[row % 3]!);
  expect(found).toMatchObject({ evidence: { kind: "card", withinTexts: 30, ofEach: { card: 20, phone: 10 }, share: 0.075 } });
  expect(found!.why).toContain("hold card numbers (20 texts) and phone numbers (10 texts)");
  expect(found!.fix).toMatchObject({ text: expect.stringContaining("Mask the card numbers (20 texts) and phone numbers") });
  // A wrong checksum, a longer one, and too few.
  for (const other of ["4111 1111 1111 1112", "4111 1111 1111 1111 1", "4111-1111 1111 1111"])
    expect((await look(() => other))?.evidence.ofEach).toEqual({ phone: 10 });
  expect((await look((row) => (row < 80 ? cards[0]! : "it")))?.evidence.ofEach).toEqual({ phone: 10 });
});

test("the share of texts that hold a phone number is that of the cells, not of the different texts", async () => {
  const note = cells(400, 1, "n", (_, row) => (row % 4 === 0 ? `call back, +49 176 77${10_000 + row}` : "paid by card"));
  const [found] = await personalData.inspect(contextOf({ columns: { note, y: coin(400) }, target: "y" }));
  expect(found).toMatchObject({ evidence: { kind: "phone", withinTexts: 100, share: 0.25 } });
  expect(found!.why).toMatch(/^25 % of the texts/);
});

test("accounts whose checksum is wrong are told under their name alone", async () => {
  const iban = make("i", (random) => `DE${10 + random.integer(90)}${String(1e8 + random.integer(8e8)).repeat(2)}`);
  const article = make("a", (random) => `DE${10 + random.integer(90)}${String(1e8 + random.integer(8e8)).repeat(2)}`);
  const kinds = async (columns: Record<string, Cells>) =>
    (await personalData.inspect(given(columns))).map(({ columns: [name], evidence }) => [name, evidence.kind]);
  expect(await kinds({ iban, article })).toEqual([["iban", "iban"]]);
  expect(await kinds({ customer_iban: iban })).toEqual([["customer_iban", "iban"]]);
  expect(await kinds({ iban: make("b", (random) => (random.integer(2) === 0 ? "yes" : "no")) })).toEqual([]);
});

/** Of 4,000 notes, those of few rows hold a number. */
const noted = async (text: (row: number, random: { integer(n: number): number }) => string, of = 500) => {
  const note = cells(4000, 3, "n", (random, row) => (row % of === 0 ? text(row, random) : `bill ${row} was paid`));
  const found = await personalData.inspect(contextOf({ columns: { note, y: coin(4000) }, target: "y" }));
  return found.map(({ evidence }) => [evidence.kind, evidence.withinTexts]);
};

test("a few card numbers whose checksum is right are enough, whatever the share of the texts; numbers of orders are none", async () => {
  const card = (random: { integer(n: number): number }) =>
    String(withCheckDigit(`4${1e6 + random.integer(8e6)}${1e6 + random.integer(8e6)}`));
  expect(await noted((_, random) => `receipt of card ${card(random)}`)).toEqual([["card", 8]]);
  expect(await noted((_, random) => `receipt of card ${card(random).replace(/(.{4})(?=.)/g, "$1 ")}`)).toEqual([["card", 8]]);
  // Four of them, and one that comes again and again.
  expect(await noted((_, random) => `receipt of card ${card(random)}`, 1000)).toEqual([]);
  expect(await noted((row) => `receipt ${row} of card 4111111111111111`, 50)).toEqual([]);
  // Of orders a tenth has the checksum: more than five do here.
  expect(await noted((_, random) => `order ${4e15 + random.integer(1e9) * 1e6 + random.integer(1e6)} came`, 20)).toEqual([]);
  // The branches that begin with 1 or 7 to 9 issue no cards to pay with.
  expect(await noted((_, random) => `receipt of card 9${card(random).slice(1)}`)).toEqual([]);
});

test("a few phone numbers are enough where a plus or a word says what they are", async () => {
  expect(await noted((row) => `please knock, tel 07700 ${900_000 + row}`)).toEqual([["phone", 8]]);
  expect(await noted((row) => `rappeler, tél. 06 12 34 ${10 + (row % 80)} 5${row % 10}`, 499)).toEqual([["phone", 9]]);
  expect(await noted((row) => `please call +49 176 77${10_000 + row}`)).toEqual([["phone", 8]]);
  // Two zeros may stand before another number: of half a percent of the texts alone.
  expect(await noted((row) => `lot 0049 176 77${10_000 + row}`)).toEqual([]);
  expect(await noted((row) => `lot 0049 176 77${10_000 + row}`, 100)).toEqual([["phone", 40]]);
  expect(await noted((row) => `hotel 07700 ${900_000 + row}`)).toEqual([]);
  expect(await noted((row) => `please knock, tel 07700 ${900_000 + row}`, 1000)).toEqual([]);
});

const two = (number: number) => String(number).padStart(2, "0");

test.each<[string, (row: number) => string]>([
  ["days", (row) => `Handy ${two(1 + (row % 28))}.05.2023 abgegeben`],
  ["days behind a word for lines", (row) => `call by tel ${two(1 + (row % 28))}.05.2023 again`],
  ["days with the year in front", (row) => `by tel 2023-01-${two(1 + (row % 28))} again`],
  ["days with the time of the day", (row) => `by tel 2023 01 ${two(1 + (row % 28))} 1030 again`],
  ["days in one piece", (row) => `by tel 202301${two(1 + (row % 28))} again`],
  ["days and more with the year inside", (row) => `phone 6${row % 10} 2015 64 128 sold`],
  ["bands", (row) => `GSM 850/900/1800/1900 phone ${row} in black`],
  ["bands with blanks", (row) => `GSM 850 900 1800 2100 phone ${row} in black`],
  ["two bands", (row) => `tel 4${two(row % 100)}/1${two(row % 100)}/100${row % 10} in black`],
  ["sizes", (row) => `portable 15.6 1920x1080 number ${row} sold`],
  ["two kinds of separators", (row) => `tel 15.6-12345${row % 10} sold`],
  ["thousands", (row) => `tel 1${row % 10}.000.000 sold`],
  ["few digits behind a device", (row) => `cell 1000000${row % 10} counted`],
  ["more digits than a phone has", (row) => `tel 5551234567890${two(row % 100)} counted`],
  ["fewer", (row) => `tel 55512${row % 10} counted`],
])("%s behind such a word are no phone numbers", async (_, text) => {
  expect(await noted((row) => text(Math.floor(row / 499)), 499)).toEqual([]);
});

test.each<[string, (row: number) => string]>([
  ["an area in brackets", (row) => `please tel (030) 123-45${two(row % 100)} first`],
  ["an area with a stroke", (row) => `Handy 0171/123 45 ${two(row % 100)} anrufen`],
  ["a plus at once", (row) => `please tel.+49 171 12345${two(row % 100)} first`],
  ["one kind of separator", (row) => `cell 555-123-45${two(row % 100)} of them`],
  ["seven digits behind a word for lines", (row) => `please tel 555-12${two(row % 100)} first`],
  ["the second such word", (row) => `new phone 12 please, tel 555-12${two(row % 100)} first`],
])("%s: a phone number", async (_, text) => {
  expect(await noted((row) => text(Math.floor(row / 499)), 499)).toEqual([["phone", 9]]);
});

test("numbers with the checksum of a card behind the name of another number are none, and more are asked for among many columns", async () => {
  const card = (random: { integer(n: number): number }) =>
    String(withCheckDigit(`4${1e6 + random.integer(8e6)}${1e6 + random.integer(8e6)}`));
  for (const name of ["IMEI", "SIRET", "siren no.", "Serial:", "tracking number", "Sendungsnummer"]) {
    expect(await noted((_, random) => `seen ${name} ${card(random)} here`)).toEqual([]);
    expect(await noted((_, random) => `seen ${name} ${card(random).replace(/(.{4})(?=.)/g, "$1 ")} here`)).toEqual([]);
  }
  expect(await noted((_, random) => `the IMEI is known, and much later came the card ${card(random)}`)).toEqual([["card", 8]]);
  const kinds = async (of: number) => {
    const note = cells(4000, 3, "n", (random, row) => (row % of === 0 ? `receipt ${card(random)}` : `bill ${row} was paid`));
    const places = Object.fromEntries(
      Array.from({ length: 8 }, (_, i) => [`c${i}`, cells(4000, i, "c", (random) => (random.integer(2) === 0 ? "as usual" : "not so"))]),
    );
    return (await personalData.inspect(contextOf({ columns: { note, ...places, y: coin(4000) }, target: "y" }))).length;
  };
  expect(await noted((_, random) => `receipt ${card(random)}`, 800)).toEqual([["card", 5]]);
  expect(await kinds(800)).toBe(0);
  expect(await kinds(500)).toBe(1);
});

test.each([
  "owner",
  "proprietaire",
  "titulaire",
  "Besitzer",
  "Inhaber",
  "Eigentümer",
  "propietario",
  "titular",
  "titolare",
  "intestatario",
  "proprietário",
  "eigenaar",
  "właściciel",
])("whom a thing belongs to, in %s, is a person where given names say so", async (name) => {
  const full = make("f", (random) => `${GIVEN[random.integer(12)]} ${FAMILY[random.integer(12)]}`);
  const firms = make("g", (random) => `${["Acme", "Globex", "Initech"][random.integer(3)]} ${FAMILY[random.integer(12)]}`);
  expect((await personalData.inspect(given({ [name]: full }))).map(({ evidence }) => evidence.kind)).toEqual(["person"]);
  expect(await personalData.inspect(given({ [name]: firms }))).toEqual([]);
});

test("national identity numbers are known by form and checksum, as texts and as numbers, and plain numbers are none", async () => {
  const weights = [1, 3, 7, 9, 1, 3, 7, 9, 1, 3];
  const pesel = make("p", (random) => {
    const two = (number: number) => String(number).padStart(2, "0");
    const ten = `${two(random.integer(10))}${two(21 + random.integer(12))}${two(1 + random.integer(28))}${1000 + random.integer(9000)}`;
    return `${ten}${(10 - (weights.reduce((sum, weight, i) => sum + weight * Number(ten[i]), 0) % 10)) % 10}`;
  });
  const columns = {
    pesel,
    kod: pesel.map(Number),
    nummer: make("n", (random) => 1e10 + random.integer(1e9) * 7),
    nr: make("r", (random) => String(1e10 + random.integer(1e9) * 7)),
    few: make("f", (_, row) => ["12345678Z", "00000000T"][row % 2]!),
  };
  const found = await personalData.inspect(given(columns));
  expect(found.map(({ columns: [name], evidence, fix }) => [name, evidence.kind, evidence.number, fix.action])).toEqual([
    ["pesel", "national", "PESEL", "steps"],
    ["kod", "national", "PESEL", "steps"],
  ]);
  expect(found[0]!.why).toContain(
    "look like national identity numbers (PESEL, by form and checksum); a model should not keep who a person is",
  );
});
