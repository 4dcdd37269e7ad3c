import { describe, expect, test } from "vitest";
import { nullConfidence } from "../../../src/core/null-words.ts";
import { nullSpelling } from "../../../src/data/checks/null-spelling.ts";
import { type Cells, cells, coin, contextOf } from "./context.ts";

const ROWS = 400;
const pick = (label: string, levels: readonly string[]) => cells(ROWS, 6, label, (random) => levels[random.integer(levels.length)]!);
const inspect = (columns: Record<string, Cells>) =>
  nullSpelling.inspect(contextOf({ columns: { ...columns, y: coin(ROWS) }, target: "y" }));

describe("a level alone", () => {
  test.each([
    "?",
    "NA",
    " n/a ",
    "N/A",
    "-",
    "--",
    ".",
    "null",
    "k. A.",
    "Keine Angabe",
    "não informado",
    "Sin datos",
    "no consta",
    "Sin información",
    "não consta",
    "niet ingevuld",
    "нет информации",
    "неизвестно",
    "不明",
  ])("%s", (level) => {
    expect(nullConfidence(level, ["red", "green", "blue"])).toBeGreaterThanOrEqual(0.85);
  });
  test.each(["nonexistent", "No internet service", "no", "other", "never", "0", "x", "normal", "nano", "basic.4y", "<50"])(
    "%s is a value",
    (level) => {
      expect(nullConfidence(level, ["red", "green", "blue"])).toBe(0);
    },
  );
  test("several words for no value are one", () => {
    for (const level of ["Unknown/Invalid", "missing or refused", "not known/not applicable"])
      expect(nullConfidence(level, ["F", "M"])).toBeGreaterThanOrEqual(0.5);
    // Alone a parcel was refused, beside another such word an answer.
    expect(nullConfidence("refused", ["no access", "nobody in"])).toBe(0.3);
    expect(nullConfidence("refused", ["yes", "no", "don't know"])).toBe(0.6);
    expect(nullConfidence("refused", ["yes", "no"])).toBe(0.3);
    // States of a thing are asked about, and what denies another level is the other answer.
    for (const state of ["à confirmer", "noch offen", "Not Listed", "Unassigned", "no registrado", "b/d"])
      expect(nullConfidence(state, ["otite", "dermatite"]), state).toBe(0.4);
    expect(nullConfidence("Not available", ["red", "green"])).toBeGreaterThan(0.9);
    for (const [level, other] of [
      ["Not Available", "available"],
      ["Non rilevato", "Rilevato"],
      ["no registrado", "registrado"],
      ["не указано", "указано"],
    ] as const)
      expect(nullConfidence(level, [other, "something else"]), level).toBe(0);
    for (const level of ["missing/5", "invalid/other", "n/no"]) expect(nullConfidence(level, ["F", "M"])).toBe(0);
    expect(nullConfidence("XNA", ["F", "M"])).toBe(0.6);
  });
  test("countries, blood factors and 'none' are left to the reader", () => {
    expect(nullConfidence("NA", ["DE", "FR", "ZA", "ZM", "US"])).toBeLessThan(0.5);
    const states = "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD NC SD".split(" ");
    expect(nullConfidence("ND", states)).toBe(0);
    // Areas of the United Kingdom: some of one letter. Beside words it may be no value.
    const areas = "AB B BS CF DE E EH G GL HU L LE LS M ML N NE NG S SE SW W".split(" ");
    expect(nullConfidence("NR", areas)).toBe(0);
    expect(nullConfidence("NR", "A B C D E F G H I J K L M N O P Q S T U V W".split(" "))).toBeGreaterThan(0);
    expect(
      nullConfidence(
        "NR",
        areas.map((area) => `${area} area`),
      ),
    ).toBeGreaterThan(0);
    const small = states.map((state) => state.toLowerCase());
    expect(nullConfidence("nd", small)).toBe(0);
    expect(nullConfidence("nd", ["low", "mid", "big", "top"])).toBeGreaterThan(0.5);
    const elements = "H He Li Be B C N O F Ne Mg Al Si P S Cl Ar K Ca Sc Ti V Cr".split(" ");
    expect([nullConfidence("Na", elements), nullConfidence("Nd", elements)]).toEqual([0, 0]);
    expect(nullConfidence("NA", elements)).toBeGreaterThan(0.9);
    expect(nullConfidence("ND", [...states, "not a place", "nor this"])).toBeGreaterThan(0);
    expect(nullConfidence("-", ["+"])).toBe(0);
    expect(nullConfidence("none", ["garage", "carport"])).toBeLessThan(0.5);
  });
});

