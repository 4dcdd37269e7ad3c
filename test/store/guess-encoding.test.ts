import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import { guessEncoding } from "../../src/store/guess-encoding.ts";
import { concatDatasets, openDataset, scanFrames } from "../../src/store/index.ts";
import { encoded } from "./encoded.ts";
import { errorOf, optionsIn, temporaryFolder, write } from "./temporary.ts";

const folder = temporaryFolder();
const options = optionsIn(folder);

const caseOf = (name: string) => readFileSync(fileURLToPath(new URL(`cases/${name}.csv`, import.meta.url)));

async function namesOf(bytes: Uint8Array, usual?: string): Promise<string> {
  const guess = await guessEncoding(write(folder, "guess.csv", bytes), usual);
  return guess === null ? "none" : guess.encodings.map(({ name }) => name).join(" or ");
}

const table = (words: readonly string[]) => `a,b\n${words.map((word, i) => `${i},${word}\n`).join("")}`;
const POLISH = ["Łódź", "Poznań", "Kraków", "Gdańsk", "Białystok", "Częstochowa", "Świętochłowice", "Góra", "później", "usługą"];
const TURKISH = ["İSTANBUL", "DİYARBAKIR", "İZMİR", "ESKİŞEHİR", "MUĞLA", "ŞANLIURFA", "ÇORUM", "ANKARA", "BİLECİK", "DÜZCE", "NİĞDE"];

describe("languages of Windows-1252 stay in it", () => {
  test.each([
    ["Spanish", ["año", "señor", "camión", "A Coruña", "niño", "corazón", "mañana", "pequeño", "Gijón", "razón"]],
    ["Danish", ["København", "Tønder", "Sønderborg", "grøn", "Helsingør", "køb", "Nørre", "Køge", "bøf", "dør"]],
    ["Italian", ["Forlì", "città", "Cefalù", "perché", "Nardò", "Cantù", "più", "Agliè", "può", "Mondovì", "lunedì"]],
    ["several", ["Orléans", "Málaga", "Århus", "Besançon", "São Paulo", "Köln", "Évreux", "Tønder", "Forlì", "España"]],
    ["French", ["très", "Besançon", "déjà", "Nîmes", "Angoulême", "reçu", "cœur", "Mâcon", "forêt", "où"]],
  ])("%s", async (_, words) => {
    expect(await namesOf(Buffer.from(table(words).replace("œ", "oe"), "latin1"))).toBe("Windows-1252");
  });
});

test("what Windows-1252 could read too is Windows-1250 where one language of it explains the letters better", async () => {
  expect(await namesOf(caseOf("windows-1250-czech"))).toBe("Windows-1250");
  // Few words do not say so.
  expect(await namesOf(encoded(table(["Plzeň", "Děčín", "Jičín", "Ústí"]), "windows-1250"))).toBe("Windows-1252");
  expect(await namesOf(encoded(table(["Plzeň", "Ústí"]), "windows-1250"))).toBe("Windows-1252");
});

test("capitals, and letters that two encodings read alike", async () => {
  expect(await namesOf(encoded(table(POLISH.map((word) => word.toUpperCase())), "iso-8859-2"))).toBe("ISO-8859-2");
  expect(await namesOf(encoded(table(TURKISH), "windows-1254"))).toBe("Windows-1254");
  expect(await namesOf(caseOf("windows-1250-hungarian"))).toBe("Windows-1250");
});

test("Ukrainian has letters that KOI8-R has frames for", async () => {
  const words = ["Київ", "Львів", "Одеса", "Харків", "Чернігів", "Вінниця", "Запоріжжя", "Чернівці", "її", "повільно", "добрий", "зламано"];
  expect(await namesOf(encoded(table(words), "koi8-u"))).toBe("KOI8-U");
});

test("broken UTF-8 is no other encoding", async () => {
  const words = ["Orléans", "Besançon", "Nîmes", "Angoulême", "Mâcon", "Béziers", "forêt", "reçu", "très", "déjà"];
  const text = Buffer.from(table(words));
  expect(await namesOf(Buffer.concat([text, Buffer.from("11,Orl\xe9ans\n", "latin1")]))).toBe("none");
  expect(await namesOf(Buffer.concat([Buffer.from(table(["北京", "上海市", "广州市", "成都市"])), Buffer.of(0xb1, 10)]))).toBe("none");
});

