import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openDataset } from "../../src/store/index.ts";
import { optionsIn, temporaryFolder } from "./temporary.ts";

/** DuckDB reads a file in pieces of so many bytes, each on a thread of its own. */
const PIECE = 8 * 1024 * 1024;

const HEADER = "name,mrp,price,url,brand,kind,shop,text,rating,reviews,style,sizes,left,colour\n";
const row = (text: string) => `item,$1.00 ,$1.00 ,http://u,brand,cat,shop,"${text}",,,"[""a""]","[""1""]","[""1""]",red\n`;

/** A file in which the end of a piece stands between the two quotes behind the 8 of the last list. */
function parted(): { readonly text: string; readonly rows: number } {
  const line = 'item,$1.00 ,$1.00 ,http://u,brand,cat,shop,soft,,,"[""a""]","[""5""]","[""6"", ""8"", ""9""]",blue\n';
  const before = PIECE - HEADER.length - (line.indexOf('""8""') + 4);
  const plain = Math.floor(before / row("soft").length) - 1;
  const longer = before - plain * row("soft").length - row("").length;
  const after = [row("soft, warm"), ...Array.from({ length: 3000 }, () => row("soft"))];
  return { text: [HEADER, row("soft").repeat(plain), row("x".repeat(longer)), line, ...after].join(""), rows: plain + 2 + after.length };
}

test("a doubled quote that the end of a piece parts is read, on one thread", async () => {
  const folder = temporaryFolder();
  const file = join(folder, "parted.csv");
  const { text, rows } = parted();
  expect(text.slice(PIECE - 4, PIECE + 1)).toBe('""8""');
  writeFileSync(file, text);
  const dataset = await openDataset(file, optionsIn(folder));
  expect(dataset.rows).toBe(rows);
  expect(dataset.columns.find(({ name }) => name === "colour")?.distinct).toBe(2);
});
