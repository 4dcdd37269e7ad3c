import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { readTrainingLabels } from "../../../src/data/labels/label-reading.ts";
import { readTestLabels } from "../../../src/data/labels/test-labels.ts";
import { inferTask } from "../../../src/data/roles/task.ts";
import { type Cells, numbers, tableOf } from "../table.ts";

const ROWS = 300;
const random = createRandom(4, "labels");
const x = numbers(ROWS, () => random.normal());
const every = (step: number, word: string | number, others: Cells): Cells => others.map((cell, row) => (row % step === 0 ? word : cell));
const yesNo = x.map(() => (random.next() < 0.4 ? "yes" : "no"));
const amounts = x.map((value) => Math.round(100 * (20 + 3 * value)) / 100);

const read = (y: Cells, answers: Record<string, string> = {}) => {
  const table = tableOf([
    ["x", x],
    ["y", y],
  ]);
  const found = readTrainingLabels(table, "y", answers);
  return { ...found, ...inferTask(table.dataset, table.frame, "y", { labels: found.reading }) };
};

test("labels as they should be are read as they stand", () => {
  expect(read(yesNo)).toMatchObject({ reading: undefined, suspicions: [], task: { kind: "binary", classes: ["no", "yes"] } });
  expect(read(amounts)).toMatchObject({ reading: undefined, suspicions: [], task: { kind: "regression" } });
});

test("a code in an amount is no label, unless the user says that it is one", () => {
  const { task, target, suspicions } = read(every(10, -999, amounts));
  expect(suspicions).toMatchObject([{ trap: "sentinel", severity: "blocker", choices: ["missing", "value"] }]);
  expect(task).toMatchObject({ kind: "regression", labels: { unknown: ["-999"] } });
  expect(target.filter(Number.isNaN)).toHaveLength(ROWS / 10);
  expect(read(every(10, -999, amounts), { "sentinel:y": "value" }).reading).toBeUndefined();
});

test("a sign for not known is no third class; a doubtful word is asked about", () => {
  const { task, target } = read(every(10, "?", yesNo));
  expect(task).toMatchObject({ kind: "binary", classes: ["no", "yes"] });
  expect(target.filter(Number.isNaN)).toHaveLength(ROWS / 10);
  const doubtful = read(every(10, "none", yesNo));
  expect(doubtful.task).toMatchObject({ kind: "multiclass" });
  expect(doubtful.suspicions[0]!.question).toContain("none");
  expect(read(every(10, "none", yesNo), { "null-spelling:y": "missing" }).task.kind).toBe("binary");
  // Two such words are each asked about.
  const two = read(every(7, "open", every(10, "none", yesNo)));
  expect(two.suspicions.map(({ question }) => ["open", "none"].find((word) => question?.includes(`"${word}"`)))).toEqual(["none", "open"]);
});

test("a sign that is as frequent as a usual label is asked about: it may say that nothing was found", () => {
  const found = yesNo.map((label, row) => (row % 3 === 0 ? label : "-"));
  const { task, suspicions } = read(found);
  expect(task).toMatchObject({ kind: "multiclass", classes: ["-", "no", "yes"] });
  expect(suspicions[0]).toMatchObject({ trap: "null-spelling", severity: "harmful" });
  expect(suspicions[0]!.question).toContain('Does "-" in the target `y` stand for "not known"');
  expect(read(found, { "null-spelling:y": "missing" }).task.kind).toBe("binary");
  expect(read(every(10, "-", yesNo)).task.kind).toBe("binary");
  const usual = yesNo.map((_, row) => (row % 20 < 10 ? "yes" : row % 20 < 17 ? "-" : "no"));
  expect(read(usual).task).toMatchObject({ kind: "multiclass", classes: ["-", "no", "yes"] });
});