test("control characters, and random bytes, are no text", async () => {
  const polish = encoded(table(POLISH), "windows-1250");
  expect(await namesOf(polish)).toBe("Windows-1250");
  expect(await namesOf(Buffer.concat([polish, Buffer.of(0x07, 10)]))).toBe("none");
  expect(await namesOf(Buffer.concat([polish, Buffer.of(0x7f, 10)]))).toBe("none");
  const random = createRandom(1, "bytes");
  for (let i = 0; i < 20; i++) {
    const bytes = Uint8Array.from({ length: 2000 }, () => 32 + random.integer(224));
    expect(await namesOf(Buffer.concat([Buffer.from("a,b\n"), bytes]))).toBe("none");
  }
});

test("letters of two scripts in one word, and signs between letters, are no text", async () => {
  const russian = ["Москва", "Казань", "Пермь", "Омск", "Тула", "Воронеж", "Рязань", "хорошо", "медленно"];
  expect(await namesOf(encoded(table(russian), "windows-1251"))).toBe("Windows-1251");
  expect(await namesOf(encoded(table([...russian, "Mоскvа", "Kазань"]), "windows-1251"))).toBe("none");
  expect(await namesOf(encoded(table([...POLISH, "Pozna±ski", "za±da"]), "windows-1250"))).toBe("none");
});

/** Of a text in German, in CP850; CP437 has these at the same places. */
function ofDos(text: string): Uint8Array {
  const bytes = new Map([..."üéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ"].map((one, i) => [one, 0x81 + i]));
  return Uint8Array.from(text, (one) => bytes.get(one) ?? (one === "ß" ? 0xe1 : one.charCodeAt(0)));
}

test.each([
  [
    "towns",
    "Köln München Düsseldorf Nürnberg Göttingen Osnabrück Münster Lübeck Saarbrücken Würzburg Tübingen Mönchengladbach Lörrach Görlitz Köpenick Böblingen Nördlingen Gütersloh Süßen Höxter Kröv",
  ],
  // The second bytes are no letters here,
  [
    "letters within words",
    "Größe Blöße Stöße Klöße Flöße Schöße Stößel Entblößung Böll Köln Mönch Hölle Förde Römer Wölfe Löffel Töpfe Körbe",
  ],
  // and nothing stands before the first ones here.
  [
    "letters at the beginning of words",
    "öffnen öde ölig öfter ökonomisch örtlich öffentlich östlich ökologisch überall übel über übrig üppig üblich übergeben öffnung ölen übernahme überweisung",
  ],
])("German of DOS is no Japanese: %s", async (_, words) => {
  expect(await namesOf(ofDos(table(words.split(" "))))).toBe("none");
});

test("Japanese with Latin names beside kanji is Japanese", async () => {
  const kanji = "ケーブル シャツ 東日本 商事 旅行 書店 食品 電気 薬局 銀行 新聞 大学".split(" ").map(shiftJis);
  const beside = kanji.map((bytes, i) =>
    Buffer.concat([Buffer.from(["USB", "T", "JR", "ABC"][i % 4] ?? ""), bytes, Buffer.from(i % 3 === 0 ? "ml" : "")]),
  );
  const lines = beside.flatMap((bytes, i) => [Buffer.from(`${i},`), bytes, Buffer.from("\n")]);
  expect(await namesOf(Buffer.concat([Buffer.from("a,b\n"), ...lines]))).toBe("Shift_JIS");
});

test("a word that stands in many rows is looked at once", async () => {
  const towns = ["Łódź", "Poznań", "Kraków", "Gdańsk", "Białystok", "Częstochowa", "Świętochłowice", "Góra", "Żory", "Chełm", "Łomża"];
  const [often, seldom] = [70_000, 10].map((rows) => encoded(table([...Array(rows).fill("województwołódzkie"), ...towns]), "windows-1250"));
  expect([await namesOf(often!), await namesOf(seldom!)]).toEqual(["Windows-1250", "Windows-1250"]);
});

