import { isUtf8 } from "node:buffer";
import { open } from "node:fs/promises";
import { OldhandError } from "../core/error.ts";
import { shellWord } from "../core/shell-word.ts";
import { hashBeside, hashHere } from "./file-hash.ts";
import { readError } from "./source-file.ts";

/** Takes the bytes of a file in order, in pieces; what a piece holds changes afterwards. */
export interface ByteSink {
  take(piece: Uint8Array): void;
  end(): void | Promise<void>;
  /** Asked after each piece: when the next may come. */
  ready?(): Promise<void>;
}

const PIECE_BYTES = 4 * 1024 * 1024;

/** A line may not be longer than this: more is not a table with lines. 10,000 columns of 1,600 characters still fit. */
export const LONGEST_LINE_BYTES = 16 * 1024 * 1024;

/** From so many bytes on the hash is made in a thread of its own: it takes a third of the time. */
const HASH_BESIDE_BYTES = 64 * 1024 * 1024;

/** Sends the whole file through the sinks and returns its SHA-256 in hex. */
export async function scanBytes(path: string, sinks: readonly ByteSink[], hashBesideBytes = HASH_BESIDE_BYTES): Promise<string> {
  const file = await open(path, "r").catch((error: unknown) => {
    throw readError(error, path);
  });
  const { size } = await file.stat();
  const hash = size >= hashBesideBytes ? hashBeside(PIECE_BYTES) : hashHere(PIECE_BYTES);
  const read = (piece: number) => {
    const result = file.read(hash.buffers[piece] ?? Buffer.alloc(0), 0, PIECE_BYTES, null);
    // It may fail while a sink is waited for.
    result.catch(() => undefined);
    return result;
  };
  let reading = read(0);
  try {
    for (let piece = 0; ; ) {
      const { bytesRead, buffer } = await reading;
      if (bytesRead === 0) break;
      hash.take(piece, bytesRead);
      piece = (piece + 1) % hash.buffers.length;
      // The next piece is read while the sinks look at this one: what began only then would wait for this thread.
      await hash.free(piece);
      reading = read(piece);
      const bytes = buffer.subarray(0, bytesRead);
      for (const sink of sinks) sink.take(bytes);
      for (const sink of sinks) await sink.ready?.();
    }
    for (const sink of sinks) await sink.end();
    return await hash.digest();
  } catch (error) {
    throw readError(error, path);
  } finally {
    await reading.catch(() => undefined);
    hash.close();
    await file.close();
  }
}

/** Refuses bytes that are not text: NUL, not UTF-8, a line without end. */
export function textSink(path: string): ByteSink {
  let offset = 0;
  let line = 1;
  let lineStart = 0;
  let carry: Uint8Array = new Uint8Array(0);
  const check = (piece: Uint8Array, last: boolean) => {
    const joined = carry.length === 0 ? piece : Buffer.concat([carry, piece]);
    const start = offset - carry.length;
    const tail = last ? 0 : incompleteTail(joined);
    const body = joined.subarray(0, joined.length - tail);
    if (!isUtf8(body)) throw notUtf8(path, body, start, line);
    carry = Uint8Array.from(joined.subarray(joined.length - tail));
  };
  const tooLong = (end: number) => {
    if (end - lineStart <= LONGEST_LINE_BYTES) return;
    throw new OldhandError("line-too-long", {
      what: "A line is too long to be a row of a table.",
      where: `${path}, line ${line}`,
      expected: `at most ${LONGEST_LINE_BYTES / 1048576} MB in one line`,
      got: `${Math.floor((end - lineStart) / 1048576)} MB or more without a line end`,
      fix: "Check that the file is a table with one row per line.",
    });
  };
  return {
    take: (piece) => {
      const nul = piece.indexOf(0);
      if (nul >= 0) throw hasNul(path, offset + nul, line + countLines(piece.subarray(0, nul)));
      check(piece, false);
      for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, at + 1)) {
        tooLong(offset + at);
        line++;
        lineStart = offset + at + 1;
      }
      offset += piece.length;
      tooLong(offset);
    },
    end: () => {
      if (carry.length > 0) check(new Uint8Array(0), true);
    },
  };
}

/** Whether an underscore stands between two digits somewhere: "1_000" is a number to DuckDB and none to us. */
export function underscoreSink(): { sink: ByteSink; found: () => boolean } {
  let found = false;
  let [before, last] = [0, 0];
  const isDigit = (byte: number | undefined) => byte !== undefined && byte >= 48 && byte <= 57;
  const take = (piece: Uint8Array) => {
    if (piece.length === 0 || found) return;
    found = (last === 95 && isDigit(before) && isDigit(piece[0])) || (piece[0] === 95 && isDigit(last) && isDigit(piece[1]));
    for (let at = piece.indexOf(95, 1); at > 0 && !found; at = piece.indexOf(95, at + 1))
      found = isDigit(piece[at - 1]) && isDigit(piece[at + 1]);
    before = piece.length > 1 ? (piece[piece.length - 2] ?? 0) : last;
    last = piece[piece.length - 1] ?? 0;
  };
  return { sink: { take, end: () => undefined }, found: () => found };
}

/** Whether the file ends with a line end. */
export function lastByteSink(): { sink: ByteSink; endsLine: () => boolean } {
  let last: number | undefined;
  const take = (piece: Uint8Array) => {
    last = piece.at(-1) ?? last;
  };
  return { sink: { take, end: () => undefined }, endsLine: () => last === 10 || last === 13 };
}

/** Bytes at the end that begin a character which is not complete yet. */
function incompleteTail(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? back : 0;
  }
  return 0;
}

function countLines(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines++;
  return lines;
}

function hasNul(path: string, offset: number, line: number): OldhandError {
  return new OldhandError("file-format", {
    what: "The file holds NUL bytes, so it is not a text table.",
    where: `${path}, byte ${offset} (line ${line})`,
    expected: "a CSV, TSV, JSONL, ARFF or Parquet file",
    fix: "Check that it is the right file, or remove the NUL bytes: tr -d '\\000' < FILE > CLEAN",
  });
}

function notUtf8(path: string, bytes: Uint8Array, start: number, firstLine: number): OldhandError {
  let low = 0;
  let high = bytes.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    const cut = middle - incompleteTail(bytes.subarray(0, middle));
    if (isUtf8(bytes.subarray(0, cut))) low = middle;
    else high = middle;
  }
  const at = low - incompleteTail(bytes.subarray(0, low));
  const line = firstLine + countLines(bytes.subarray(0, at));
  const byte = (bytes[at] ?? 0).toString(16).toUpperCase().padStart(2, "0");
  return new OldhandError("encoding", {
    what: "The file is not UTF-8.",
    where: `${path}, byte ${start + at} (line ${line})`,
    expected: "UTF-8 (a CSV file also another encoding, where its bytes say in which)",
    got: `byte 0x${byte}`,
    fix: `Convert it from the encoding it was written in, for example: iconv -f CP850 -t UTF-8 ${shellWord(path)} > utf8.csv`,
  });
}
