import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { siteEffect } from "../../../src/data/checks/site-effect.ts";
import { type Cells, contextOf, numbers, tableOf } from "../table.ts";

const ROWS = 1200;

interface Made {
  readonly name: string;
  /** How far the rates of the sources lie apart, in log odds. */
  readonly apart: number;
  /** Columns that the even sources leave empty. */
  readonly marks?: number;
  readonly sources?: number;
  /** Sources are numbers: codes, or a quantity along which the rate rises. */
  readonly numbered?: "codes" | "rising" | "flag" | "words";
}

function written(one: number, numbered: Made["numbered"]): number | string {
  if (numbered === undefined) return `s${one}`;
  return numbered === "words" ? ["no", "yes"][one]! : one + (numbered === "flag" ? 0 : 1);
}

async function found({ name, apart, marks = 0, sources = 8, numbered }: Made) {
  const random = createRandom(2, "sites");
  const source = numbers(ROWS, () => random.integer(sources));
  const x = numbers(ROWS, () => random.normal());
  const y = source.map((one, row) =>
    random.next() < 1 / (1 + Math.exp(-(apart * ((numbered === "rising" ? one / 2 : one % 4) - 1.5) + 0.5 * x[row]!))) ? "yes" : "no",
  );
  const marked = numbers(marks, (i) => i).map((i): [string, Cells] => [
    `m${i}`,
    source.map((one) => (one % 2 === 0 ? null : random.normal())),
  ]);
  const columns: [string, Cells][] = [[name, source.map((one) => written(one, numbered))], ["x", x], ...marked, ["y", y]];
  return await siteEffect.inspect(contextOf(tableOf(columns), "y"));
}

test.each([0.7, 1.5])("a named source whose rates lie %d apart is found", async (apart) => {
  const [one, ...more] = await found({ name: "hospital_id", apart });
  expect(more).toEqual([]);
  expect(one).toMatchObject({
    columns: ["hospital_id"],
    choices: ["no", "yes"],
    counterfactual: { change: "split", honest: { policy: "group", by: ["hospital_id"] } },
  });
  expect(one!.confidence).toBeGreaterThanOrEqual(0.5);
});

test("a source that all but gives the answer is priced as a leak, so that others are priced without it", async () => {
  const [one] = await found({ name: "source_file", apart: 2 });
  expect(one).toMatchObject({
    severity: "harmful",
    question: expect.stringContaining("`source_file`"),
    counterfactual: { change: "steps", steps: [{ op: "drop", columns: ["source_file"] }], flatters: true },
  });
});

test.each(["logger", "data_logger_id", "recorder", "enregistreur", "registrador", "sensore", "czujnik", "Datenlogger", "givare"])(
  "what writes the rows down is a source: %s",
  async (name) => expect(await found({ name, apart: 1 })).toHaveLength(1),
);

test("what is measured at a logger is no source; a terminal by which people leave is one where it tells much", async () => {
  expect(await found({ name: "logger_voltage", apart: 1 })).toEqual([]);
  expect(await found({ name: "terminal", apart: 0.5 })).toEqual([]);
  expect(await found({ name: "terminal", apart: 1.5 })).toHaveLength(1);
});

test("the system that a row came from is a source", async () => {
  expect(await found({ name: "source_system", apart: 1 })).toHaveLength(1);
});

test("of many machines each has a rate of its own; a few are sources", async () => {
  expect(await found({ name: "machine", apart: 1.5, sources: 40 })).toEqual([]);
  expect(await found({ name: "machine", apart: 1.5, sources: 8 })).toHaveLength(1);
  expect(await found({ name: "scanner", apart: 1.5, sources: 40 })).toHaveLength(1);
});

test("ways of collecting that differ say it without a name, and with a name are surer", async () => {
  const [unnamed] = await found({ name: "v7", apart: 1, marks: 3 });
  expect(unnamed!.evidence.filledInSomeOnly).toEqual(["m0", "m1", "m2"]);
  expect(unnamed!.confidence).toBeGreaterThan(0.5);
  const [named] = await found({ name: "Scanner", apart: 1, marks: 3 });
  expect(named!.confidence).toBeGreaterThan(unnamed!.confidence);
});

test.each([8, 2])("a source that is a number is found by its traces: %d codes without an order", async (sources) => {
  const [one] = await found({ name: "v7", apart: 1.5, marks: 3, sources, numbered: "codes" });
  expect(one).toMatchObject({ columns: ["v7"], evidence: { filledInSomeOnly: ["m0", "m1", "m2"] } });
});

test("what only those have of whom something is so is empty for the others: a flag is no source", async () => {
  expect(await found({ name: "v7", apart: 1.5, marks: 3, sources: 2, numbered: "flag" })).toEqual([]);
  expect(await found({ name: "v7", apart: 1.5, marks: 3, sources: 2, numbered: "words" })).toEqual([]);
});

