import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { groupLeak } from "../../../src/data/checks/group-leak.ts";
import { groupEvidence } from "../../../src/data/split/group-evidence.ts";
import { groupKeys } from "../../../src/data/split/group-keys.ts";
import { neighbourGap } from "../../../src/data/split/neighbour-probe.ts";
import { proposeSplit } from "../../../src/data/split/split-proposal.ts";
import { type Cells, contextOf } from "../checks/context.ts";

const [MACHINES, REGIONS] = [200, 4];

/** Prices of machines in four regions. `own`: what of a machine's price its size does not tell. */
function prices(own: number, seed: number): Record<string, Cells> {
  const random = createRandom(seed, "prices");
  const sizes = Array.from({ length: MACHINES }, () => random.normal());
  const extras = Array.from({ length: MACHINES }, () => own * random.normal());
  const rows = Array.from({ length: MACHINES * REGIONS }, (_, row) => ({ machine: row % MACHINES, region: Math.floor(row / MACHINES) }));
  return {
    model: rows.map(({ machine }) => `m${machine}`),
    size: rows.map(({ machine }) => sizes[machine]!),
    region: rows.map(({ region }) => `r${region}`),
    price: rows.map(({ machine }) => sizes[machine]! + extras[machine]! + 0.05 * random.normal()),
  };
}

describe("things that are recognised by a column that nearly tells the target alone", () => {
  test("are a group where their rows know more of each other than that column says", () => {
    const context = contextOf({ columns: prices(0.3, 1), target: "price" });
    const [found] = groupEvidence(context);
    expect([found?.key.column, found?.key.from]).toEqual(["model", "repeats"]);
    expect(found!.gap.closedError).toBeGreaterThan(1.5 * found!.gap.openError);
    // Without that column the rows of a model cannot be found.
    const names = prices(0.3, 1).model as string[];
    const of = names.map((name) => names.indexOf(name));
    const pool = Int32Array.from(of.keys());
    const closeness = {
      pool,
      cluster: (row: number) => of[row]!,
      near: (a: number, b: number) => of[a] === of[b],
      leaveOutCopies: false,
      leaveOutLone: false,
      without: ["model"],
    };
    expect(neighbourGap(context, { ...closeness, weights: "alike" }).z).toBeLessThan(3);
  });

  test("are none where they know no more than the key itself says of the target", () => {
    const found = Array.from({ length: 10 }, (_, seed) => {
      const random = createRandom(seed, "shops");
      const rows = 400;
      // Twelve shops of uneven size differ in x, which is all that tells y: the rows of other shops know it as well.
      const shop = Array.from({ length: rows }, () => Math.floor(12 * random.next() ** 2));
      const x = shop.map((one) => 0.3 * (one - 4) + random.normal());
      const columns = { shop_id: shop.map((one) => `s${one}`), x, y: x.map((one) => one + random.normal()) };
      return groupEvidence(contextOf({ columns, target: "y" })).length;
    });
    expect(found.filter((count) => count > 0).length).toBeLessThanOrEqual(1);
  });

  test("are none where they know no more", () => {
    const found = Array.from({ length: 10 }, (_, seed) => {
      const columns = prices(0, 100 + seed);
      const random = createRandom(seed, "shuffled");
      // Models are names given at random: rows of one have nothing in common.
      const model = Array.from(random.shuffle(Int32Array.from(columns.model!.keys())), (row) => columns.model![row]!);
      return groupEvidence(contextOf({ columns: { ...columns, model }, target: "price" })).length;
    });
    expect(found.filter((count) => count > 0)).toEqual([]);
  });
});

const LEVELS = 40;
const EACH = 20;

interface Made {
  /** What of the target a level has of its own. */
  readonly effect: number;
  /** How far the other columns of a level stand from those of others. */
  readonly traits: number;
}

/** Forty levels with twenty rows each. */
function levelled({ effect, traits }: Made, seed: number, name = "sku"): Record<string, Cells> {
  const random = createRandom(seed, "levels");
  const levels = Array.from({ length: LEVELS }, () => ({ a: random.normal(), b: random.normal(), own: random.normal() }));
  const rows = random.shuffle(Int32Array.from({ length: LEVELS * EACH }, (_, row) => row % LEVELS));
  const at = (read: (level: (typeof levels)[number]) => number) => Array.from(rows, (code) => read(levels[code]!));
  const a = at((level) => traits * level.a + random.normal());
  const b = at((level) => traits * level.b + random.normal());
  const own = at((level) => effect * level.own);
  return { [name]: Array.from(rows, (code) => `k${code}`), a, b, y: a.map((one, row) => one + own[row]! + 0.3 * random.normal()) };
}

