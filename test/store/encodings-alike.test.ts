import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { columnOf } from "../../src/core/column.ts";
import { encodingOf } from "../../src/core/reading-note.ts";
import { diffTables } from "../../src/journey/diff.ts";
import { guessEncoding } from "../../src/store/guess-encoding.ts";
import { concatDatasets, loadFrame, openDataset } from "../../src/store/index.ts";
import { encoded } from "./encoded.ts";
import { errorOf, LIMITS, optionsIn, temporaryFolder, write } from "./temporary.ts";

const folder = temporaryFolder();
const options = optionsIn(folder);

const CZECH =
  "Plzeň Olomouc České Budějovice Hradec Králové Ústí Zlín Havířov Děčín Třinec Přerov bílý černý červený malý střední velký žena muž".split(
    " ",
  );
const FRENCH = "très déjà Angoulême forêt Orléans père mère Sète fenêtre voilà Besançon Nîmes Béziers Évreux élève château hôtel".split(
  " ",
);

function table(words: readonly string[], label: string): Uint8Array {
  return encoded(`word,x\n${words.map((word, i) => `${word},${i}\n`).join("")}`, label);
}

/** The words of all files of a pattern. */
async function wordsOf(name: string, ...files: readonly Uint8Array[]): Promise<readonly (string | null)[]> {
  mkdirSync(join(folder, name));
  for (const [i, bytes] of files.entries()) write(folder, `${name}/${i}.csv`, bytes);
  const column = columnOf(await loadFrame(await openDataset(join(folder, name, "*.csv"), options), options), "word");
  return "codes" in column ? Array.from(column.codes, (code) => column.levels[code] ?? null) : [];
}

const surely = table(CZECH, "windows-1250");
const few = table(["červený", "bílý", "malý"], "windows-1250");
/** Of no letters of western Europe in their places. */
const refused = encoded("word,x\nźle,1\nŁódź,2\n", "windows-1250");

test("a file of few words is read as the one beside it that is sure, whichever comes first", async () => {
  expect(await wordsOf("alone", few)).toContain("èervený");
  expect(await wordsOf("behind", surely, few)).toEqual([...CZECH, "červený", "bílý", "malý"]);
  expect(await wordsOf("before", few, surely)).toEqual(["červený", "bílý", "malý", ...CZECH]);
});

test("a file that is refused alone is read where one beside it is sure, and refused where none is", async () => {
  const polish = table(
    "Łódź Poznań Kraków Gdańsk Białystok Częstochowa Świętochłowice Góra później usługą żółty mały".split(" "),
    "windows-1250",
  );
  expect((await errorOf(() => wordsOf("refused", refused))).code).toBe("encoding");
  expect((await wordsOf("helped", refused, polish)).slice(0, 2)).toEqual(["źle", "Łódź"]);
  const error = await errorOf(() => wordsOf("two-refused", encoded("word,x\na,1\n", "windows-1252"), refused));
  expect([error.code, error.parts.where]).toEqual(["encoding", expect.stringContaining("1.csv")]);
});

test("files that say themselves in which encoding they are stay in it, and those that speak against the usual one", async () => {
  const western = table(FRENCH, "windows-1252");
  expect(await wordsOf("two", surely, western)).toEqual([...CZECH, ...FRENCH]);
  const danish = table(["Tønder", "Køge", "Århus"], "windows-1252");
  expect((await wordsOf("against", surely, danish)).slice(-3)).toEqual(["Tønder", "Køge", "Århus"]);
  // Two that are sure of two encodings say nothing of a third.
  expect((await wordsOf("undecided", surely, western, few)).slice(-3)).toContain("èervený");
});

test("a training file in Windows-1252 is remembered for test rows that say nothing", async () => {
  const training = await openDataset(write(folder, "western.csv", table(FRENCH, "windows-1252")), options);
  expect(encodingOf(training.noticed)).toBe("Windows-1252");
  const units = (unit: string) => write(folder, "units.csv", encoded(`word,x\n20 ${unit},1\nà,2\n`, "windows-1252"));
  expect((await errorOf(() => openDataset(units("°C"), options))).code).toBe("encoding");
  expect((await concatDatasets(training, units("°C"), options)).rows).toBe(FRENCH.length + 2);
  expect((await concatDatasets(training, units("km²"), options)).rows).toBe(FRENCH.length + 2);
  // é and ú of a DOS, control characters, signs within words, and Russian.
  for (const bytes of [
    [0x43, 0x61, 0x66, 0x82],
    [0x82],
    [0x81],
    [0x50, 0x65, 0x72, 0xa3],
    [0xb0, 0x07],
    [0x61, 0xb0, 0x62],
    [0xcc, 0xee, 0xf1],
  ]) {
    const other = write(folder, "other.csv", Buffer.concat([Buffer.from("word,x\n"), Buffer.from(bytes), Buffer.from(",1\n")]));
    expect((await errorOf(() => concatDatasets(training, other, options))).code).toBe("encoding");
  }
});

test("Windows-1252 is sure where its words are many, and no other encoding explains them nearly as well", async () => {
  const isSure = async (words: readonly string[], label: string) => {
    const guess = await guessEncoding(write(folder, "guess.csv", table(words, label)));
    return [guess?.encodings.map(({ name }) => name).join(), guess?.isSure];
  };
  expect(await isSure(FRENCH, "windows-1252")).toEqual(["Windows-1252", true]);
  expect(await isSure(["señor", "très", "Køge", "São"], "windows-1252")).toEqual(["Windows-1252", false]);
  // Letters of Czech too, where è is č.
  expect(await isSure(["père", "mère", "très", "frère", "Sète", "bière", "chèque"], "windows-1252")).toEqual(["Windows-1252", false]);
});

test("diff reads two states of a table in one encoding", async () => {
  const [long, short] = [write(folder, "long.csv", surely), write(folder, "short.csv", few)];
  for (const [before, after] of [
    [long, short],
    [short, long],
  ] as const) {
    const { rows } = await diffTables({ before, after, key: ["word"], ...LIMITS });
    expect(rows.matched).toBe(3);
  }
});
