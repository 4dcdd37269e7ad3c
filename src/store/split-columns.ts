import { closeSync, openSync, rmSync, write } from "node:fs";
import { rm } from "node:fs/promises";
import { promisify } from "node:util";
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
  close(): Promise<void>;
  remove(): void;
  /** One file, beside this thread. */
  removeOne(part: number): Promise<void>;
}

const BUFFER_BYTES = 1 << 18;

const writeAt = promisify(write);

/** Copies the bytes of each block of cells to a file of its own; lines keep their delimiter and quotes. Files are written while the next piece is looked at. */
export function splitColumns(paths: readonly string[], cuts: CutList): ColumnFiles {
  const files = paths.map((path) => openSync(path, "wx"));
  const writer = writeBeside(files, paths);
  const buffers = paths.map(() => writer.buffer());
  const filled = new Int32Array(paths.length);
  let part = 0;
  let offset = 0;
  const flush = () => {
    writer.write(part, buffers[part] ?? Buffer.alloc(0), filled[part] ?? 0);
    buffers[part] = writer.buffer();
    filled[part] = 0;
  };
  const append = (bytes: Uint8Array) => {
    for (let from = 0; from < bytes.length; ) {
      if (filled[part] === BUFFER_BYTES) flush();
      const room = BUFFER_BYTES - (filled[part] ?? 0);
      const some = bytes.subarray(from, from + room);
      buffers[part]?.set(some, filled[part]);
      filled[part] = (filled[part] ?? 0) + some.length;
      from += some.length;
    }
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
      end: async () => {
        for (part = 0; part < paths.length; part++) flush();
        await writer.keepUp();
        await writer.keepUp();
      },
      ready: writer.keepUp,
    },
    close: async () => {
      for (let times = 0; times < 2; times++) await writer.keepUp().catch(() => undefined);
      for (const file of files) closeSync(file);
    },
    remove: () => {
      for (const path of paths) rmSync(path, { force: true });
    },
    removeOne: (part) => rm(paths[part] ?? "", { force: true }),
  };
}

/** Writes full buffers to where they belong in their files, beside this thread. */
function writeBeside(files: readonly number[], paths: readonly string[]) {
  const free: Buffer[] = [];
  const offsets = new Float64Array(files.length);
  let earlier: Promise<void>[] = [];
  let latest: Promise<void>[] = [];
  const writeWhole = async (part: number, buffer: Buffer, bytes: number, place: number) => {
    try {
      for (let written = 0; written < bytes; )
        written += (await writeAt(files[part] ?? -1, buffer, written, bytes - written, place + written)).bytesWritten;
    } catch (error) {
      throw writeError(error, paths[part] ?? "");
    }
    free.push(buffer);
  };
  return {
    buffer: () => free.pop() ?? Buffer.allocUnsafe(BUFFER_BYTES),
    write: (part: number, buffer: Buffer, bytes: number) => {
      const place = offsets[part] ?? 0;
      offsets[part] = place + bytes;
      const result = writeWhole(part, buffer, bytes, place);
      // It may fail while something else is waited for.
      result.catch(() => undefined);
      latest.push(result);
    },
    /** When all is written that was given before the last call. */
    keepUp: async () => {
      const before = earlier;
      [earlier, latest] = [latest, []];
      for (const one of await Promise.allSettled(before)) if (one.status === "rejected") throw one.reason;
    },
  };
}
