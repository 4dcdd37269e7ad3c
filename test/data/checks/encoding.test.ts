import { expect, test } from "vitest";
import { encoding } from "../../../src/data/checks/encoding.ts";
import { undoDoubleDecoding } from "../../../src/data/values/double-decoded.ts";
import { undoEscapes } from "../../../src/data/values/escaped-letters.ts";
import { findingTitle } from "../../../src/report/words/trap.ts";
import { cells, coin, contextOf } from "./context.ts";

test("UTF-8 that was read as Windows-1252 is read back", () => {
  for (const text of ["München", "Île-de-France", "naïve café", "“quoted” – dash", "Łódź", "東京"]) {
    const damaged = new TextDecoder("windows-1252").decode(new TextEncoder().encode(text));
    expect(undoDoubleDecoding(damaged)).toBe(text);
    expect(undoDoubleDecoding(text)).toBeNull();
  }
});

test("a no-break space that became a plain one is damage beside other damage alone", () => {
  expect(undoDoubleDecoding("KlingelschildÂ MÃ¼ller")).toBe("Klingelschild Müller");
  expect(undoDoubleDecoding("Â ")).toBeNull();
  expect(undoDoubleDecoding("TOTAL Â 5")).toBeNull();
});

test("damaged values that also occur undamaged are costly, the others cosmetic", async () => {
  const pick = (label: string, levels: string[]) => cells(200, 1, label, (random) => levels[random.integer(levels.length)]!);
  const columns = {
    city: pick("c", ["München", "MÃ¼nchen", "Berlin"]),
    name: pick("n", ["Jos\ufffd", "Anna"]),
    plan: pick("p", ["gold\u00a0", "silver"]),
    clean: pick("k", ["Zürich", "Genève", "日本"]),
    y: coin(200),
  };
  const found = await encoding.inspect(contextOf({ columns, target: "y" }));
  expect(found.map(({ columns, severity, fix }) => [columns[0], severity, fix.action])).toEqual([
    ["city", "costly", "steps"],
    ["name", "cosmetic", "advice"],
    ["plan", "cosmetic", "steps"],
  ]);
  expect(found[0]!.fix).toMatchObject({ steps: [{ op: "map", mapping: { "MÃ¼nchen": "München" } }] });
});

test("no-break spaces are no damage: within a value they are typography, unless it comes with plain blanks too", async () => {
  const pick = (label: string, levels: string[]) => cells(200, 1, label, (random) => levels[random.integer(levels.length)]!);
  const columns = {
    size: pick("s", ["10\u00a0cm", "20\u00a0cm"]),
    town: pick("t", ["New\u00a0York", "New York", "Rome"]),
    plan: pick("p", ["gold\u00a0", "silver"]),
    y: coin(200),
  };
  const found = await encoding.inspect(contextOf({ columns, target: "y" }));
  expect(found.map(({ columns, severity }) => [columns[0], severity])).toEqual([
    ["town", "costly"],
    ["plan", "cosmetic"],
  ]);
  expect(found[0]!.why).toContain(
    '1 value of `town` holds blanks that are no plain ones, such as no-break spaces ("New<U+00A0>York" for "New York")',
  );
  expect(findingTitle(found[0]!)).toBe("Blanks that are no plain blanks");
  const named = contextOf({ columns: { "body\u00a0mass": pick("b", ["a", "b"]), y: coin(200) }, target: "y" });
  expect((await encoding.inspect(named))[0]!.why).not.toContain("damaged");
});

test("free text is not renamed: a list of whole texts would go into the recipe and mend none that comes later", async () => {
  const note = Array.from({ length: 200 }, (_, row) => `The MÃ¼nchen office called about visit ${row} again`);
  const [found] = await encoding.inspect(contextOf({ columns: { note, y: coin(200) }, target: "y" }));
  expect([found!.severity, found!.fix.action, found!.counterfactual]).toEqual(["cosmetic", "advice", null]);
});

test("of a long text the damaged place is shown", async () => {
  const note = Array.from(
    { length: 200 },
    (_, row) => `The first words of a long note of row ${row} are fine, and then MÃ¼nchen is named in it.`,
  );
  const [found] = await encoding.inspect(contextOf({ columns: { note, y: coin(200) }, target: "y" }));
  expect(found!.why).toMatch(/MÃ¼nchen.* for .*München/);
});

test("a file that was read soundly is not called broken", async () => {
  const noticed = [{ kind: "windows-1252", word: "Müller" }] as const;
  const [sound] = await encoding.inspect(contextOf({ columns: { x: coin(200), y: coin(200) }, target: "y", noticed }));
  expect(sound!.why).toContain('Windows-1252 (Latin-1), since its bytes are no UTF-8 and so give words such as "Müller"');
  expect(findingTitle(sound!)).toBe("The file is not written in UTF-8");
  expect([sound!.severity, sound!.unmeasured]).toEqual(["cosmetic", "Nothing is broken, so there is nothing to measure."]);
  expect(findingTitle({ trap: "encoding", evidence: {} })).toBe("Broken characters");
  const polish = [{ kind: "encoding", encoding: "Windows-1250", word: "Łódź" }] as const;
  const [other] = await encoding.inspect(contextOf({ columns: { x: coin(200), y: coin(200) }, target: "y", noticed: polish }));
  expect(other!.why).toContain('read as Windows-1250, since its bytes are no UTF-8 and so give words such as "Łódź"');
});

test("letters that a program wrote as bytes, code points or names of HTML are read back", () => {
  expect(
    ["Guajar<e1>-Mirim", "caf\\xe9", "Z<c3><bc>rich", "<U+0141>odz", "M&uuml;ller &amp; S&ouml;hne", "a&#39;b"].map(undoEscapes),
  ).toEqual(["Guajará-Mirim", "café", "Zürich", "Łodz", "Müller & Söhne", "a'b"]);
  expect(["AT&T", "a < b", "R&D; x", "<ed>", "C:\\data", "x<5"].map(undoEscapes)).toEqual([null, null, null, "í", null, null]);
});

test("as many texts as there are rows, each with a no-break space at another place", async () => {
  const texts = (of: (row: number) => string) => Array.from({ length: 4_000 }, (_, row) => `${of(row)} longer text number ${row}`);
  const columns = {
    blank: texts((row) => `t${row}\u00a0is`),
    end: texts((row) => `\u00a0u${row} is`),
    lost: texts((row) => `v\ufffd${row}`),
  };
  const context = contextOf({ columns: { ...columns, y: coin(4_000) }, target: "y" });
  const found = await encoding.inspect(context);
  expect(found.map(({ columns }) => columns[0])).toEqual(["end", "lost"]);
});