const found = (made: Made, seed: number, name?: string) => groupEvidence(contextOf({ columns: levelled(made, seed, name), target: "y" }));

describe("a column with many rows per level", () => {
  const things = { effect: 1, traits: 20 };

  test("is asked about where its levels are recognised by other columns and know more", () => {
    const all = Array.from({ length: 10 }, (_, seed) => found(things, seed));
    expect(all.filter(([one]) => one?.key.from === "levels").length).toBeGreaterThanOrEqual(9);
    expect(all.flat().every(({ confidence }) => confidence < 0.5)).toBe(true);
  });

  test("leaves the split as it is, says so, and asks", async () => {
    const context = contextOf({ columns: levelled(things, 1), target: "y" });
    const [asked, ...others] = await groupLeak.inspect(context);
    expect(others).toEqual([]);
    expect(asked).toMatchObject({ columns: ["sku"], choices: ["new", "same"], evidence: { from: "levels" } });
    // The groups of a sample are fewer than those of the file.
    const columns = context.dataset.columns.map((info) => (info.name === "sku" ? { ...info, distinct: 977 } : info));
    const again = contextOf({ columns: levelled(things, 1), target: "y" });
    const frame = { ...again.frame, rowNumbers: Int32Array.from(again.target.keys()) };
    const [sampled] = await groupLeak.inspect({ ...again, frame, dataset: { ...again.dataset, columns } });
    expect(sampled!.why).toContain("Rows come in 977 groups by `sku`");
    const proposal = proposeSplit(context, [asked!]);
    expect(proposal.split.policy).toBe("random");
    expect(proposal.why).toContain("if new sku will come, --group sku judges by it");
    const spaced = contextOf({ columns: levelled(things, 1, "item no"), target: "y" });
    const [other] = await groupLeak.inspect(spaced);
    expect(proposeSplit(spaced, [other!]).why).toContain("if new item no will come, --group 'item no' judges by it");
  });

  test("is a category like others where its levels differ in the target, and no other column knows them", () => {
    const all = Array.from({ length: 10 }, (_, seed) => found({ effect: 1, traits: 0 }, seed));
    expect(all.filter((one) => one.length > 0)).toEqual([]);
  });

  test("is one where all that its levels know stands in the other columns", () => {
    const all = Array.from({ length: 10 }, (_, seed) => found({ effect: 0, traits: 1 }, seed));
    expect(all.filter((one) => one.length > 0).length).toBeLessThanOrEqual(1);
  });

  test("is not asked about where its name is a list that everybody knows", () => {
    expect(["country", "occupation", "product_type", "hour"].flatMap((name) => found(things, 1, name))).toEqual([]);
  });
});

/** Sixty houses of ten rows, with a level of their own in the target and two traits that stay the same; nothing else tells houses apart. */
function houses(name: string, traits: number): Record<string, Cells> {
  const random = createRandom(2, "houses");
  const made = Array.from({ length: 60 }, () => ({ own: 2 * random.normal(), traits: [random.normal(), random.normal()] }));
  const house = Array.from(random.shuffle(Int32Array.from({ length: 600 }, (_, row) => row % 60)));
  const a = house.map(() => random.normal());
  return {
    [name]: house.map((one) => `ZX${1_000 + ((one * 7919) % 1009)}`),
    a,
    ...Object.fromEntries(Array.from({ length: traits }, (_, i) => [`h${i}`, house.map((one) => made[one]!.traits[i]!)])),
    y: a.map((x, row) => Number(0.5 * x + made[house[row]!]!.own + random.normal() > 0)),
  };
}

