import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { spellingVariant } from "../../../src/data/checks/spelling-variant.ts";
import { sameLabel } from "../../../src/data/labels/label-spelling.ts";
import { fingerprint } from "../../../src/data/values/fingerprint.ts";
import { spellingGroups } from "../../../src/data/values/spelling-groups.ts";
import { findTypos } from "../../../src/data/values/typos.ts";
import { cells, coin, contextOf } from "./context.ts";
import { drawn, inspect, ROWS } from "./spellings.ts";

describe("letters beside the words that they begin", () => {
  test("are one value, in whatever case", () => {
    expect(inspect({ sex: drawn("sex", { M: 8, F: 8, male: 1, Female: 1, f: 1, Male: 1, m: 1, female: 1 }) })).toMatchObject([
      { evidence: { groups: 2, mapping: { m: "M", male: "M", Male: "M", f: "F", female: "F", Female: "F" } }, question: null },
    ]);
  });

  test("of other words are asked about: a letter may be a value of its own", () => {
    expect(inspect({ language: drawn("language", { C: 8, R: 8, clojure: 2, rust: 2 }) })).toMatchObject([{ confidence: 0.45 }]);
  });

  test.each<[string, Record<string, number>]>([
    ["letters alone", { M: 8, F: 8 }],
    ["a letter that begins no word", { M: 8, X: 8, male: 2, female: 3 }],
    ["a word more", { M: 8, F: 8, male: 2, female: 3, other: 4 }],
    ["a letter that begins two words", { A: 8, B: 8, apple: 2, apricot: 3 }],
    ["a third letter", { A: 8, B: 8, C: 8, apple: 2, banana: 3 }],
  ])("%s: silent", (_, weights) => {
    expect(inspect({ code: drawn("code", weights) })).toEqual([]);
  });
});

describe("yes and no in several forms", () => {
  test("are one value each, in whatever case", async () => {
    const [found, ...others] = await inspect({ active: drawn("active", { Yes: 5, yes: 2, "1": 2, no: 5, "0": 2 }) });
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      columns: ["active"],
      confidence: 0.9,
      evidence: { groups: 2, mapping: { yes: "Yes", "1": "Yes", "0": "no" } },
      question: null,
    });
    expect(inspect({ active: drawn("oui", { oui: 5, ja: 4, nein: 5 }) })).toHaveLength(1);
  });

  test.each<[string, Record<string, number>]>([
    ["one form of each", { yes: 5, no: 4 }],
    ["a third answer", { yes: 5, y: 4, no: 4, perhaps: 3 }],
    ["only one side", { yes: 5, true: 4 }],
    ["axes", { x: 5, y: 4, n: 4 }],
    ["letters and digits of codes", { "0": 5, "1": 4, T: 4, F: 4 }],
    ["grades", { t: 5, f: 4, y: 4, n: 3 }],
    ["numbers of kinds", { "0": 4, "1": 5 }],
  ])("not %s", (name, weights) => {
    expect(inspect({ answer: drawn(name, weights) })).toEqual([]);
  });

  test("of which the target tells apart what is said in another form: it asks", () => {
    const y = coin(ROWS);
    const said = y.map((one, row) => (row % 2 === 0 ? "no" : one === y[0] ? "yes" : "1"));
    const found = spellingVariant.inspect(contextOf({ columns: { said, y }, target: "y" }));
    expect(found).toMatchObject([{ confidence: 0.45, question: expect.stringContaining("mean the same") }]);
  });
});

test("a level without the strokes of its letters is the same level", () => {
  expect(inspect({ plan: drawn("plan", { "Żółty Max": 6, "Zolty Max": 1, Rodzina: 4 }) })).toMatchObject([
    { columns: ["plan"], evidence: { mapping: { "Zolty Max": "Żółty Max" } } },
  ]);
  expect(inspect({ plan: drawn("plan", { "Żółty Max": 6, "Żółty Mini": 1, Rodzina: 4 }) })).toEqual([]);
});

