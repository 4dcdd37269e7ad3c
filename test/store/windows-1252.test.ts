import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { columnOf } from "../../src/core/column.ts";
import { createRandom } from "../../src/core/random.ts";
import { scanBytes } from "../../src/store/byte-scan.ts";
import { openDataset, scanFrames } from "../../src/store/index.ts";
import { evidenceSink, fromWindows1252, soundWord } from "../../src/store/windows-1252.ts";
import { errorOf, optionsIn, temporaryFolder, write } from "./temporary.ts";

const folder = temporaryFolder();
const options = optionsIn(folder);

/** Bytes of a table whose texts hold the given bytes of words. */
function table(...words: readonly (readonly (string | number)[])[]): Uint8Array {
  const bytes = (word: readonly (string | number)[]) =>
    Buffer.concat(word.map((part) => (typeof part === "number" ? Buffer.of(part) : Buffer.from(part, "latin1"))));
  return Buffer.concat([Buffer.from("a,b\n"), ...words.flatMap((word, i) => [Buffer.from(`${i},`), bytes(word), Buffer.from("\n")])]);
}

async function wordOf(bytes: Uint8Array): Promise<string | null> {
  const { sink, seen } = evidenceSink();
  await scanBytes(write(folder, "words.csv", bytes), [sink]);
  return soundWord(seen);
}

test("every byte becomes the character that the WHATWG index gives it", () => {
  expect(fromWindows1252(Uint8Array.of(0x80, 0x8a, 0x92, 0x99, 0x9f, 0xa0, 0xe9, 0xff))).toBe("€Š’™Ÿ\u00A0éÿ");
});

test.each([
  ["small letters in words, and alone", table(["Orl", 0xe9, "ans"], [0xe0, " Paris"], [0xc9, "vreux"]), "Orléans"],
  ["capitals in capitals", table(["ORL", 0xc9, "ANS"]), "ORLÉANS"],
  ["signs beside words", table(["l", 0x92, 0xe9, "tat"], ["20 ", 0x80], ["5 ", 0xb0, "C"], [0x93, "na", 0xef, "f", 0x94]), "état"],
])("Windows-1252: %s", async (_, bytes, word) => {
  expect(await wordOf(bytes)).toBe(word);
});

test.each([
  ["0xFF for themselves", table([0xff], [0xff, 0xff])],
  ["0xFF inside words", table(["it", 0xff, "em"], ["y", 0xff, "s"])],
  ["0xFE inside words, beside few others", table(["it", 0xfe, "em"], ["Orl", 0xe9, "ans"])],
  ["signs only", table(["5 ", 0xb0, "C"])],
  ["a byte that is not defined", table(["Orl", 0xe9, "ans"], ["x", 0x81])],
  ["control characters", table(["Orl", 0xe9, "ans"], ["x", 0x07])],
  ["DOS code page 437: é is a low quote, ü is undefined", table(["Orl", 0x82, "ans"], ["Caf", 0x82, "s"])],
  ["Mac Roman: é is a capital Z with caron", table(["Orl", 0x8e, "ans"])],
  ["UTF-8 with a stray byte", Buffer.concat([Buffer.from("a,b\n1,caf\u00e9\n2,\u00e9cole\n"), Buffer.from("3,Orl\xe9ans\n", "latin1")])],
])("not Windows-1252: %s", async (_, bytes) => {
  expect(await wordOf(bytes)).toBeNull();
  expect((await errorOf(() => openDataset(write(folder, "refused.csv", bytes), options))).message).toMatch(/encoding|NUL|file-format/);
});

test("not Windows-1252: Cyrillic of Windows-1251", async () => {
  expect(await wordOf(table([0xcc, 0xee, 0xf1, 0xea, 0xe2, 0xe0], [0xd2, 0xf3, 0xeb, 0xe0]))).toBeNull();
});

test("a byte that no text holds ends the search, and a run of letters without end is judged", () => {
  const { sink, seen } = evidenceSink();
  for (const piece of ["Orl\xe9ans,", "x\x81,", "N\xeemes,"]) sink.take(Buffer.from(piece, "latin1"));
  expect(seen).toMatchObject({ high: 1, impossible: true });
  const long = evidenceSink();
  long.sink.take(Buffer.from(`${"caf\xe9".repeat(5000)},`, "latin1"));
  expect(long.seen).toMatchObject({ high: 5000, odd: 0 });
});

test("random bytes are refused", async () => {
  const random = createRandom(1, "bytes");
  for (let i = 0; i < 20; i++) {
    const bytes = Uint8Array.from({ length: 400 }, () => 32 + random.integer(224));
    expect(await wordOf(Buffer.concat([Buffer.from("a,b\n"), bytes]))).toBeNull();
  }
});

test("pieces may end anywhere, and a new table is read like the first", async () => {
  const lines = Array.from({ length: 400_000 }, (_, i) => `${i},${["Orl\xe9ans", "K\xf6ln", "Lyon"][i % 3]}`);
  const bytes = Buffer.from(`a,b\n${lines.join("\n")}\n`, "latin1");
  const dataset = await openDataset(write(folder, "long.csv", bytes), options);
  expect(dataset.columns[1]).toMatchObject({ name: "b", type: "category", distinct: 3 });
  expect(dataset.notes.join(" ")).toContain('Windows-1252 (Latin-1), since its bytes are no UTF-8 and so give words such as "Orléans"');
  const texts: (string | null)[] = [];
  const fresh = write(folder, "new.csv.gz", gzipSync(Buffer.from("a,b\n7,K\xf6ln\n8,Lyon\n9,Orl\xe9ans\n", "latin1")));
  for await (const frame of scanFrames(fresh, dataset.columns, { ...options, batchRows: 10 })) {
    const column = columnOf(frame, "b");
    if ("codes" in column) texts.push(...Array.from(column.codes, (code) => column.levels[code] ?? null));
  }
  expect(texts).toEqual(["Köln", "Lyon", "Orléans"]);
});