test("with one other level a sign is half of what the column tells, and is asked about", async () => {
  const found = await inspect({ flag: pick("f", ["-", "-", "yes"]), kind: pick("k", ["?", "?", "a", "b"]) });
  expect(found.map(({ columns, confidence, question }) => [columns, confidence >= 0.5, question !== null])).toEqual([
    [["flag"], false, true],
    [["kind"], true, false],
  ]);
});

test("one finding for a word in several columns, with a step for each", async () => {
  const found = await inspect({
    job: pick("j", ["cook", "clerk", "unknown"]),
    home: pick("h", ["own", "rent", "unknown"]),
    kind: pick("k", ["a", "b", "?"]),
  });
  expect(found.map(({ columns, severity }) => [columns, severity])).toEqual([
    [["job", "home"], "costly"],
    [["kind"], "costly"],
  ]);
  expect(found[0]!.fix).toMatchObject({
    action: "steps",
    steps: [
      { op: "null-out", column: "job", values: ["unknown"] },
      { op: "null-out", column: "home", values: ["unknown"] },
    ],
  });
});

test("a short token without vowels that unlike columns share", async () => {
  const found = await inspect({
    a: pick("a", ["red", "blue", "zz"]),
    b: pick("b", ["cat", "dog", "zz"]),
    c: pick("c", ["up", "down", "zz"]),
  });
  expect(found).toMatchObject([{ columns: ["a", "b", "c"], evidence: { spellings: ["zz"] } }]);
  expect(await inspect({ a: pick("a", ["st", "wd"]), b: pick("b", ["st", "wd"]), c: pick("c", ["st", "wd"]) })).toEqual([]);
});

test("columns with the same words among numbers are one finding, and each is tried as names", async () => {
  const unparsed = (value: string, count: number) => ({ unparsed: [{ value, count }] });
  const numbers = (label: string) => cells(ROWS, 6, label, (random) => random.normal());
  const context = contextOf({
    columns: { a: numbers("a"), b: numbers("b"), c: numbers("c"), y: coin(ROWS) },
    target: "y",
    infos: { a: unparsed("NA", 2), b: unparsed("?", 4), c: unparsed("na", 14) },
  });
  const found = await nullSpelling.inspect(context);
  expect(found.map(({ columns, evidence }) => [columns, evidence.cells])).toEqual([
    [["a", "c"], 16],
    [["b"], 4],
  ]);
  expect(found[0]).toMatchObject({
    counterfactual: {
      change: "undo",
      steps: [
        { op: "to-category", column: "a" },
        { op: "to-category", column: "c" },
      ],
    },
    why: '16 cells of `a` and `c` hold "NA", "na" among numbers; read as missing.',
  });
});

test("cells of number columns that the reader took as missing are told", async () => {
  const infos = {
    charge: {
      unparsed: [
        { value: " ", count: 11 },
        { value: "12kg", count: 3 },
      ],
    },
  };
  const context = contextOf({ columns: { charge: cells(ROWS, 6, "c", (random) => random.normal()), y: coin(ROWS) }, target: "y", infos });
  expect(await nullSpelling.inspect(context)).toMatchObject([{ columns: ["charge"], severity: "cosmetic", rows: { count: 11 } }]);
});

test("one unreadable token of three questions with the same answers is a word for no answer", async () => {
  const found = await inspect({
    angina: pick("a", ["y", "n", "zq"]),
    stroke: pick("s", ["y", "n", "zq"]),
    smoker: pick("m", ["current", "former", "never", "zq"]),
  });
  expect(found.flatMap(({ columns }) => columns).sort()).toEqual(["angina", "smoker", "stroke"]);
  expect(nullConfidence("nk", ["yes", "no"])).toBeGreaterThan(0);
});

test("none is a kind of its own where many rows have it, and of a target always", async () => {
  const campaign = (share: number) => ({
    campaign: cells(600, 1, "c", (random) => (random.next() < share ? "none" : ["mail", "tv", "radio"][random.integer(3)]!)),
    y: coin(600),
  });
  expect(await nullSpelling.inspect(contextOf({ columns: campaign(0.4), target: "y" }))).toEqual([]);
  expect(await nullSpelling.inspect(contextOf({ columns: campaign(0.03), target: "y" }))).toMatchObject([
    { columns: ["campaign"], confidence: 0.3 },
  ]);
});

