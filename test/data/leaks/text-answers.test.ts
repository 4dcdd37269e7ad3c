import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { postOutcome } from "../../../src/data/checks/post-outcome.ts";
import { unreadText } from "../../../src/data/checks/unread-text.ts";
import { textAnswers } from "../../../src/data/leaks/text-answers.ts";
import { type Cells, contextOf } from "../checks/context.ts";

const ROWS = 400;
const WORDS =
  "door window roof floor kitchen garden street garage cellar stairs heating bath old new bright quiet large small near far".split(" ");

function texts(last: (row: number) => string): string[] {
  const random = createRandom(1, "texts");
  return Array.from({ length: ROWS }, (_, row) => {
    const words = Array.from({ length: 9 }, () => WORDS[random.integer(WORDS.length)]);
    return [...words.slice(0, 5), last(row), ...words.slice(5)].join(" ").trim();
  });
}

const told = (note: Cells, y: Cells) => textAnswers(contextOf({ columns: { note, y }, target: "y" }));
const persons = Array.from({ length: ROWS }, (_, row) => 500 + ((row * 7919) % 3001));
const rocks = Array.from({ length: ROWS }, (_, row) => ["Andesite", "Basalt", "Rhyolite"][(row * 7) % 3]!);
const closed = Array.from({ length: ROWS }, (_, row) => ((row * 13) % 5 < 2 ? "long" : "short"));

test("the number of the target, its class by a word of the stem, a word that stands with one class", () => {
  const number = texts((row) => (row % 3 === 0 ? `with ${persons[row]!.toLocaleString("en")} persons` : "with 12 persons"));
  expect(told(number, persons)).toMatchObject([{ column: "note", kind: "number", named: 134, texts: ROWS }]);
  const named = texts((row) => (row % 4 === 0 ? `of ${rocks[row]!.toLowerCase().slice(0, -1)}ic stone` : "of stone"));
  expect(told(named, rocks)).toMatchObject([{ kind: "class" }]);
  const word = texts((row) => (closed[row] === "long" && row % 2 === 0 ? "closed" : ""));
  expect(told(word, closed)).toMatchObject([{ kind: "word", word: "closed" }]);
});

test("a phrase in few texts, and one that the frequent class never has", () => {
  const grade = Array.from({ length: ROWS }, (_, row) => (row % 2 === 0 ? "A" : row % 50 === 1 ? "X" : row % 4 === 1 ? "B" : "C"));
  const few = texts((row) => (grade[row] === "X" && row % 100 !== 1 ? "shut down" : ""));
  // Four texts are no habit, and twenty of one class are.
  expect(told(few, grade)).toEqual([]);
  const more = grade.map((one, row) => (row % 20 === 1 ? "X" : one));
  expect(
    told(
      texts((row) => (more[row] === "X" ? "shut down" : "")),
      more,
    ),
  ).toMatchObject([{ kind: "word", named: 24 }]);
  const again = texts((row) => (grade[row] !== "A" && row % 3 === 0 ? "inspected again" : ""));
  expect(told(again, grade)).toMatchObject([{ kind: "never", classIndex: 0 }]);
  const any = texts((row) => (row % 3 === 0 ? "inspected again" : ""));
  expect(told(any, grade)).toEqual([]);
  // A class of a third of the rows is left out by many a word.
  const third = Array.from({ length: ROWS }, (_, row) => "ABC"[row % 3]!);
  const rare = texts((row) => (third[row] !== "A" && row % 4 === 0 ? "inspected again" : ""));
  expect(told(rare, third)).toEqual([]);
});

