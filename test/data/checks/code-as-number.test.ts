import { expect, test } from "vitest";
import { codeAsNumber } from "../../../src/data/checks/code-as-number.ts";
import { type Cells, cells, coin, contextOf } from "./context.ts";

const ROWS = 400;

const given = (columns: Record<string, Cells>, dates: string[] = []) =>
  contextOf({ columns: { ...columns, y: coin(ROWS) }, target: "y", dates });

const make = <T>(label: string, one: (random: { next(): number; normal(): number; integer(n: number): number }, row: number) => T) =>
  cells(ROWS, 11, label, one);

test("codes by name and gaps; ratings, counts and real measures are amounts", async () => {
  const columns = {
    zip: make("z", (random) => [10115, 20095, 50667, 80331, 1067][random.integer(5)]!),
    product_type: make("t", (random) => 1 + random.integer(6)),
    rating: make("r", (random) => 1 + random.integer(5)),
    store_count: make("c", (random) => random.integer(40)),
    income: make("i", (random) => Math.round(Math.exp(10 + random.normal()))),
  };
  const found = await codeAsNumber.inspect(given(columns));
  expect(found.map(({ columns, fix }) => [columns[0], fix])).toEqual([
    ["zip", { action: "steps", steps: [{ op: "to-category", column: "zip" }] }],
    ["product_type", { action: "steps", steps: [{ op: "to-category", column: "product_type" }] }],
  ]);
  expect(found[1]!.question).not.toBeNull();
});

test("a few numbers without a gap that only a word for number calls codes are asked about", async () => {
  const turn = (from: number, step: number) => make("turn", (random) => from + step * random.integer(4));
  const confidence = async (name: string, column: Cells) => (await codeAsNumber.inspect(given({ [name]: column })))[0]?.confidence ?? 0;
  expect(await confidence("mahnlauf_nr", turn(1, 1))).toBeLessThan(0.5);
  expect(await confidence("mahnlauf_nr", turn(1, 3))).toBeGreaterThan(0.5);
  expect(await confidence("mahnlauf_nr", turn(2, 1))).toBeGreaterThan(0.5);
  expect(await confidence("machine_no", turn(1, 1))).toBeGreaterThan(0.5);
  expect(await confidence("versuch_nr", turn(1, 1))).toBe(0);
});

test("postal codes that lost their leading zero are told as such, others not", async () => {
  const zip = make("zip", (random) => 1000 + random.integer(98_999));
  const why = async (column: Cells) => (await codeAsNumber.inspect(given({ zip: column })))[0]!.why;
  expect(await why(zip)).toContain("one digit fewer than the 5 of all others: their leading zero seems to be lost");
  expect(await why(zip.map((code) => (code < 10_000 ? code + 10_000 : code)))).not.toContain("zero");
  expect(await why(zip.map((code, row) => (row % 9 === 0 ? row : code)))).not.toContain("zero");
});

test("the number that a thing is given is a code; what is counted on is in order", async () => {
  const number = (label: string) => make(label, (random) => 3 + 4 * random.integer(12));
  const columns = {
    depot_nr: number("d"),
    machine_no: number("m"),
    visit_nr: number("v"),
    tickets_no: number("t"),
    total_no: number("a"),
    stage_no: number("s"),
    maker_ids: number("f"),
  };
  expect((await codeAsNumber.inspect(given(columns))).map(({ columns: [name] }) => name)).toEqual(["depot_nr", "machine_no", "maker_ids"]);
});

test("how long, how much and how many of a thing are amounts, in other languages too", async () => {
  const number = (label: string) => make(label, (random) => 12 * random.integer(30));
  const columns = {
    MONTHS_IN_THE_JOB: number("m"),
    hours_per_machine: number("h"),
    qty_product: number("q"),
    monate_im_job: number("d"),
    meses_en_la_region: number("s"),
    job: number("j"),
  };
  expect((await codeAsNumber.inspect(given(columns))).map(({ columns: [name] }) => name)).toEqual(["job"]);
});

test("where a thing lies in a picture is an amount, though its name begins with the thing", async () => {
  const columns = {
    "region-centroid-col": make("c", (random) => 1 + random.integer(60)),
    region_kind: make("k", (random) => 1 + random.integer(9)),
  };
  expect((await codeAsNumber.inspect(given(columns))).map(({ columns: [name] }) => name)).toEqual(["region_kind"]);
});

