import { expect, test } from "vitest";
import { otherKindOf } from "../../src/store/file-magic.ts";

const bytes = (text: string) => Buffer.from(text, "latin1");
const zipOf = (member: string) => bytes(`PK\x03\x04${"\0".repeat(26)}[Content_Types].xml${"\0".repeat(40)}PK\x03\x04${member}`);

test.each([
  [bytes("\x89PNG\r\n\x1A\n\0\0"), "a PNG image"],
  [bytes("\xFF\xD8\xFF\xE0\0\x10JFIF"), "a JPEG image"],
  [bytes("GIF89a\x01\0\x01\0"), "a GIF image"],
  [bytes("RIFF\x24\0\0\0WEBPVP8 "), "a WebP image"],
  [bytes("RIFF\x24\0\0\0WAVEfmt "), "a sound or film (RIFF)"],
  [bytes("%PDF-1.7\n%\xE2\xE3"), "a PDF document"],
  [zipOf("xl/workbook.bin"), "a binary Excel workbook"],
  [zipOf("table.csv"), "a ZIP archive"],
  [bytes(`a.csv${"\0".repeat(252)}ustar\x0000`), "a tar archive"],
])("known by its bytes (%#)", (head, name) => {
  expect(otherKindOf(head)?.name).toBe(name);
});

test.each(["ID3,ORC,b\n1,2,3\n", "ORC\n1\n", "BMI,age\n20,3\n", "RIFFRAFF,WEBP\n", "BZhang,x\n1,2\n", "abc ftypes\n", "PKW,PS\n1,2\n"])(
  "a text is none of them: %j",
  (text) => {
    expect(otherKindOf(bytes(text))).toBeNull();
  },
);