describe("a key with many rows each that no name speaks for", () => {
  test("is verified as a named one is where other columns stay the same within it, in the form of a code as well", () => {
    const [found] = groupEvidence(contextOf({ columns: houses("kanzel", 2), target: "y" }));
    expect(found?.key).toMatchObject({ column: "kanzel", from: "things" });
    expect(found!.confidence).toBeGreaterThanOrEqual(0.5);
  });

  test("is asked about where it is called a class, and where only its labels are its own; none whose name is a list that everybody knows", async () => {
    const asked = async (columns: Record<string, Cells>) => groupLeak.inspect(contextOf({ columns, target: "y" }));
    const [found] = await asked(houses("code_x", 2));
    expect(found).toMatchObject({ columns: ["code_x"], choices: ["new", "same"] });
    expect(found!.confidence).toBeLessThan(0.5);
    expect(await asked(houses("kanzel", 0))).toMatchObject([{ columns: ["kanzel"], evidence: { from: "levels", constant: 0 } }]);
    expect(await asked(houses("occupation", 2))).toEqual([]);
  });

  test("no reason for a split by chance says that no group speaks against it while one is asked about", async () => {
    const context = contextOf({ columns: houses("code_x", 2), target: "y" });
    const { why } = proposeSplit(context, [...(await groupLeak.inspect(context))]);
    expect(why).not.toContain("no group");
    expect(why).toContain("if new code_x will come, --group code_x judges by it");
  });
});

/** Fares of 200 routes in four years: the traits of a route last, the year moves in every one. `own`: what of a fare its traits do not tell. */
function routes(own: number, seed: number, key: string): Record<string, Cells> {
  const random = createRandom(seed, "routes");
  const made = Array.from({ length: 200 }, () => ({ size: random.normal(), own: own * random.normal() }));
  const rows = Array.from({ length: 800 }, (_, row) => ({ route: Math.floor(row / 4), year: row % 4 }));
  const traits = rows.map(({ route }) => made[route]!);
  return {
    [key]: rows.map(({ route }) => (route * 7919) % 1009),
    ...Object.fromEntries([0, 1, 2].map((year) => [`y${year}`, rows.map((row) => Number(row.year === year))])),
    size: traits.map(({ size }) => size),
    fare: traits.map((one, row) => 0.3 * one.size + one.own + 0.3 * rows[row]!.year + 0.2 * random.normal()),
  };
}

describe("a number whose name says that it is the key of things", () => {
  const evidence = (own: number, seed: number, key = "id") => groupEvidence(contextOf({ columns: routes(own, seed, key), target: "fare" }));

  test("is a group by its name, whatever moves in each of them, and not a block", () => {
    const [one] = evidence(1, 1);
    expect([one?.key.column, one?.key.from]).toEqual(["id", "name"]);
  });

  test("is none where its rows know no more of each other than what lasts of it says", () => {
    const all = Array.from({ length: 10 }, (_, seed) => evidence(0, 100 + seed));
    expect(all.filter((one) => one.length > 0).length).toBeLessThanOrEqual(1);
  });

  test("a number that counts rooms or places, over unrelated rows, is none", () => {
    const random = createRandom(3, "places");
    const y = Array.from({ length: 400 }, () => random.normal());
    const columns = (name: string) => ({ [name]: y.map((_, row) => row % 50), x: y.map((one) => one + random.normal()), y });
    const found = ["index", "id", "number_of_rooms"].flatMap((name) => groupEvidence(contextOf({ columns: columns(name), target: "y" })));
    expect(found).toEqual([]);
  });
});

test("a trait of a thing, itself called by the name of a thing, yields to the thing", () => {
  const random = createRandom(4, "visitors");
  const own = Array.from({ length: 200 }, () => ({ x: random.normal(), taste: random.normal() }));
  const rows = Array.from({ length: 800 }, (_, row) => (row * 7) % 200);
  const columns = {
    who: rows.map((one) => `p${one}`),
    ticket: rows.map((one) => `t${Math.floor(one / 20)}`),
    x: rows.map((one) => own[one]!.x + 0.01 * random.normal()),
    fare: rows.map((one) => ((Math.floor(one / 20) * 4) % 11) + 0.2 * random.normal()),
    y: rows.map((one) => 0.4 * own[one]!.taste + Math.floor(one / 20) + 0.3 * random.normal()),
  };
  const found = groupEvidence(contextOf({ columns, target: "y" }));
  expect(found.map(({ key }) => key.column)).toEqual(["who", "ticket"]);
  expect(found[0]!.confidence).toBeLessThan(found[1]!.confidence);
});