describe("fingerprint", () => {
  test.each([
    ["New York", "new  york"],
    ["N.Y.", "ny "],
    ["Île-de-France", "ile de france"],
    ["Covid-19", "COVID 19"],
    ["cost -inflated", "cost inflated"],
    ["No .5", "no 5"],
  ])("%s = %s", (a, b) => {
    expect(fingerprint(a)).toBe(fingerprint(b));
  });
  test.each([
    ["A+", "A-"],
    ["A", "A-"],
    ["<=50K", ">50K"],
    ["1.5", "15"],
    ["basic.4y", "basic.6y"],
    ["C", "C#"],
    ["great 😀", "great"],
    ["made in C, new", "made in C++, new"],
    ["10-19", "1019"],
    ["I", "II"],
    ["-1", "1"],
    ["B+P", "B-P"],
    ["Maße", "Masse"],
    ["-inf", "inf"],
    ["-Infinity", "infinity"],
    [".5", "5"],
    ["-.5", ".5"],
    ["-$5", "$5"],
  ])("%s is not %s", (a, b) => {
    expect(fingerprint(a)).not.toBe(fingerprint(b));
  });
});

test("typos: another ending of a compound is another compound", () => {
  const found = (a: string, b: string) => findTypos([a, b, "water"], [400, 3, 400]).length;
  for (const [a, b] of [
    ["nitrate", "nitrite"],
    ["sodium sulfite", "sodium sulfide"],
    ["hypochlorit", "hypochlorid"],
    ["chlorine", "chloride"],
    ["cyclohexane", "cyclohexene"],
  ] as const)
    expect(found(a, b)).toBe(0);
  for (const [a, b] of [
    ["nitrate", "nitrrate"],
    ["sulfate", "sulfat"],
    ["fluoride", "floride"],
    ["chocolate", "chocolite"],
  ] as const)
    expect(found(a, b)).toBe(1);
});

test("a slip of a spelling that is written in the usual way goes to the usual one", async () => {
  const [found] = await inspect({ shade: drawn("s", { "dark color": 300, "dark colour": 100, "dark colouur": 1 }) });
  expect(found).toMatchObject({ evidence: { groups: 1, mapping: { "dark colour": "dark color", "dark colouur": "dark color" } } });
});

test("typos: one letter in a rare long word, never digits, negations or other first letters", () => {
  const pairs = [
    ["Warshington", "Washington", true],
    ["Untied States", "United States", true],
    ["blu-collar", "blue-collar", true],
    ["basic.6y", "basic.4y", false],
    ["Standard_E48pds_v5", "Standard_E48ds_v5", false],
    ["atypical", "typical", false],
    ["brown", "crown", false],
    ["grade ii", "grade iii", false],
    ["class a", "class b", false],
    ["cat", "car", false],
    ["fuseA", "fuseP", false],
    [".plist", ".list", false],
    ["Washingtom", "Washington", true],
  ] as const;
  for (const [rare, frequent, typo] of pairs) expect([rare, findTypos([rare, frequent], [2, 200]).length]).toEqual([rare, typo ? 1 : 0]);
  expect(findTypos(["Slovenia", "Slovinia"], [40, 30])).toEqual([]);
});

test("a word that other values hold too is no typo, and of a sequence each letter counts", () => {
  const places = ["ESTE de Coyoacan", "OESTE de Coyoacan"];
  const towns = ["Tlalpan", "Iztacalco", "Xochimilco"].flatMap((town) => [`ESTE de ${town}`, `OESTE de ${town}`]);
  const few = (count: number) => [...towns.map(() => 5), 200, count];
  const words = (...names: string[]) => names.map((name) => `km ${name}`.toLowerCase());
  expect(findTypos(words(...towns, ...places), few(2))).toEqual([]);
  expect(findTypos(words(...towns, "ESTE de Coyoacan", "ESTE de Coyoacn"), few(2))).toHaveLength(1);
  expect(findTypos(["tggggccaagggacaatggtc", "tggggccaagcgacaatggtc"], [200, 2])).toEqual([]);
});