test("a phrase from which a few texts stray is asked about where no other word tells the class", async () => {
  const rows = 2000;
  const random = createRandom(5, "notes");
  const y = Array.from({ length: rows }, () => (random.next() < 0.2 ? "left" : "stayed"));
  const plain =
    "asked about invoices;happy with dashboards;new admin trained;wants more seats;call held on monday;second office planned".split(";");
  const write = (strays: number, leans: (label: string, phrase: number) => number) =>
    y.map((label) => {
      if (random.next() < (label === "left" ? 0.3 : strays)) return "workspace to be deleted";
      let phrase = random.integer(plain.length);
      while (random.next() >= leans(label, phrase)) phrase = random.integer(plain.length);
      return `${plain[phrase]}, week ${["one", "two", "three", "four"][random.integer(4)]}`;
    });
  const note = write(0.003, () => 1);
  expect(told(note, y)).toMatchObject([{ kind: "nearly", classIndex: expect.any(Number) }]);
  const [asked] = await postOutcome.inspect(contextOf({ columns: { note, y }, target: "y" }));
  expect(asked).toMatchObject({ columns: ["note"], fix: { action: "advice" } });
  expect(asked!.confidence).toBeLessThan(0.5);
  expect(asked!.why).toMatch(/few say it and have another class/);
  // As many stray as leave doubt; and other words tell much as well.
  expect(
    told(
      write(0.012, () => 1),
      y,
    ),
  ).toEqual([]);
  const telling = (label: string, phrase: number) =>
    (label === "left" ? [1, 0.6, 0.3, 0.1, 0.02, 0.01] : [0.05, 0.1, 0.3, 0.6, 1, 1])[phrase]!;
  expect(told(write(0.003, telling), y)).toEqual([]);
});

test("is silent where words only lean to a class, and where numbers are those of other rows", () => {
  expect(
    told(
      texts((row) => (row % 9 === 0 || closed[row] === "long" ? "closed" : "")),
      closed,
    ),
  ).toEqual([]);
  expect(
    told(
      texts((row) => `with ${persons[(row + 1) % ROWS]} persons`),
      persons,
    ),
  ).toEqual([]);
  expect(
    told(
      texts((row) => `of ${rocks[(row * 5 + Math.floor(row / 3)) % ROWS]}`),
      rocks,
    ),
  ).toEqual([]);
  // A complaint shares the beginning of the name of what is found, and says it of others too.
  const ills = rocks.map((rock) => (rock === "Basalt" ? "boiterie" : rock));
  const limps = (word: string) => texts((row) => (row % 10 === 0 || (ills[row] === "boiterie" && row % 3 > 0) ? word : "mange"));
  expect(told(limps("boiteries"), ills)).toMatchObject([{ kind: "class" }]);
  expect(told(limps("boite"), ills)).toEqual([]);
});

test("asks when the text is written, and its words are not read before that", async () => {
  const note = texts((row) => (closed[row] === "long" && row % 2 === 0 ? "closed" : ""));
  const context = contextOf({ columns: { note, y: closed }, target: "y" });
  const [found] = await postOutcome.inspect(context);
  expect(found).toMatchObject({ columns: ["note"], severity: "harmful", counterfactual: null, choices: ["after", "before"] });
  expect(found!.why).toMatch(/say "closed" and have `y` = "long"/);
  expect(await unreadText.inspect(context)).toEqual([]);
  const known = { ...contextOf({ columns: { note, y: closed }, target: "y" }), knownAt: { note: "before" as const } };
  expect(await postOutcome.inspect(known)).toEqual([]);
  expect(await unreadText.inspect(known)).toHaveLength(1);
});

test("notes put together of a few set phrases are looked at too, however few there are", () => {
  const base = ["Discharged home in good state.", "Wound healing well, antibiotics.", "Pain under control, physiotherapy."];
  const more = ["Lives alone.", "Lives with family.", "Mobile with aid.", "Independent now."];
  const written = (row: number) => `${base[row % 3]} ${more[(row >> 2) % 4]}`;
  const note = Array.from(
    { length: ROWS },
    (_, row) =>
      `${written(row)}${closed[row] === "long" && row % 2 === 0 ? ` Addendum: ${["came back", "see new file"][(row >> 1) % 2]}.` : ""}`,
  );
  expect(new Set(note).size).toBeLessThan(100);
  expect(told(note, closed)).toMatchObject([{ kind: "word", word: "addendum", named: 80 }]);
  expect(
    told(
      Array.from({ length: ROWS }, (_, row) => `${written(row)} ${["Addendum.", "Seen by nurse.", ""][row % 3]}`),
      closed,
    ),
  ).toEqual([]);
});