test("what is written in words names nothing", () => {
  const random = createRandom(4, "mails");
  const subjects = Array.from({ length: 200 }, (_, i) => `please help me with my order number ${i} soon`);
  const drawn = Array.from({ length: 600 }, () => random.integer(200));
  const columns = {
    subject: drawn.map((one) => subjects[one]!),
    a: drawn.map(() => random.normal()),
    y: drawn.map((one) => (one % 2 === 0 ? "x" : "z")),
  };
  const meanings = { subject: { type: "text", from: "shaped", why: "" } };
  expect(groupEvidence(contextOf({ columns, target: "y", roles: { meanings } as never }))).toEqual([]);
});

test("a subject that the text beside it repeats is what a message is about, and no subject of a study", () => {
  const random = createRandom(4, "headings");
  const drawn = Array.from({ length: 1000 }, () => random.integer(50));
  const own = Array.from({ length: 50 }, () => random.normal());
  const keysIn = (name: string, told: number, type = "text", named = (one: number) => `Topic ${one}x`) => {
    const columns = {
      [name]: drawn.map(named),
      body: drawn.map((one, row) => (row % 10 < told ? `hello, TOPIC ${one}x does not work ${row}` : `hello ${row}`)),
      x: drawn.map((one) => own[one]! + 0.1 * random.normal()),
      y: drawn.map((one) => (own[one]! > 0 ? "a" : "b")),
    };
    const meanings = { body: { type, from: "shaped", why: "" } };
    return groupKeys(contextOf({ columns, target: "y", roles: { meanings } as never })).map(({ column }) => column);
  };
  expect(keysIn("subject", 6)).not.toContain("subject");
  expect(keysIn("subject", 4)).toContain("subject");
  expect(keysIn("subject", 6, "name")).toContain("subject");
  expect(keysIn("patient", 6)).toContain("patient");
  // A letter stands in any text, and so does a part of a word.
  expect(keysIn("subject", 6, "text", (one) => "abcdefghijklmnopqrstuvwxyz"[one % 26]!)).toContain("subject");
  expect(keysIn("subject", 6, "text", (one) => `opic ${one}`)).toContain("subject");
  // A person, by the surname.
  const surname = (one: number) => `Muel${"abcdefghijklmnopqrstuvwxyz"[one % 26]}${one > 25 ? "er" : "mann"}`;
  const columns = {
    subject: drawn.map(surname),
    body: drawn.map((one, row) => `Patient ${surname(one)} came back, visit ${row}`),
    x: drawn.map((one) => own[one]! + 0.1 * random.normal()),
    y: drawn.map((one) => (own[one]! > 0 ? "a" : "b")),
  };
  const meanings = { body: { type: "text", from: "shaped", why: "" } };
  const found = groupKeys(contextOf({ columns, target: "y", roles: { meanings } as never }));
  expect(found.map(({ column }) => column)).toContain("subject");
});

test("a subject beside a message is written as headings are: with marks of mail, or in phrases; a person or a code is not", () => {
  const random = createRandom(4, "mail headings");
  const drawn = Array.from({ length: 1000 }, () => random.integer(50));
  const letter = (one: number) => "abcdefghijklmnopqrstuvwxyz"[one % 26];
  const isKey = (named: (one: number) => string, beside = "body") => {
    const columns = {
      subject: drawn.map(named),
      [beside]: drawn.map((_, row) => `hello ${row}`),
      y: drawn.map((one) => (one % 2 === 0 ? "a" : "b")),
    };
    return groupKeys(contextOf({ columns, target: "y" })).some(({ column }) => column === "subject");
  };
  const question = (one: number) => `question${letter(one)}${one > 25 ? "s" : ""}`;
  expect(isKey((one) => `${one % 10 === 0 ? "Re: " : one % 10 === 1 ? "[SHIP] " : ""}${question(one)}`)).toBe(false);
  expect(isKey((one) => `cannot log in ${question(one)}`)).toBe(false);
  expect(isKey((one) => `cannot log in ${question(one)}`, "weight_text_x1")).toBe(false);
  expect(isKey((one) => `cannot log in ${question(one)}`, "weight")).toBe(true);
  expect(isKey((one) => `Anna Mueller${letter(one)}${one > 25 ? "s" : ""}`)).toBe(true);
  expect(isKey((one) => `S${one} day two`)).toBe(true);
  expect(isKey(question)).toBe(true);
});
