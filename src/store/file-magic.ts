/** A kind of file that is not read, known by the bytes at its beginning. */
export interface OtherKind {
  /** With its article, e.g. "a PNG image". */
  readonly name: string;
  readonly extensions: readonly string[];
  readonly fix: string;
}

interface Magic extends OtherKind {
  /** Bytes (as Latin-1) and where they stand. All must be there. */
  readonly marks: readonly (readonly [offset: number, bytes: string])[];
}

const IMAGE = "Name the file that holds the table. Images are not read.";
const SHEET = "Open it, and save the sheet as CSV (UTF-8).";
const MEDIA = "Name the file that holds the table. Sound and films are not read.";
const pandas = (read: string) => `Write it as Parquet, e.g. in Python: pandas.${read}.to_parquet("table.parquet")`;

/** Signatures as in the kinds' specifications; the first that fits wins, so the special stands before the general. */
const KINDS: readonly Magic[] = [
  { marks: [[0, "\x89PNG\r\n\x1A\n"]], name: "a PNG image", extensions: ["png"], fix: IMAGE },
  { marks: [[0, "\xFF\xD8\xFF"]], name: "a JPEG image", extensions: ["jpg", "jpeg"], fix: IMAGE },
  { marks: [[0, "GIF87a"]], name: "a GIF image", extensions: ["gif"], fix: IMAGE },
  { marks: [[0, "GIF89a"]], name: "a GIF image", extensions: ["gif"], fix: IMAGE },
  {
    marks: [
      [0, "RIFF"],
      [8, "WEBP"],
    ],
    name: "a WebP image",
    extensions: ["webp"],
    fix: IMAGE,
  },
  { marks: [[0, "II*\0"]], name: "a TIFF image", extensions: ["tif", "tiff"], fix: IMAGE },
  { marks: [[0, "MM\0*"]], name: "a TIFF image", extensions: ["tif", "tiff"], fix: IMAGE },
  {
    marks: [
      [0, "BM"],
      [6, "\0\0\0\0"],
    ],
    name: "a BMP image",
    extensions: ["bmp"],
    fix: IMAGE,
  },
  { marks: [[4, "ftypheic"]], name: "a HEIC image", extensions: ["heic"], fix: IMAGE },
  { marks: [[4, "ftypavif"]], name: "an AVIF image", extensions: ["avif"], fix: IMAGE },
  { marks: [[4, "ftyp"]], name: "an MP4 film", extensions: ["mp4", "mov", "m4a"], fix: MEDIA },
  { marks: [[0, "RIFF"]], name: "a sound or film (RIFF)", extensions: ["wav", "avi"], fix: MEDIA },
  { marks: [[0, "ID3"]], name: "an MP3 sound", extensions: ["mp3"], fix: MEDIA },
  { marks: [[0, "OggS"]], name: "an Ogg sound or film", extensions: ["ogg", "ogv"], fix: MEDIA },
  {
    marks: [[0, "PK\x03\x04"]],
    name: "a ZIP archive",
    extensions: ["zip"],
    fix: "Unzip it, and name the table in it.",
  },
  {
    marks: [[0, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"]],
    name: "an old Office file, such as an Excel workbook (.xls)",
    extensions: ["xls"],
    fix: "Open it, and save it as .xlsx.",
  },
  { marks: [[0, "BZh"]], name: "a bzip2 archive", extensions: ["bz2"], fix: "Unpack it with bunzip2." },
  { marks: [[0, "\xFD7zXZ"]], name: "an xz archive", extensions: ["xz"], fix: "Unpack it with unxz." },
  { marks: [[0, "7z\xBC\xAF\x27\x1C"]], name: "a 7-Zip archive", extensions: ["7z"], fix: "Unpack it with 7z x." },
  { marks: [[0, "Rar!\x1A\x07"]], name: "a RAR archive", extensions: ["rar"], fix: "Unpack it with unrar x." },
  { marks: [[257, "ustar"]], name: "a tar archive", extensions: ["tar"], fix: "Unpack it with tar -xf, and name the table in it." },
  { marks: [[0, "%PDF-"]], name: "a PDF document", extensions: ["pdf"], fix: "Give the table itself as CSV." },
  { marks: [[0, "{\\rtf"]], name: "an RTF document", extensions: ["rtf"], fix: "Give the table itself as CSV." },
  { marks: [[0, "ARROW1\0\0"]], name: "an Arrow (Feather) file", extensions: ["feather", "arrow"], fix: pandas('read_feather("FILE")') },
  { marks: [[0, "ORC"]], name: "an ORC file", extensions: ["orc"], fix: pandas('read_orc("FILE")') },
  { marks: [[0, "Obj\x01"]], name: "an Avro file", extensions: ["avro"], fix: "Write it as Parquet or JSON lines." },
  { marks: [[0, "\x89HDF\r\n\x1A\n"]], name: "an HDF5 file", extensions: ["h5", "hdf5"], fix: pandas('read_hdf("FILE")') },
  { marks: [[0, "\x93NUMPY"]], name: "a NumPy array", extensions: ["npy"], fix: "Write it as CSV with a header, e.g. numpy.savetxt." },
  { marks: [[0, "\x7FELF"]], name: "a program (ELF)", extensions: [], fix: "Name the file that holds the table." },
];

/** What a ZIP archive is by the names of its first members. */
const ZIPPED: readonly (readonly [member: string, kind: OtherKind])[] = [
  ["xl/workbook.bin", { name: "a binary Excel workbook", extensions: ["xlsb"], fix: "Open it, and save it as .xlsx." }],
  ["word/", { name: "a Word document", extensions: ["docx"], fix: "Give the table itself as CSV." }],
  ["mimetypeapplication/vnd.oasis.opendocument.spreadsheet", { name: "an OpenDocument spreadsheet", extensions: ["ods"], fix: SHEET }],
];

/** null when the beginning is that of no known kind. @param head the first bytes of the file */
export function otherKindOf(head: Uint8Array): OtherKind | null {
  const latin = Buffer.from(head.subarray(0, ZIP_LOOK)).toString("latin1");
  const isBinary = CONTROL.test(latin.slice(0, BINARY_LOOK));
  const fits = ({ marks }: Magic) =>
    marks.every(([offset, bytes]) => latin.startsWith(bytes, offset) && (isBinary || !/^[A-Za-z0-9]+$/.test(bytes)));
  const found = KINDS.find(fits) ?? null;
  if (found === null || !latin.startsWith("PK")) return found;
  return ZIPPED.find(([member]) => latin.includes(member))?.[1] ?? found;
}

/** A header of CSV may begin with "ID3" or "ORC": letters alone are a signature only where there are bytes that no text has. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\0-\x08\x0E-\x1F]/;
const BINARY_LOOK = 4096;

/** The members' names of an office document stand within its first bytes. */
const ZIP_LOOK = 65536;
