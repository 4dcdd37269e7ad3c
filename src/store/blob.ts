import { existsSync, readFileSync } from "node:fs";
import { OldhandError } from "../core/error.ts";
import { writeAtomic } from "./atomic.ts";

export type BlobArray = Float64Array | Int32Array;
export type Blob = Readonly<Record<string, BlobArray>>;

const MAGIC = "OLDHAND1";

/**
 * Named arrays in one file, equal to the bit when read again:
 *
 *     8 bytes magic | 8 bytes header length | header (JSON, padded with spaces to 8) | arrays, little-endian, each padded to 8
 */
export function writeBlobFile(path: string, blob: Blob): void {
  const arrays = Object.entries(blob);
  const json = JSON.stringify(
    arrays.map(([name, array]) => ({ name, type: array instanceof Float64Array ? "f64" : "i32", length: array.length })),
  );
  const header = Buffer.from(json.padEnd(json.length + pad(Buffer.byteLength(json))), "utf8");
  const start = Buffer.alloc(16);
  start.write(MAGIC, "latin1");
  start.writeUInt32LE(header.length, 8);
  const body = arrays.flatMap(([, array]) => [
    new Uint8Array(array.buffer, array.byteOffset, array.byteLength),
    new Uint8Array(pad(array.byteLength)),
  ]);
  writeAtomic(path, Buffer.concat([start, header, ...body]));
}

/** null when there is no such file. @throws OldhandError dossier-broken. */
export function readBlobFile(path: string): Blob | null {
  if (!existsSync(path)) return null;
  const file = readFileSync(path);
  const bytes = new Uint8Array(file).buffer;
  try {
    if (file.toString("latin1", 0, 8) !== MAGIC) throw new RangeError("wrong magic");
    const headerLength = file.readUInt32LE(8);
    const header = JSON.parse(file.toString("utf8", 16, 16 + headerLength)) as { name: string; type: string; length: number }[];
    let at = 16 + headerLength;
    const arrays = header.map(({ name, type, length }): [string, BlobArray] => {
      const array = type === "f64" ? new Float64Array(bytes, at, length) : new Int32Array(bytes, at, length);
      at += array.byteLength + pad(array.byteLength);
      return [name, array];
    });
    if (at !== bytes.byteLength) throw new RangeError("wrong length");
    return Object.fromEntries(arrays);
  } catch {
    throw new OldhandError("dossier-broken", {
      what: "A file of predictions is damaged.",
      where: path,
      fix: "Delete it; the experiment is then run again.",
    });
  }
}

function pad(bytes: number): number {
  return (8 - (bytes % 8)) % 8;
}