test("a word behind the front that all levels share", async () => {
  const [found] = await inspect({ price: pick("p", ["p_cheap", "p_branded", "p_unknown", "p_private label"]) });
  expect(found).toMatchObject({ columns: ["price"], fix: { steps: [{ op: "null-out", column: "price", values: ["p_unknown"] }] } });
  expect(await inspect({ origin: pick("o", ["bird_unknown", "bat_small", "bird_large"]) })).toEqual([]);
});

test("a column of nothing but such a word is empty, and no value of its own", async () => {
  expect(await inspect({ ever: Array<string>(ROWS).fill("NA"), kind: pick("k", ["a", "b"]) })).toEqual([]);
});

test("a code of two signs beside others of its form is a code, and among words a gap", () => {
  expect(nullConfidence("NK", ["AA", "AS", "B6", "DL", "EV", "F9", "HA", "WN"])).toBe(0);
  expect(nullConfidence("NK", ["AA", "AS", "DL", "Delta", "EV", "HA", "WN"])).toBeGreaterThan(0.1);
  expect(nullConfidence("NK", ["AA", "B6", "DL"])).toBeGreaterThan(0.1);
  expect(nullConfidence("UNK", ["AAA", "ASA", "DLH", "EVA", "F9A", "HAL", "WNA"])).toBeGreaterThan(0.1);
});

test("what is only asked about is told as what it may be", async () => {
  const carrier = cells(ROWS, 8, "carrier", (random) => ["DL", "AA", "UA", "WN", "B6", "NK"][random.integer(6)]!);
  const [found] = await nullSpelling.inspect(contextOf({ columns: { carrier, y: coin(ROWS) }, target: "y" }));
  expect(found).toMatchObject({ severity: "cosmetic", question: expect.stringContaining("or is it a value") });
  expect(found!.why).toContain("it may say that the value is missing, or be a value; it is read as a category of its own.");
  const unknown = carrier.map((one) => (one === "NK" ? "n/a" : one));
  const [sure] = await nullSpelling.inspect(contextOf({ columns: { unknown, y: coin(ROWS) }, target: "y" }));
  expect(sure!.why).toContain("it says that the value is missing, but is read as a category of its own.");
});

test("missing among outcomes that have gaps beside it is asked about, elsewhere it is a gap", async () => {
  const fates = ["adopted", "transferred", "died", "missing", "NA"];
  const confidence = async (name: string, levels: readonly string[]) =>
    (await inspect({ [name]: pick("fates", levels) })).find(({ evidence }) => String(evidence.spellings) === "missing")?.confidence ?? 0;
  expect(await confidence("outcome_type", fates)).toBe(0.45);
  expect(await confidence("outcome_type", fates.slice(0, 4))).toBeGreaterThan(0.9);
  expect(await confidence("colour", fates)).toBeGreaterThan(0.9);
});

test("the column's own word denied is asked about among amounts, and is a kind among kinds", async () => {
  const asked = async (name: string, levels: readonly string[]) =>
    (await inspect({ [name]: pick("denied", levels) })).map(({ evidence, question }) => [String(evidence.spellings), question !== null]);
  const off = ["5 % off", "10 % off", "15 % off", "20 % off"];
  expect(await asked("Discount", [...off, "No Discount"])).toEqual([["No Discount", true]]);
  expect(await asked("Rabatte", [...off, "Kein Rabatt"])).toEqual([["Kein Rabatt", true]]);
  expect(await asked("Rating", ["4.1 of 5", "3.9 of 5", "4.4 of 5", "No Reviews"])).toEqual([["No Reviews", true]]);
  expect(await asked("Discount", [...off, "No Return"])).toEqual([]);
  expect(await asked("Garage", ["attached", "built in", "basement", "No Garage"])).toEqual([]);
});

test("beside words that say how often or how much, none is the lower end of their scale", () => {
  expect(nullConfidence("none", ["rarely", "often"])).toBe(0);
  expect(nullConfidence("None", ["Travel_Rarely", "Travel_Frequently", "daily commute"])).toBe(0);
  expect(nullConfidence("none", ["often", "red", "green", "blue"])).toBe(0.3);
  expect(nullConfidence("none", ["high"])).toBe(0.3);
});