test("cells that are counted, points on a scale and shares are no codes; counts in one heap only ask", async () => {
  const heap = make("heap", (random) => Math.max(0, Math.round(9 + 3 * random.normal())));
  const columns = {
    cd40: make("cells", (random) => 90 + random.integer(30)),
    money_currency: make("money", (random) => 5 * random.integer(3)),
    station2: make("station", (random) => (1 + 3 * random.integer(3)) / 10),
    school: heap,
    product_code: make("product", (random) => 10 * random.integer(5)),
    region: make("region", (random) => 20 * random.integer(8)),
    brand: make("brand", (random) => Math.min(14, Math.floor(-4 * Math.log(1 - random.next())))),
    district: make("district", (random) => random.integer(19)),
  };
  const found = await codeAsNumber.inspect(given(columns));
  expect(found.map(({ columns: [name], confidence, question }) => [name, confidence, question !== null])).toEqual([
    ["school", 0.4, true],
    ["product_code", 0.7, false],
    ["region", 0.7, false],
    ["brand", 0.55, true],
    ["district", 0.55, true],
  ]);
});

test("codes are known by their names in other languages too", async () => {
  const columns = {
    plz: make("p", (random) => 10_000 + 97 * random.integer(60)),
    codigo_postal: make("c", (random) => 28_000 + 31 * random.integer(60)),
    menge: make("m", (random) => 10_000 + 97 * random.integer(60)),
  };
  expect((await codeAsNumber.inspect(given(columns))).map(({ columns: [name] }) => name)).toEqual(["plz", "codigo_postal"]);
});

test("numbers with a point may name things; amounts of what a name says are none", async () => {
  const columns = {
    hospital: make("h", (random) => (1 + random.integer(17)) / 10),
    pesticide: make("a", (random) => (random.next() < 0.4 ? 0 : 5 * Math.round(Math.exp(1 + 7 * random.next())))),
    tank: make("b", (random) => random.normal()),
  };
  const found = await codeAsNumber.inspect(given(columns));
  expect(found.map(({ columns: [name] }) => name)).toEqual(["hospital"]);
  expect(found[0]!.why).toContain("17 different numbers between 0.1 and 1.7");
});

/** Kinds of dwellings: what each is like has nothing to do with its number. */
const KINDS = [20, 30, 40, 45, 50, 60, 70, 75, 80, 85, 90, 120];
const PRICE_OF = [3, -2, 4, -1, 0, 5, -4, 2, -3, 1, 4, -2];
const AREA_OF = [-1, 3, 0, -4, 2, -2, 5, -3, 1, 4, -1, 3];

function dwellings(code: (kind: number) => number) {
  const kind = make("kind", (random) => random.integer(KINDS.length));
  const near = (means: readonly number[], label: string) => {
    const noise = make(label, (random) => random.normal());
    return kind.map((one, row) => means[one]! + 2 * noise[row]!);
  };
  return { subclass: kind.map(code), area: near(AREA_OF, "a"), rooms: near(PRICE_OF, "r") };
}

test("without a name, an order that tells nothing of what the rows of a value are like is none", async () => {
  const [found, ...more] = await codeAsNumber.inspect(given(dwellings((kind) => KINDS[kind]!)));
  expect(more).toEqual([]);
  expect(found).toMatchObject({ columns: ["subclass"], fix: { action: "steps", steps: [{ op: "to-category", column: "subclass" }] } });
  expect(found!.evidence.neighbourRatio).toBeGreaterThan(0.8);
  expect(found!.confidence).toBeGreaterThan(0.5);
  // An age has an order, whatever it goes with here.
  const { subclass, ...others } = dwellings((kind) => KINDS[kind]!);
  expect(await codeAsNumber.inspect(given({ wiek: subclass, ...others }))).toEqual([]);
});

test("a trait of things that are numbered is no code, however little it goes with what else they have in common", async () => {
  const { subclass, ...others } = dwellings((kind) => kind);
  const trait = subclass.map((kind) => KINDS[kind]!);
  expect((await codeAsNumber.inspect(given({ trait, ...others }))).map(({ columns }) => columns)).toEqual([["trait"]]);
  const told = async (thing: Cells) => (await codeAsNumber.inspect(given({ thing, trait, ...others }))).map(({ columns: [name] }) => name);
  const number = subclass.map((kind) => kind + 1);
  expect(await told(number)).toEqual(["thing"]);
  // Not where a number has several traits, nor where the numbers are none that are counted on.
  expect(await told(number.map((one, row) => 1 + ((one + row) % 12)))).toEqual(["trait"]);
  expect(await told(number.map((one) => one + 40))).toContain("trait");
});

