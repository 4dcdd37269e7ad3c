import { existsSync, readFileSync } from "node:fs";
import { OldhandError } from "../core/error.ts";
import { writeAtomic } from "./atomic.ts";

/** Numbers kept as they are, e.g. out-of-fold predictions. */
export type Blob = Float64Array | Int32Array;

const MAGIC = { f64: "OLDHF64\n", i32: "OLDHI32\n" } as const;
const START_BYTES = 16;

/** 8 bytes that name the type, the length as a 64-bit integer, then the numbers; all little-endian. Equal to the bit when read again. */
export function writeBlobFile(path: string, blob: Blob): void {
  const start = Buffer.alloc(START_BYTES);
  start.write(blob instanceof Float64Array ? MAGIC.f64 : MAGIC.i32, "latin1");
  start.writeBigUInt64LE(BigInt(blob.length), 8);
  writeAtomic(path, Buffer.concat([start, new Uint8Array(blob.buffer, blob.byteOffset, blob.byteLength)]));
}

/** null when there is no such file. @throws OldhandError dossier-broken. */
export function readBlobFile(path: string): Blob | null {
  if (!existsSync(path)) return null;
  const file = readFileSync(path);
  const magic = file.toString("latin1", 0, 8);
  const bytes = magic === MAGIC.f64 ? 8 : 4;
  const length = file.length < START_BYTES ? -1 : Number(file.readBigUInt64LE(8));
  if ((magic !== MAGIC.f64 && magic !== MAGIC.i32) || file.length !== START_BYTES + length * bytes) {
    throw new OldhandError("dossier-broken", {
      what: "A file of predictions is damaged.",
      where: path,
      fix: "Delete it; the experiment is then run again.",
    });
  }
  const content = new Uint8Array(file.subarray(START_BYTES)).buffer;
  return magic === MAGIC.f64 ? new Float64Array(content) : new Int32Array(content);
}