test("a misspelling of one word in many values stays one, where the right word has many times the rows in others", () => {
  const trees = ["elm", "oak", "pine", "birch", "cedar", "maple"];
  const words = [...trees.map((tree) => `${tree} street`), ...trees.slice(0, 4).map((tree) => `${tree} stret`)];
  const typos = (each: number) =>
    findTypos(words, [...trees.map(() => 250), ...Array<number>(4).fill(each)]).map(({ rare }) => words[rare]);
  expect(typos(2)).toEqual(words.slice(trees.length));
  // In others as common as the word it is near to.
  expect(findTypos([...words, "yew stret", "fir stret"], [250, ...Array<number>(5).fill(30), 2, 30, 30, 30, 60, 60])).toEqual([]);
});

test("the same words in another order are one value, unless letters stand for words or the order says where", () => {
  const found = (...levels: string[]) =>
    spellingGroups(
      levels,
      levels.map(() => 9),
      false,
    ).length;
  expect(found("Machine Operator", "Operator, Machine")).toBe(1);
  expect(found("no findings, rules of life discussed", "rules of life discussed, no findings")).toBe(0);
  expect(found("van der Berg, Jan", "Jan van der Berg")).toBe(1);
  expect(found("R on L", "L on R")).toBe(0);
  expect(found("Hand R", "R Hand")).toBe(0);
  expect(found("Hamad ibn Khalifah", "Khalifah ibn Hamad")).toBe(0);
  expect(found("Paris on Texas", "Texas on Paris")).toBe(0);
});

test("given names that differ by a letter are those of two people", async () => {
  const people = { brandon: 60, brandyn: 2, kevin: 30, brian: 30, eric: 30 };
  expect(await inspect({ first: drawn("f", people) })).toEqual([]);
  const towns = { Brandenburg: 60, Brandenberg: 2, Potsdam: 30, Cottbus: 30, Senftenberg: 30 };
  expect(await inspect({ town: drawn("f", towns) })).toHaveLength(1);
});

test("case, blanks and points are merged into the most frequent spelling", async () => {
  const [found] = await inspect({ city: drawn("c", { "New York": 20, "new york ": 3, "New-York": 2, Boston: 20, Chicago: 20 }) });
  expect(found).toMatchObject({
    columns: ["city"],
    severity: "costly",
    fix: { steps: [{ op: "map", column: "city", mapping: { "new york ": "New York", "New-York": "New York" } }] },
  });
});

test("grades, school years and sizes are left alone", async () => {
  const columns = {
    cut: drawn("c", { I: 5, II: 5, III: 5, IV: 5 }),
    education: drawn("e", { "basic.4y": 9, "basic.6y": 5, "basic.9y": 9, "high.school": 9 }),
    rating: drawn("r", { "A+": 3, A: 5, "A-": 4, "B+": 3 }),
    age: drawn("a", { "10-19": 3, "20-29": 5, "30-39": 5 }),
    size: drawn("s", { S: 4, M: 4, L: 4, XL: 3, XXL: 2 }),
    quality: drawn("q", { Good: 5, "Very Good": 5, Fair: 5 }),
  };
  expect(await inspect(columns)).toEqual([]);
});

test("short codes whose target differs by case are not one value", async () => {
  const y = coin(ROWS);
  const unit = y.map((label, row) => (row % 3 === 0 ? "x" : label === "yes" ? "M" : "m"));
  expect(await spellingVariant.inspect(contextOf({ columns: { unit, y }, target: "y" }))).toEqual([]);
});

test("labels that differ by case, blanks or a stop are one class; codes are asked about", async () => {
  const y = drawn("y", { yes: 10, Yes: 3, "yes ": 1, no: 10 });
  const [found] = await spellingVariant.inspect(contextOf({ columns: { x: coin(ROWS), y }, target: "y" }));
  const fix = { action: "steps", steps: [{ op: "read-labels", target: "y", spelt: { Yes: "yes", "yes ": "yes" }, unknown: [] }] };
  expect(found).toMatchObject({ columns: ["y"], severity: "harmful", confidence: 0.97, fix, question: null });
  const codes = drawn("c", { A: 10, a: 3, B: 10 });
  const [asked] = await spellingVariant.inspect(contextOf({ columns: { x: coin(ROWS), y: codes }, target: "y" }));
  expect(asked).toMatchObject({ confidence: 0.45, choices: ["same", "different"] });
  expect(asked!.question).toContain('"A" and "a"');
});