test("an order that means something, one of amounts in wide steps, and things whose rows follow each other are no codes", async () => {
  const order = PRICE_OF.map((price, kind) => ({ place: 7 * price + AREA_OF[kind]!, kind })).sort((a, b) => a.place - b.place);
  const place = new Map(order.map(({ kind }, i) => [kind, i]));
  expect(await codeAsNumber.inspect(given(dwellings((kind) => place.get(kind)!)))).toEqual([]);
  expect(await codeAsNumber.inspect(given(dwellings((kind) => 1000 * KINDS[kind]!)))).toEqual([]);
  const { subclass, ...others } = dwellings((kind) => KINDS[kind]!);
  const rows = Array.from(subclass.keys()).sort((a, b) => subclass[a]! - subclass[b]!);
  const sorted = Object.fromEntries(Object.entries({ subclass, ...others }).map(([name, own]) => [name, rows.map((row) => own[row]!)]));
  expect(await codeAsNumber.inspect(given(sorted))).toEqual([]);
});

test("values that come in one heap are counts or measures, whatever the rows of each are like", async () => {
  const heap = make("heap", (random) => Math.round(5.5 + 2 * random.normal())).map((one) => Math.min(11, Math.max(0, one)));
  const noise = ["a", "r"].map((label) => make(label, (random) => random.normal()));
  const columns = {
    errors: heap,
    area: heap.map((one, row) => AREA_OF[one]! + noise[0]![row]!),
    rooms: heap.map((one, row) => PRICE_OF[one]! + noise[1]![row]!),
  };
  expect(await codeAsNumber.inspect(given(columns))).toEqual([]);
});

test("what is counted behind the word is no code, nor is the id of a year", async () => {
  const columns = {
    race_population: make("p", (random) => 190_000 + 977 * random.integer(40)),
    store_visits: make("s", (random) => 100 + 7 * random.integer(40)),
    stops_on_route: make("r", (random) => 25 + 3 * random.integer(40)),
    support_tickets: make("t", (random) => random.integer(9) + random.integer(7)),
    agent_note_len: make("l", (random) => 49 + random.integer(60)),
    yearID: make("y", (random) => 1950 + random.integer(60)),
    marital_status: make("m", (random) => 1 + random.integer(5)),
    bus_on_route: make("b", (random) => 25 + 3 * random.integer(40)),
    mcc: make("c", (random) => [4111, 5411, 5812, 7995][random.integer(4)]!),
    state_fips: make("f", (random) => 1 + 2 * random.integer(28)),
  };
  expect((await codeAsNumber.inspect(given(columns))).map(({ columns: [name] }) => name)).toEqual([
    "marital_status",
    "bus_on_route",
    "mcc",
    "state_fips",
  ]);
});

test("zones and tracts are codes, also in one word with what they are of", async () => {
  const zone = (label: string) => make(label, (random) => 1 + 3 * random.integer(40));
  const found = await codeAsNumber.inspect(
    given({ wkzone: zone("w"), tract: zone("t"), ozone: zone("o").map((value) => Number(value) / 2) }),
  );
  expect(found.map(({ columns }) => columns[0])).toEqual(["wkzone", "tract"]);
});

test("arms of a trial, groups and sites are codes; a group size is an amount", async () => {
  const columns = {
    treatment: make("a", (random) => 1 + random.integer(3)),
    group: make("b", (random) => 1 + random.integer(4)),
    group_size: make("c", (random) => 1 + random.integer(9)),
  };
  const found = await codeAsNumber.inspect(given(columns));
  expect(found.map(({ columns }) => columns[0])).toEqual(["treatment", "group"]);
});

test("purposes and lines of a plant are codes; a line of credit or of bets is an amount", async () => {
  const columns = {
    purpose: make("p", (random) => 1 + random.integer(7)),
    production_line: make("l", (random) => [11, 12, 21, 35, 40][random.integer(5)]!),
    credit_line: make("c", (random) => 500 * (1 + random.integer(9)) ** 2),
    spread_line: make("s", (random) => random.integer(30) - 15),
  };
  const found = await codeAsNumber.inspect(given(columns));
  expect(found.map(({ columns }) => columns[0])).toEqual(["purpose", "production_line"]);
});

