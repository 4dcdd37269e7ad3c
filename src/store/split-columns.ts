import { closeSync, openSync, rmSync, writeSync } from "node:fs";
import type { ByteSink } from "./byte-scan.ts";
import { writeError } from "./io-error.ts";

/** Where a delimited file is cut, as a pass over its records finds it. */
export interface CutList {
  /** Cells of a record in each file. */
  readonly block: number;
  /** Offsets of delimiters after a block, and of the ends of records (negative), ascending. */
  readonly places: number[];
  /** Lines end with a carriage return: the end of a record is not known at it. */
  isUncertain: boolean;
}

export interface ColumnFiles {
  /** Takes the pieces after the pass that makes the list. */
  readonly sink: ByteSink;
  close(): void;
  remove(): void;
}

const BUFFER_BYTES = 1 << 18;

/** Copies the bytes of each block of cells to a file of its own; lines keep their delimiter and quotes. */
export function splitColumns(paths: readonly string[], cuts: CutList): ColumnFiles {
  const files = paths.map((path) => openSync(path, "wx"));
  const buffers = paths.map(() => Buffer.allocUnsafe(BUFFER_BYTES));
  const filled = new Int32Array(paths.length);
  let part = 0;
  let offset = 0;
  const write = (bytes: Uint8Array) => {
    try {
      for (let written = 0; written < bytes.length; ) written += writeSync(files[part] ?? -1, bytes, written);
    } catch (error) {
      throw writeError(error, paths[part] ?? "");
    }
  };
  const flush = () => {
    write((buffers[part] ?? Buffer.alloc(0)).subarray(0, filled[part] ?? 0));
    filled[part] = 0;
  };
  const append = (bytes: Uint8Array) => {
    if ((filled[part] ?? 0) + bytes.length > BUFFER_BYTES) flush();
    if (bytes.length > BUFFER_BYTES) return write(bytes);
    buffers[part]?.set(bytes, filled[part]);
    filled[part] = (filled[part] ?? 0) + bytes.length;
  };
  const lineEnd = Uint8Array.of(10);
  return {
    sink: {
      take: (piece) => {
        let from = 0;
        for (const place of cuts.isUncertain ? [] : cuts.places) {
          const isEnd = place < 0;
          const at = Math.abs(place) - offset;
          append(piece.subarray(from, at));
          if (!isEnd) append(lineEnd);
          from = isEnd ? at : at + 1;
          part = isEnd ? 0 : part + 1;
        }
        if (!cuts.isUncertain) append(piece.subarray(from));
        cuts.places.length = 0;
        offset += piece.length;
      },
      end: () => {
        for (part = 0; part < paths.length; part++) flush();
      },
    },
    close: () => {
      for (const file of files) closeSync(file);
    },
    remove: () => {
      for (const path of paths) rmSync(path, { force: true });
    },
  };
}