test("a new table with few words is read like the training table, and one that says otherwise as it says", async () => {
  const few = encoded(table(["Poznań", "Kraków"]), "windows-1250");
  expect([await namesOf(few), await namesOf(few, "Windows-1250")]).toEqual(["Windows-1252", "Windows-1250"]);
  expect(await namesOf(caseOf("iso-8859-2-polish"), "Windows-1250")).toBe("ISO-8859-2");
  expect(await namesOf(caseOf("windows-1251-russian"), "Windows-1250")).toBe("Windows-1251");
  // Letters of no one language of Windows-1250.
  expect(await namesOf(encoded(table(["İzmir", "Muğla"]), "windows-1254"), "Windows-1250")).toBe("Windows-1252");
  const french = ["très", "déjà", "Angoulême", "forêt", "Orléans", "à", "père", "mère", "où", "Sète", "fenêtre", "voilà"];
  expect(await namesOf(Buffer.from(table(french), "latin1"), "Windows-1250")).toBe("Windows-1252");
});

test("test rows and new rows are read like the training rows", async () => {
  const text = `miasto;x\n${POLISH.map((word, i) => `${word};${i}`).join("\n")}\n`;
  const training = await openDataset(write(folder, "training.csv", encoded(text, "windows-1250")), options);
  expect(training.notes.join(" ")).toContain('read as Windows-1250, since its bytes are no UTF-8 and so give words such as "Łódź"');
  const fresh = write(folder, "new.csv", encoded("miasto;x\nPoznań;1\nKraków;2\n", "windows-1250"));
  const both = await concatDatasets(training, fresh, options);
  expect(both.columns[0]!.distinct).toBe(POLISH.length);
  for await (const frame of scanFrames(fresh, training.columns, { ...options, batchRows: 10, encoding: "Windows-1250" })) {
    const [column] = frame.columns;
    expect("codes" in column! ? column.levels : []).toEqual(expect.arrayContaining(["Poznań", "Kraków"]));
  }
});

test("pieces end within characters, and what is broken behind the words that were looked at is refused", async () => {
  const lines = Array.from({ length: 60_000 }, (_, i) => `${i},北京市海淀区,上海市\n`).join("");
  const gb = Buffer.concat([Buffer.from("a,b,c\n"), gb18030(lines)]);
  const dataset = await openDataset(write(folder, "long.csv", gb), options);
  expect(dataset.columns.map(({ distinct }) => distinct)).toEqual([60_000, 1, 1]);
  const words = Array.from({ length: 6000 }, (_, i) =>
    Buffer.concat([Buffer.of(0xb1, 0xb1 + (i % 70), 0xbe, 0xa1 + (Math.floor(i / 70) % 90)), Buffer.from(",1\n")]),
  );
  const bytes = Buffer.concat([Buffer.from("a,b\n"), ...words]);
  expect((await openDataset(write(folder, "sound.csv", bytes), options)).rows).toBe(6000);
  const broken = write(folder, "broken.csv", Buffer.concat([bytes, Buffer.of(0xff, 0x2c, 0x31, 10)]));
  expect((await errorOf(() => openDataset(broken, options))).code).toBe("encoding");
});

/** Of the characters of these lines. */
function gb18030(text: string): Uint8Array {
  const pairs = new Map<string, readonly number[]>();
  const decoder = new TextDecoder("gb18030");
  for (let first = 0xb0; first <= 0xf7; first++)
    for (let second = 0xa1; second <= 0xfe; second++) pairs.set(decoder.decode(Uint8Array.of(first, second)), [first, second]);
  return Uint8Array.from(Array.from(text).flatMap((one) => pairs.get(one) ?? [one.charCodeAt(0)]));
}

function shiftJis(text: string): Uint8Array {
  const pairs = new Map<string, readonly number[]>();
  const decoder = new TextDecoder("shift_jis");
  for (let first = 0x81; first <= 0x97; first++)
    for (let second = 0x40; second <= 0xfc; second++)
      if (second !== 0x7f) pairs.set(decoder.decode(Uint8Array.of(first, second)), [first, second]);
  return Uint8Array.from(Array.from(text).flatMap((one) => pairs.get(one) ?? []));
}