test("what something is split by names no codes", async () => {
  const step = (label: string) => make(label, (random) => random.integer(5));
  const found = await codeAsNumber.inspect(given({ employee_data_by_sex: step("a"), staff_sex: step("b") }));
  expect(found.map(({ columns }) => columns[0])).toEqual(["staff_sex"]);
});

test("a key of things that come back is given no price: by chance it would be that of recognising them", async () => {
  const columns = {
    patient_id: cells(600, 1, "p", (_, row) => 7 * Math.floor(row / 6) + 5),
    age: cells(600, 1, "a", (_, row) => 20 + ((13 * Math.floor(row / 6)) % 60)),
    dose: cells(600, 1, "d", (random) => random.normal()),
    y: coin(600),
  };
  const found = await codeAsNumber.inspect(contextOf({ columns, target: "y" }));
  expect(found).toMatchObject([
    { columns: ["patient_id"], severity: "cosmetic", counterfactual: null, fix: { action: "advice" }, unmeasured: expect.any(String) },
  ]);
});

test("numbers of things with few rows each are codes where the name is that of a key, and are left out", async () => {
  const many = (label: string) => cells(4000, 11, label, (random) => 14_000 + 7 * random.integer(2000));
  const columns = { bikeid: many("b"), distance: many("d"), y: coin(4000) };
  const found = await codeAsNumber.inspect(contextOf({ columns, target: "y" }));
  expect(found).toMatchObject([{ columns: ["bikeid"], fix: { action: "steps", steps: [{ op: "drop", columns: ["bikeid"] }] } }]);
});

test("codes of places with few rows each are left out; a time spent in a place and its rating are amounts", async () => {
  const columns = {
    postalCode: cells(400, 1, "p", (random) => 1000 + random.integer(90_000)),
    time_in_hospital: cells(400, 1, "h", (random) => 1 + random.integer(14)),
    region_rating: cells(400, 1, "r", (random) => 1 + random.integer(3)),
    y: coin(400),
  };
  const found = await codeAsNumber.inspect(contextOf({ columns, target: "y" }));
  expect(found).toMatchObject([{ columns: ["postalCode"], fix: { steps: [{ op: "drop", columns: ["postalCode"] }] } }]);
});

test("a word that belongs to the name of a code is no amount", async () => {
  const column = (values: number) => cells(500, 1, "v", (random) => 3 + 7 * random.integer(values));
  const columns = {
    "area code": column(3),
    "Reason for absence": column(9),
    FLIGHT_NUMBER: column(40),
    "number of flights": column(9),
    y: coin(500),
  };
  const found = await codeAsNumber.inspect(contextOf({ columns, target: "y" }));
  expect(found.map(({ columns }) => columns[0])).toEqual(["area code", "Reason for absence", "FLIGHT_NUMBER"]);
});

test("a word that merely ends like that of a code is none", async () => {
  const columns = {
    abstract: cells(400, 1, "a", (random) => random.integer(18)),
    wktract: cells(400, 1, "w", (random) => 3 + 7 * random.integer(18)),
    y: coin(400),
  };
  expect((await codeAsNumber.inspect(contextOf({ columns, target: "y" }))).map(({ columns: [name] }) => name)).toEqual(["wktract"]);
});

test("of codes whose neighbours are less alike than any two, no share above all is said", async () => {
  const kind = make("kind", (random) => 1 + random.integer(8));
  const odd = (label: string) => make(label, (random, row) => (Number(kind[row]) % 2) * 2 + random.normal());
  const [found] = await codeAsNumber.inspect(given({ kind, heat: odd("heat"), noise: odd("noise"), load: odd("load") }));
  expect(found!.evidence.neighbourRatio).toBeGreaterThan(1);
  expect(found!.why).toContain("no more alike than any two of them (of a quantity much more)");
});