test("spellings of one class are one class; codes are merged on the user's word only", () => {
  expect(read(every(10, "Yes ", yesNo)).task).toMatchObject({ kind: "binary", labels: { spelt: { "Yes ": "yes" } } });
  const codes = every(
    10,
    "a",
    yesNo.map((label) => (label === "yes" ? "A" : "B")),
  );
  expect(read(codes).task).toMatchObject({ kind: "multiclass", classes: ["A", "B", "a"] });
  expect(read(codes, { "spelling-variant:y": "same" }).task).toMatchObject({ kind: "binary", classes: ["B", "A"] });
  expect(read(codes, { "spelling-variant:y": "different" }).task).toMatchObject({ kind: "multiclass" });
});

test.each([
  ["$", (value: number) => `$${Math.floor(value).toLocaleString("en")}.${String(Math.round(100 * value) % 100).padStart(2, "0")}`, "."],
  [
    "\u20ac",
    (value: number) => `${Math.floor(value).toLocaleString("de")},${String(Math.round(100 * value) % 100).padStart(2, "0")} \u20ac`,
    ",",
  ],
  ["none", (value: number) => `${Math.floor(value).toLocaleString("de")},${String(Math.round(100 * value) % 100).padStart(2, "0")}`, ","],
])("a target of written amounts, unit %s, is read as numbers, and what writes none is no answer", (_, write, decimal) => {
  const values = x.map((value) => Math.round(100 * (2000 + 400 * value)) / 100);
  const { task, target, suspicions } = read(every(60, "on request", values.map(write)));
  expect(task).toMatchObject({ kind: "regression", labels: { spelt: {}, unknown: ["on request"], amount: { decimal } } });
  expect(suspicions).toMatchObject([{ trap: "text-number", question: null }]);
  values.forEach((value, row) => {
    if (row % 60 === 0) expect(target[row]).toBeNaN();
    else expect(target[row]).toBeCloseTo(value, 9);
  });
});

test("a target in which one sign can stand between thousands or before decimals is asked about, and each answer has its reading", () => {
  const prices = x.map((_, row) => `$${3 + (row % 2)}.${String(100 + ((row * 7) % 900))}`);
  const mark = (answers: Record<string, string>) => read(prices, answers).reading?.amount?.decimal;
  const { suspicions } = read(prices);
  expect(suspicions).toMatchObject([{ trap: "text-number", choices: ["thousands", "decimals"], evidence: { open: true } }]);
  expect(suspicions[0]!.question).toContain("three decimals");
  const [first] = read(["$25", "$7", ...prices.slice(2)]).suspicions;
  expect(first!.question).not.toContain("$25");
  expect(suspicions[0]!.why).toContain("until it is answered");
  expect([mark({}), mark({ "text-number:y": "thousands" }), mark({ "text-number:y": "decimals" })]).toEqual([",", ",", "."]);
});

test("names of classes that hold digits, and texts of two units, are no amounts", () => {
  const kinds = ["A", "B", "C"].flatMap((unit) => Array.from({ length: 5 }, (_, i) => `${i + 1}${unit}`));
  expect(read(x.map((_, row) => kinds[row % kinds.length]!)).task.kind).toBe("multiclass");
  expect(read(x.map((_, row) => `$${(row % 4) + 1}.50`)).task.kind).toBe("multiclass");
  expect(read(x.map((_, row) => `1.${100 + (row % 40)} kg`)).task.kind).toBe("multiclass");
});

test("yes and no that were written in several ways are two classes; an open case beside them is asked about", () => {
  const ways = (yes: readonly string[], no: readonly string[]) =>
    yesNo.map((label, row) => (label === "yes" ? yes : no)[row % yes.length]!);
  expect(read(ways(["yes", "1", "true"], ["no", "0", "false"])).task).toMatchObject({ kind: "binary" });
  expect(read(ways(["o", "oui"], ["n", "non"])).task).toMatchObject({ kind: "binary" });
  // Directions, and a class of its own.
  expect(read(ways(["s", "o"], ["n", "n"])).task.kind).toBe("multiclass");
  expect(read(ways(["yes", "churned"], ["no", "no"])).task.kind).toBe("multiclass");
  // The same beside words for no answer: letters of one word are its spellings, however short.
  const cases = read(every(6, "open", ways(["Yes", "yes"], ["No", "NO"])));
  expect(cases.task).toMatchObject({ kind: "multiclass" });
  expect(cases.task.kind === "multiclass" && cases.task.classes.map((one) => one.toLowerCase()).sort()).toEqual(["no", "open", "yes"]);
  expect(cases.suspicions.map(({ trap, why }) => [trap, why.includes("writes 2 classes")])).toEqual([
    ["null-spelling", false],
    ["spelling-variant", true],
  ]);
  const open = read(every(6, "en cours", ways(["oui"], ["non"])));
  expect(open).toMatchObject({ task: { kind: "multiclass" }, suspicions: [{ severity: "harmful", choices: ["missing", "value"] }] });
});