test.each([
  ["yes", "Yes", "sure"],
  ["yes", " YES.", "sure"],
  ["<=50K", "<=50K.", "sure"],
  ["not sure", "Not  sure", "sure"],
  ["A", "a", "likely"],
  ["5m", "5M", "likely"],
  ["mRNA", "MRNA", "likely"],
  ["non-smoker", "non smoker", "likely"],
  ["A", "A+", null],
  ["<=50K", ">50K", null],
  ["type 1", "type 11", null],
  ["+", "-", null],
])("%j and %j: %s", (a, b, same) => {
  expect(sameLabel(a, b)).toBe(same);
  expect(sameLabel(b, a)).toBe(same);
});

test("free text is no value that is spelt in several ways", async () => {
  const note = Array.from(
    { length: 200 },
    (_, row) => `${row % 2 === 0 ? "The" : "the"} office called about visit ${Math.floor(row / 2)} again`,
  );
  expect(await spellingVariant.inspect(contextOf({ columns: { note, y: coin(200) }, target: "y" }))).toEqual([]);
});

test("the same words in another order are asked about, and not where the order says which", () => {
  expect(
    inspect({ owner: drawn("owner", { "United Kingdom/ Australia": 5, "Australia/ United Kingdom": 2, "New Zealand": 5 }) }),
  ).toMatchObject([
    {
      evidence: { mapping: { "Australia/ United Kingdom": "United Kingdom/ Australia" } },
      question: expect.stringContaining("mean the same"),
    },
  ]);
  for (const [one, other] of [
    ["Paris - London", "London - Paris"],
    ["Lyon to Nice", "Nice to Lyon"],
    ["room 12 floor", "floor 12 room"],
    ["New York", "York"],
  ] as const)
    expect(inspect({ leg: drawn("leg", { [one]: 5, [other]: 2, elsewhere: 5 }) })).toEqual([]);
});

describe("countries", () => {
  const many = {
    US: 9,
    usa: 4,
    "U.S.A.": 3,
    USA: 5,
    "United States": 6,
    DE: 8,
    Germany: 5,
    Germny: 0.2,
    fr: 9,
    IT: 8,
    Spain: 7,
    China: 5,
    CH: 4,
  };
  const merged = (found: Awaited<ReturnType<typeof inspect>>) =>
    found.map(({ evidence, confidence, question }) => [evidence.mapping, confidence, question === null]);

  test("by name and by codes of two and three letters are one finding; codes that begin alike are not", async () => {
    const { Germny: _, ...weights } = many;
    const found = await inspect({ country: drawn("countries", weights) });
    expect(merged(found)).toEqual([[{ "United States": "US", USA: "US", usa: "US", "U.S.A.": "US", Germany: "DE" }, 0.95, true]]);
  });

  test("are asked about where hardly more is there than two ways to write one", async () => {
    expect(merged(await inspect({ country: drawn("two", { US: 5, usa: 3, UK: 5, "U.K.": 2, other: 2 }) }))).toEqual([
      [{ usa: "US", "U.K.": "UK" }, 0.45, false],
    ]);
  });

  test("a misspelling of one goes where its country goes", async () => {
    const country = drawn("typo", { DE: 60, Germany: 40, fr: 30, IT: 30, Spain: 30, China: 30 }).map((level, row) =>
      row === 77 ? "Germny" : level,
    );
    const found = await inspect({ country });
    expect(merged(found)).toEqual([
      [{ Germany: "DE" }, 0.95, true],
      [{ Germny: "DE" }, 0.6, false],
    ]);
  });

  test("are no matter where most values are none", async () => {
    expect(await inspect({ tag: drawn("tags", { in: 9, India: 5, red: 8, blue: 8, green: 8 }) })).toEqual([]);
  });
});

