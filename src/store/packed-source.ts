import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { OldhandError } from "../core/error.ts";
import { copiedSource } from "./copied-source.ts";
import { errnoOf, errorText, writeError } from "./io-error.ts";
import { newFile } from "./new-file.ts";
import type { Source } from "./source.ts";
import type { SourceFile } from "./source-file.ts";
import { zstdUnpacker } from "./zstd-unpacker.ts";

export type Packing = "gzip" | "zstd";

/** A packed file is unpacked into `workFolder` and read like the file inside. The version is that of the unpacked bytes. */
export function openPacked(
  file: SourceFile,
  packing: Packing,
  workFolder: string,
  open: (inner: SourceFile) => Promise<Source>,
): Promise<Source> {
  const name = file.name.replace(/\.(gz|gzip|zst|zstd)$/i, "");
  const named = async (inner: SourceFile) => {
    const source = await open(inner);
    return { ...source, name: source.name.replace(name, file.name) };
  };
  return copiedSource({ shown: file.path, name, bytes: file.bytes }, workFolder, (path) => unpack(file, packing, path), named);
}

async function unpack(file: SourceFile, packing: Packing, path: string): Promise<void> {
  const unpacker = packing === "gzip" ? createGunzip() : await zstdUnpacker();
  let damage: unknown = null;
  unpacker.once("error", (error) => {
    damage = error;
  });
  try {
    await pipeline(createReadStream(file.path, { highWaterMark: 1 << 20 }), unpacker, newFile(path));
  } catch (error) {
    if (damage === null || (errnoOf(damage) !== null && !/^Z_/.test(errnoOf(damage) ?? ""))) throw writeError(error, path);
    throw new OldhandError("file-format", {
      what: `The ${packing} file is damaged or not whole.`,
      where: file.path,
      expected: "a file that can be unpacked to its end",
      got: errorText(damage),
      fix: `Copy or download it again; ${packing === "gzip" ? "gzip" : "zstd"} -t FILE tells whether it is whole.`,
    });
  }
}