test("a category of which a few levels fill what others leave empty, and most fill it in part, is no source", async () => {
  const random = createRandom(5, "colours");
  const colour = numbers(ROWS, () => random.integer(8));
  const y = colour.map((one) => (random.next() < 0.2 + 0.08 * one ? "yes" : "no"));
  const marked = (share: (one: number) => number) => colour.map((one) => (random.next() < share(one) ? random.normal() : null));
  const inPart = (one: number) => (one === 0 ? 0 : one === 1 ? 1 : 0.5);
  const inWhole = (one: number) => one % 2;
  const look = async (share: (one: number) => number, name = "shade") =>
    await siteEffect.inspect(
      contextOf(
        tableOf([
          [name, colour.map((one) => `c${one}`)],
          ["a", marked(share)],
          ["b", marked(share)],
          ["y", y],
        ]),
        "y",
      ),
    );
  expect(await look(inPart)).toEqual([]);
  expect(await look(inWhole)).toHaveLength(1);
  // A kind of things has what others have not.
  expect(await look(inWhole, "typ")).toEqual([]);
});

describe("silent on", () => {
  test.each<[string, Made]>([
    ["a source whose rates are equal", { name: "site", apart: 0 }],
    ["a category that tells the target", { name: "contract", apart: 1.5 }],
    ["a property of a device", { name: "device_protection", apart: 1.5 }],
    ["a source of a few rows each", { name: "site", apart: 1, sources: 400 }],
    ["a quantity on which two columns depend", { name: "rooms", apart: 1, marks: 2, numbered: "rising" }],
    ["one column that depends on a category", { name: "contract", apart: 1, marks: 1 }],
  ])("%s", async (_, made) => expect(await found(made)).toEqual([]));
});

test("a channel by which customers come is none unless it tells more than one honestly does", async () => {
  expect(await found({ name: "hospital_id", apart: 0.7 })).toHaveLength(1);
  expect(await found({ name: "source", apart: 0.7 })).toEqual([]);
  expect(await found({ name: "source", apart: 1.5 })).toHaveLength(1);
});

/** Sources s0, s1, ... whose log odds are given. */
async function ofRates(odds: readonly number[], { name = "branch_office", rows = 4000, seed = 1 } = {}) {
  const random = createRandom(seed, "lone site");
  const site = numbers(rows, () => random.integer(odds.length));
  const y = site.map((one) => (random.next() < 1 / (1 + Math.exp(-odds[one]!)) ? "yes" : "no"));
  const columns: [string, Cells][] = [
    [name, site.map((one) => `s${one}`)],
    ["x", numbers(rows, () => random.normal())],
    ["y", y],
  ];
  const found = await siteEffect.inspect(contextOf(tableOf(columns), "y"));
  return found.filter(({ evidence }) => "value" in evidence);
}

describe("one source far off others that agree", () => {
  const alike = [-2, -2.1, -1.95, -2.05, -2];

  test("is asked about, however little the column tells, higher or lower, whether few or many of its rows have the class", async () => {
    const [higher, ...more] = await ofRates([...alike, -1]);
    expect(more).toEqual([]);
    expect(higher).toMatchObject({ columns: ["branch_office"], severity: "harmful", evidence: { value: "s5", others: 5 } });
    expect(higher!.confidence).toBeLessThan(0.5);
    expect(higher!.rows.count).toBe(higher!.evidence.rows);
    expect(higher!.why).toContain("of the 5 other values with 50 rows or more each has between");
    expect(higher!.question).toContain('`branch_office` is "s5"');
    expect(await ofRates([-0.2, 0, 0.1, -0.1, 0, -1.2])).toMatchObject([{ evidence: { value: "s5" } }]);
  });

  test("is asked about of a plant, a school or a shop too, and of four that are one file each", async () => {
    for (const name of ["plant", "Skola", "école", "scuola_id", "Filiale", "tienda", "sairaala", "region"])
      expect(await ofRates([...alike, -1], { name }), name).toMatchObject([{ columns: [name], evidence: { value: "s5" } }]);
    expect(await ofRates([-2, -2.03, -2.01, 0.7], { name: "plant", rows: 16_000 })).toMatchObject([
      { evidence: { value: "s3", others: 3 } },
    ]);
    // Of places that differ, none is off the others: no source by the name alone.
    expect(await found({ name: "school", apart: 1.5 })).toEqual([]);
  });

  test("is nothing where the others lie apart too, are too few, or the name is of no source", async () => {
    expect(await ofRates([-2.4, -1.6, -2, -1.8, -2.2, -1.4])).toEqual([]);
    expect(await ofRates([-2, -2.05, -1])).toEqual([]);
    expect(await ofRates([...alike, -1], { name: "school_type" })).toEqual([]);
    expect(await ofRates([...alike, -1], { name: "job" })).toEqual([]);
    expect(await ofRates([...alike, -1.8])).toEqual([]);
    expect(await ofRates([...alike, -1], { rows: 200 })).toEqual([]);
  });

  test("hardly ever appears where sources differ by chance, or as a normal has it", async () => {
    let found = 0;
    for (let seed = 0; seed < 120; seed++) {
      const random = createRandom(seed, "spread");
      const odds = numbers(6, () => -1.5 + (seed % 3) * 0.15 * random.normal());
      found += (await ofRates(odds, { seed, rows: 2000 })).length;
    }
    expect(found).toBeLessThanOrEqual(3);
  });
});