test("names of several words that differ in case and marks alone are told without a list of renames; sentences are not", async () => {
  const of = (words: number, word: string) =>
    cells(ROWS, 1, "t", (_, row) => {
      const text = Array.from({ length: words }, (_, i) => `${word}${"abcdefgh"[((row % 590) >> i) % 8]}${i}`).join(" ");
      return `${text} ${row % 590}${row < 590 ? "" : "."}`;
    });
  const found = await inspect({ name: of(9, "Word"), long: of(10, "Word"), sentence: of(9, "word") });
  expect(found.map(({ columns }) => columns[0])).toEqual(["name"]);
  expect(found[0]).toMatchObject({ severity: "cosmetic", fix: { action: "advice" }, evidence: { groups: 10, variants: 10 } });
  expect(found[0]?.why).toMatch(
    /^10 texts of `name` stand there in other ways too, alike but for case, accents, letters written out, blanks and marks \(.+; \.\.\.\): one name in several spellings/,
  );
  expect(found[0]?.confidence).toBe(0.45);
});

test("a level that has one word more is asked about", async () => {
  const [found] = await inspect({ weight: drawn("w", { Normal: 20, "Normal Weight": 2, Overweight: 12, Obese: 3 }) });
  expect(found).toMatchObject({ columns: ["weight"], confidence: 0.45, evidence: { mapping: { "Normal Weight": "Normal" } } });
});

test("letters written out where a keyboard lacks them are sure, beside a word of its own none", () => {
  const groups = (levels: readonly string[], counts: readonly number[]) => spellingGroups(levels, counts, true);
  expect(groups(["Fernwärme", "Gas", "Fernwaerme", "Öl", "Oel", "Blåbær", "Blaabaer"], [500, 800, 57, 120, 22, 90, 70])).toEqual([
    { codes: [0, 2], by: "umlaut" },
    { codes: [3, 4], by: "umlaut" },
    { codes: [5, 6], by: "umlaut" },
  ]);
  // "Koln" comes before "Köln", and all three are one city.
  expect(groups(["Koeln", "Koln", "Köln"], [60, 50, 400])).toEqual([
    { codes: [2, 1], by: "fingerprint" },
    { codes: [2, 0], by: "umlaut" },
  ]);
  expect(groups(["Koeln", "Koln", "Köln"], [600, 50, 400])).toEqual([
    { codes: [2, 1], by: "fingerprint" },
    { codes: [0, 2, 1], by: "umlaut" },
  ]);
  expect(groups(["Bar", "Bär", "Maße", "Masse"], [50, 50, 50, 50]).map(({ by }) => by)).toEqual(["fingerprint"]);
});

test("one value in three spellings is told once", async () => {
  const [found, ...more] = await inspect({ city: drawn("c", { Köln: 40, Koln: 5, Koeln: 6, Berlin: 40 }) });
  expect(more).toEqual([]);
  expect(found).toMatchObject({ evidence: { groups: 1, variants: 2, mapping: { Koln: "Köln", Koeln: "Köln" } } });
  expect(found?.why).toContain('writes 1 value in several ways ("Köln" and "Koln" and "Koeln")');
  const other = await inspect({ city: drawn("c", { Munster: 400, Münster: 5, Muenster: 6, Berlin: 40 }) });
  expect(other.map(({ evidence }) => evidence.variants)).toEqual([2]);
});

test("a letter put otherwise in up to a sixth of the rows asks, among few values alone", async () => {
  const many = (level: string, rows: number) => Array<string>(rows).fill(level);
  const region = [...many("London", 540), ...many("Londen", 60), ...many("North", 800), ...many("Wales", 300)];
  const random = createRandom(4, "often");
  const y = region.map(() => (random.next() < 0.5 ? "a" : "b"));
  expect(await spellingVariant.inspect(contextOf({ columns: { region, y }, target: "y" }))).toMatchObject([
    { confidence: 0.45, evidence: { mapping: { Londen: "London" } }, question: expect.stringContaining('"London" and "Londen"') },
  ]);
  expect(findTypos(["london", "londen", "north"], [540, 120, 800])).toEqual([]);
  expect(
    findTypos(["london", "londen", ...Array.from({ length: 60 }, (_, i) => `town ${i}`)], [540, 60, ...Array<number>(60).fill(30)]),
  ).toEqual([]);
});

test("dates are no spellings of each other, though their digits are the same", () => {
  const days = cells(ROWS, 9, "days", (random) => `${1 + random.integer(12)}. ${1 + random.integer(12)}. 2019`);
  expect(inspect({ days })).toEqual([]);
});