test("thousands of different labels are read in no more time than they are many", () => {
  const texts = x.map((_, row) => `Subject number ${row}: the printer on floor ${row % 7} does not print`);
  const many = Array.from({ length: 20 }, (_, part) => texts.map((text) => `${text}, part ${part}`)).flat();
  const table = tableOf([["y", many]]);
  const before = process.cpuUsage();
  expect(readTrainingLabels(table, "y", {}).reading).toBeUndefined();
  // Each held against all others: 36 million comparisons, a minute.
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(5000);
});

test("labels of a test set that are all texts are held against no others", () => {
  const texts = Array.from({ length: 6000 }, (_, row) => `Subject number ${row}: the printer does not print`);
  const table = tableOf([["y", texts]]);
  const testRows = Int32Array.from({ length: 3000 }, (_, i) => 3000 + i);
  const before = process.cpuUsage();
  const { suspicions } = readTestLabels(table, "y", testRows, { reading: undefined, suspicions: [] }, {});
  expect(suspicions).toMatchObject([{ evidence: { share: 1 } }]);
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(2000);
});

test("a rare class one letter away from a frequent one is asked about; the answer merges them", () => {
  const queues = ["Billing", "Shipping", "Returns"];
  const labels = Array.from({ length: ROWS }, (_, row) => queues[row % 3]!).map((label, row) =>
    row === 30 || row === 60 ? "Biling" : label,
  );
  const { suspicions, task } = read(labels);
  expect(task).toMatchObject({ kind: "multiclass", classes: ["Biling", "Billing", "Returns", "Shipping"] });
  expect(suspicions).toMatchObject([{ trap: "spelling-variant", confidence: 0.45, choices: ["same", "different"] }]);
  expect(suspicions[0]!.question).toContain('"Billing" and "Biling"');
  expect(read(labels, { "spelling-variant:y": "same" }).task).toMatchObject({ classes: ["Billing", "Returns", "Shipping"] });
  // Classes that are as frequent, and short ones.
  expect(read(labels.map((label, row) => (row % 6 === 0 ? "Biling" : label))).suspicions).toEqual([]);
  expect(read(labels.map((label) => ({ Billing: "cat", Biling: "car" })[label] ?? label)).suspicions).toEqual([]);
});

test("the name of the target is no class in rows that say the names of other columns; a class of that name elsewhere is one", () => {
  const at = (name: string, others: Cells): Cells => others.map((cell, row) => (row === 50 || row === 120 ? name : cell));
  const kinds = x.map((_, row) => ["a", "b", "c"][row % 3]!);
  const readBeside = (y: Cells) => {
    const table = tableOf([
      ["Shop", at("shop", kinds)],
      ["Size", at("SIZE", kinds)],
      ["x", x.map((value, row) => (row === 50 || row === 120 ? null : value))],
      ["y", y],
    ]);
    const { suspicions, reading } = readTrainingLabels(table, "y", {});
    return { suspicions, ...inferTask(table.dataset, table.frame, "y", { labels: reading }) };
  };
  const { suspicions, task } = readBeside(at("Y", yesNo));
  expect(suspicions).toMatchObject([
    { trap: "missing-header", columns: ["Shop", "Size", "y"], rows: { count: 2, sample: [50, 120] }, question: null },
  ]);
  expect(task).toMatchObject({ kind: "binary", classes: ["no", "yes"] });
  expect(
    readBeside(at("Y", yesNo).map((cell, row) => (row === 7 ? "Y" : cell))).suspicions.some(({ trap }) => trap === "missing-header"),
  ).toBe(false);
});
