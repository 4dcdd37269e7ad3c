import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { highCardinality } from "../../../src/data/checks/high-cardinality.ts";
import { unreadText } from "../../../src/data/checks/unread-text.ts";
import { audit } from "../../../src/data/index.ts";
import { runFold } from "../../../src/problems/tabular/runner.ts";
import * as memory from "../table.ts";
import { tinyLab } from "../tiny-lab.ts";
import { cells, coin, contextOf } from "./context.ts";

const WORDS =
  "door window roof floor kitchen garden street garage cellar stairs heating bath old new bright quiet large small near far".split(" ");

function sentences(rows: number, seed: number, last: (row: number) => string = () => "") {
  const random = createRandom(seed, "sentences");
  return Array.from({ length: rows }, (_, row) => {
    const words = Array.from({ length: 8 }, () => WORDS[random.integer(WORDS.length)]);
    return `${words.join(" ")} ${last(row)}`.trim();
  });
}

describe("unread-text", () => {
  test("names free text and names that share words; codes, single words and few levels are none", async () => {
    const rows = 400;
    const context = contextOf({
      columns: {
        note: sentences(rows, 1),
        day: cells(
          rows,
          1,
          "d",
          (random) =>
            `${1 + random.integer(28)} de ${["janeiro", "fevereiro", "maio", "junho", "outubro"][random.integer(5)]} de ${2000 + random.integer(20)}`,
        ),
        trade: cells(rows, 1, "t", (random) => `${WORDS[random.integer(20)]} ${WORDS[random.integer(20)]}`),
        code: cells(rows, 1, "c", (random) => `A-${random.integer(1e6)}`),
        town: cells(rows, 1, "w", (random) => `Town${random.integer(300)}`),
        kind: cells(rows, 1, "k", (random) => `quite an ${WORDS[random.integer(20)]} one`),
        county: cells(rows, 1, "f", (random) => `${WORDS[random.integer(20)]}${random.integer(300)} County`),
        y: coin(rows),
      },
      target: "y",
    });
    const found = await unreadText.inspect(context);
    expect(found.map(({ columns }) => columns[0])).toEqual(["note", "trade"]);
    expect(found[0]).toMatchObject({ severity: "costly", fix: { action: "steps", steps: [{ op: "text", column: "note", minTexts: 5 }] } });
    expect(found[0]?.why).toMatch(/`note` holds free text, 8 words on average in 400 different texts/);
    expect(found[1]?.why).toMatch(/names that share words/);
    const crowded = await highCardinality.inspect(context);
    expect(crowded.find(({ columns }) => columns[0] === "trade")).toMatchObject({
      severity: "cosmetic",
      fix: { action: "advice" },
      counterfactual: null,
    });
    expect(crowded.map(({ columns }) => columns[0])).not.toContain("note");
  });

  test("texts without a word that comes back are left alone", async () => {
    const note = Array.from({ length: 100 }, (_, row) => `one${row} two${row} three${row} four${row}`);
    expect(await unreadText.inspect(contextOf({ columns: { note, y: coin(100) }, target: "y" }))).toEqual([]);
  });
});

describe("words are read where a gain is shown", () => {
  const rows = 150;
  const random = createRandom(5, "audit");
  const x = memory.numbers(rows, () => random.normal());
  const y = x.map((value) => (value + 2 * random.normal() > 0 ? "yes" : "no"));
  const told = sentences(rows, 2, (row) => ((y[row] === "yes") === random.next() < 0.9 ? "sunny side" : "shady side"));
  const fate = async (note: readonly string[], options = {}) => {
    const context = memory.contextOf(
      memory.tableOf([
        ["x", x],
        ["note", note],
        ["y", y],
      ]),
      "y",
    );
    const { lab, experimentFor } = tinyLab(context, "auc", null, runFold);
    const { findings, recipe, roles } = await audit(context, [unreadText], lab, experimentFor, options);
    return { finding: findings[0]!, ops: recipe.map(({ op }) => op), features: roles.features };
  };

  test("and left where they tell nothing, or where nobody has measured it", async () => {
    const [good, idle, unmeasured] = [await fate(told), await fate(sentences(rows, 3)), await fate(told, { mostPriced: 0 })];
    expect(good).toMatchObject({ finding: { state: "mended", severity: "costly" }, ops: ["text"], features: ["x", "note"] });
    expect(good.finding.harm!.delta).toBeGreaterThan(0.1);
    expect(idle).toMatchObject({ finding: { state: "kept", severity: "cosmetic" }, ops: [] });
    expect(unmeasured).toMatchObject({ finding: { state: "open", harm: null }, ops: [] });
    expect(unmeasured.finding.unmeasured).toMatch(/brings words in needs a measurement, so it is not made\.$/);
  });
});