test("codes that differ in the target alone are asked about where it turns so often as along no quantity", async () => {
  const rows = 2400;
  const told = async (rates: readonly number[], more: Readonly<Record<string, Cells>> = {}) => {
    const code = cells(rows, 5, "code", (random) => 1 + random.integer(rates.length));
    const y = cells(rows, 5, "y", (random, row) => (random.next() < rates[Number(code[row]) - 1]! ? "yes" : "no"));
    return await codeAsNumber.inspect(contextOf({ columns: { v3: code, ...more, y }, target: "y" }));
  };
  const zigZag = [0.65, 0.35, 0.66, 0.3, 0.67, 0.32, 0.7, 0.4];
  const [found, ...others] = await told(zigZag, { x: cells(rows, 5, "x", (random) => random.normal()) });
  expect(others).toEqual([]);
  expect(found).toMatchObject({
    columns: ["v3"],
    confidence: 0.4,
    question: "Is `v3` an order (a higher number is more), or a code?",
    evidence: { turns: 6, telling: 1 },
  });
  expect(found!.why).toContain(
    "along them `y` turns 6 times from rising to falling or back, each time beyond chance, and in it neighbours",
  );
  expect(await told([0.65, 0.35, 0.66, 0.3, 0.67, 0.32])).toMatchObject([{ evidence: { turns: 4 } }]);
  // Another column turns along the values, and not the target.
  const heat = (random: { normal(): number }, row: number) => 3 * zigZag[Number(flat[row]) - 1]! + random.normal();
  const flat = cells(rows, 5, "code", (random) => 1 + random.integer(8));
  expect(await told(Array(8).fill(0.5), { x: cells(rows, 5, "x", heat) })).toEqual([]);
  // A zig-zag of three turns, and two values apart from all others.
  expect(await told([0.2, 0.8, 0.2, 0.8, 0.2])).toEqual([]);
  expect(await told([0.3, 0.7, 0.3, 0.3, 0.3, 0.3, 0.7, 0.3, 0.3, 0.3, 0.3, 0.3])).toEqual([]);
  // A line, a hill, two hills, one step, and turns within chance.
  expect(await told([0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9])).toEqual([]);
  expect(await told([0.2, 0.4, 0.6, 0.8, 0.8, 0.6, 0.4, 0.2])).toEqual([]);
  expect(await told([0.2, 0.5, 0.8, 0.5, 0.2, 0.5, 0.8, 0.2])).toEqual([]);
  expect(await told([0.3, 0.3, 0.3, 0.7, 0.3, 0.3, 0.3, 0.3])).toEqual([]);
  expect(await told([0.5, 0.45, 0.52, 0.46, 0.53, 0.47, 0.52, 0.45])).toEqual([]);
});

test("codes whose names are one word, or those of flights", async () => {
  const number = (label: string) => make(label, (random) => 7 + 11 * random.integer(40));
  const columns = {
    statefip: number("s"),
    countyfips: number("c"),
    flight: make("f", (random) => 10 + random.integer(3000)),
    FL_NUM: number("n"),
    numero_de_vol: number("v"),
    flight_hours: number("h"),
    flights: number("g"),
  };
  const found = (await codeAsNumber.inspect(given(columns))).map(({ columns: [name] }) => name);
  expect(found).toEqual(["statefip", "countyfips", "flight", "FL_NUM", "numero_de_vol"]);
});

test("counts that thin out from 0 on are no codes of the thing that is counted; numbers of the thing alone are", async () => {
  const thin = make("thin", (random) => Math.floor(-4 * Math.log(1 - random.next())));
  const drawn = make("drawn", (random) => random.integer(30));
  const found = async (columns: Record<string, Cells>) => (await codeAsNumber.inspect(given(columns))).map(({ columns: [name] }) => name);
  expect(await found({ paginas_product: thin, product: drawn })).toEqual(["product"]);
  expect(await found({ paginas_product: drawn })).toEqual(["paginas_product"]);
});

test("years of a calendar have an order, whatever differs from one to the next", async () => {
  const from = async (first: number) => (await codeAsNumber.inspect(given(dwellings((kind) => first + kind)))).length;
  expect(await from(2016)).toBe(0);
  expect(await from(116)).toBe(1);
});

test("of few values two columns differ by chance in no table of noise; heaped amounts along which the target turns are in order", async () => {
  const noise = (count: number, seed: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, i) => [`a${i}`, cells(ROWS, seed, `noise ${i}`, (random) => 1 + random.integer(5))] as const),
    );
  // By a normal distribution of the differences there are two of three hundred.
  for (let seed = 0; seed < 8; seed++) expect(await codeAsNumber.inspect(given(noise(40, seed)))).toEqual([]);
  const grams = cells(1500, 2, "grams", (random) => 60 + random.integer(101));
  const y = cells(1500, 3, "y", (random, row) => (grams[row]! % 10 === 0 ? 30 : grams[row]! % 5 === 0 ? 18 : 5) + 4 * random.normal());
  expect(await codeAsNumber.inspect(contextOf({ columns: { grams, y }, target: "y" }))).toEqual([]);
});
