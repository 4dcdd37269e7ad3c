import { OldhandError } from "../core/error.ts";
import { shellWord } from "../core/shell-word.ts";
import { otherKindOf } from "./file-magic.ts";
import type { SourceFile } from "./source-file.ts";

export type FileFormat = "csv" | "parquet" | "jsonl" | "arff" | "xlsx" | "sqlite" | "gzip" | "zstd";

/** The format by content first, then by extension. @throws OldhandError file-format, file-encrypted, encoding, not-yet. */
export function formatOf(file: SourceFile): FileFormat {
  const { head, path } = file;
  const found = MAGIC.find(({ magic }) => startsWith(head, magic));
  if (found !== undefined) return found.format;
  if (startsWith(head, ZIP) && holdsWorkbook(head)) return "xlsx";
  refuseEncrypted(head, path);
  const extension = /\.([a-z0-9]+)$/i.exec(file.name)?.[1]?.toLowerCase() ?? "";
  refuseOther(file, extension);
  refuseWideCharacters(head, path);
  if (extension === "parquet") throw unlike(path, "Parquet", 'the bytes "PAR1" at the start');
  if (extension === "sqlite" || extension === "sqlite3") throw unlike(path, "SQLite", 'the bytes "SQLite format 3" at the start');
  const text = Buffer.from(head.subarray(0, 65536))
    .toString("utf8")
    .replace(/^\uFEFF/, "");
  if (extension === "arff" || /^(?:[^\S\r\n]*(?:%.*)?\r?\n)*[^\S\r\n]*@relation\b/i.test(text)) return "arff";
  if (/^\s*\{\s*("|\})/.test(text)) return "jsonl";
  if (/^\s*\[\s*[{\]]/.test(text)) {
    throw new OldhandError("file-format", {
      what: "This is one JSON array, not JSON lines.",
      where: path,
      expected: "one JSON object in each line",
      fix: `jq -c '.[]' ${shellWord(path)} > rows.jsonl`,
    });
  }
  if (extension === "jsonl" || extension === "ndjson") throw unlike(path, "JSON lines", "one JSON object in each line");
  // A file that was unpacked on the way may have kept its name; one line of text is nothing that was ever packed.
  if (extension in PACKED && !text.trim().includes("\n")) {
    const { name, magic } = PACKED[extension as keyof typeof PACKED];
    throw unlike(path, name, `the bytes ${magic} at the start`);
  }
  return "csv";
}

const PACKED = {
  gz: { name: "gzip", magic: "1f 8b" },
  gzip: { name: "gzip", magic: "1f 8b" },
  zst: { name: "zstd", magic: "28 b5 2f fd" },
  zstd: { name: "zstd", magic: "28 b5 2f fd" },
};

const MAGIC: readonly { readonly magic: string; readonly format: FileFormat }[] = [
  { magic: "PAR1", format: "parquet" },
  { magic: "\x1F\x8B", format: "gzip" },
  { magic: "\x28\xB5\x2F\xFD", format: "zstd" },
  { magic: "SQLite format 3\0", format: "sqlite" },
];

const ZIP = "PK\x03\x04";
const COMPOUND_FILE = "\xD0\xCF\x11\xE0";

/**
 * Whether an entry of the ZIP archive is a part of a workbook: its name stands 30 bytes after the entry's mark, its length at 26. The
 * parts of a binary workbook (.xlsb) end in .bin.
 */
function holdsWorkbook(head: Uint8Array): boolean {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  for (let at = 0; at >= 0 && at + 30 < bytes.length; at = bytes.indexOf(ZIP, at + 4, "latin1")) {
    const name = bytes.toString("latin1", at + 30, at + 30 + bytes.readUInt16LE(at + 26));
    if (/^xl\/.*\.(xml|rels)$/.test(name)) return !bytes.includes("xl/workbook.bin");
  }
  return false;
}

/** An encrypted workbook is an old Office file with one stream of this name. */
function refuseEncrypted(head: Uint8Array, path: string): void {
  if (!startsWith(head, COMPOUND_FILE) || !Buffer.from(head).includes(Buffer.from("EncryptedPackage", "utf16le"))) return;
  throw new OldhandError("file-encrypted", {
    what: "The Excel workbook is encrypted with a password.",
    where: path,
    expected: "a workbook that opens without a password",
    fix: "Save it without a password, or save the sheet as CSV (UTF-8).",
  });
}

function refuseOther({ head, path, name }: SourceFile, extension: string): void {
  const kind = otherKindOf(head);
  if (kind === null) return;
  const isDisguised = extension !== "" && !kind.extensions.includes(extension);
  throw new OldhandError("not-yet", {
    what: `This is ${kind.name}${isDisguised ? `, although it is called "${name}"` : ""}, which is not read.`,
    where: path,
    expected: "CSV, TSV, Parquet, JSONL, ARFF, .xlsx or SQLite, also packed with gzip or zstd",
    got: `the first bytes ${bytesText(head)}`,
    fix: kind.fix,
  });
}

/** In hexadecimal, as `xxd` shows them. */
function bytesText(head: Uint8Array): string {
  return Array.from(head.subarray(0, 8), (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}

function refuseWideCharacters(head: Uint8Array, path: string): void {
  const encoding = wideEncoding(head);
  if (encoding === null) return;
  throw new OldhandError("encoding", {
    what: `The file is ${encoding}.`,
    where: `${path}, byte 0`,
    expected: "UTF-8",
    fix: `iconv -f ${encoding} -t UTF-8 ${shellWord(path)} > utf8.csv`,
  });
}

/** By byte order mark, or by zeros at every second or at three of four places. */
function wideEncoding(head: Uint8Array): string | null {
  const [a, b, c, d] = head;
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? "UTF-32LE" : "UTF-16LE";
  if (a === 0xfe && b === 0xff) return "UTF-16BE";
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return "UTF-32BE";
  const sample = head.subarray(0, Math.min(400, head.length - (head.length % 4)));
  if (sample.length < 8) return null;
  const zeros = [0, 1, 2, 3].map((place) => sample.filter((byte, index) => index % 4 === place && byte === 0).length / (sample.length / 4));
  const pattern = zeros.map((share) => (share > 0.9 ? "0" : share < 0.1 ? "x" : "?")).join("");
  return { x000: "UTF-32LE", "000x": "UTF-32BE", x0x0: "UTF-16LE", "0x0x": "UTF-16BE" }[pattern] ?? null;
}

function unlike(path: string, name: string, expected: string): OldhandError {
  return new OldhandError("file-format", {
    what: `The file is called ${name} but is not written so.`,
    where: path,
    expected,
    fix: "Give it the name of what it is, such as .csv, or write it again.",
  });
}

function startsWith(head: Uint8Array, magic: string): boolean {
  for (let i = 0; i < magic.length; i++) if (head[i] !== magic.charCodeAt(i)) return false;
  return true;
}
