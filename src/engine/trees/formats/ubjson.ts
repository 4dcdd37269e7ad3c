import { wrongValue } from "../../wrong-use.ts";

/** Lists and objects within one another: a damaged file must not exhaust the stack. */
const MOST_DEPTH = 64;

interface Reader {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  at: number;
}

/** Bytes and reading of each kind of number, big-endian: https://ubjson.org/type-reference/value-types/ */
const NUMBERS: Readonly<Record<string, { readonly bytes: number; readonly read: (view: DataView, at: number) => number }>> = {
  i: { bytes: 1, read: (view, at) => view.getInt8(at) },
  U: { bytes: 1, read: (view, at) => view.getUint8(at) },
  I: { bytes: 2, read: (view, at) => view.getInt16(at) },
  l: { bytes: 4, read: (view, at) => view.getInt32(at) },
  L: { bytes: 8, read: (view, at) => Number(view.getBigInt64(at)) },
  d: { bytes: 4, read: (view, at) => view.getFloat32(at) },
  D: { bytes: 8, read: (view, at) => view.getFloat64(at) },
};

/**
 * Universal Binary JSON as XGBoost writes it. Lists of one kind of number become Float64Array; objects have no prototype.
 * @throws RangeError with the place of the byte when it is broken or cut off.
 */
export function parseUbjson(bytes: Uint8Array): unknown {
  const reader: Reader = { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), at: 0 };
  const value = readValue(reader, marker(reader), 0);
  if (reader.at !== bytes.length)
    throw wrongValue("bad-model", `byte ${reader.at}: ${bytes.length - reader.at} bytes after the end of the document`);
  return value;
}

/** Next kind; "N" stands for nothing and is skipped. */
function marker(reader: Reader): string {
  for (;;) {
    need(reader, 1);
    const letter = String.fromCharCode(reader.bytes[reader.at++]!);
    if (letter !== "N") return letter;
  }
}

function need(reader: Reader, count: number): void {
  if (!(count >= 0 && reader.at + count <= reader.bytes.length))
    throw wrongValue("bad-model", `byte ${reader.at}: the file ends before ${count} bytes more`);
}

function readNumber(reader: Reader, kind: string): number {
  const number = Object.hasOwn(NUMBERS, kind) ? NUMBERS[kind]! : null;
  if (number === null) throw wrongValue("bad-model", `byte ${reader.at - 1}: "${kind}" is no kind of number`);
  need(reader, number.bytes);
  const value = number.read(reader.view, reader.at);
  reader.at += number.bytes;
  return value;
}

function readText(reader: Reader): string {
  const length = readNumber(reader, marker(reader));
  need(reader, length);
  reader.at += length;
  return new TextDecoder().decode(reader.bytes.subarray(reader.at - length, reader.at));
}

function readValue(reader: Reader, kind: string, depth: number): unknown {
  if (depth > MOST_DEPTH) throw wrongValue("bad-model", `byte ${reader.at}: more than ${MOST_DEPTH} lists and objects within one another`);
  switch (kind) {
    case "{":
      return readObject(reader, depth);
    case "[":
      return readList(reader, depth);
    case "S":
      return readText(reader);
    case "Z":
      return null;
    case "T":
    case "F":
      return kind === "T";
    default:
      return readNumber(reader, kind);
  }
}

/** `$kind` and `#count` after the opening bracket, each if it is there. */
function readHead(reader: Reader): { kind: string | null; count: number | null } {
  const take = (letter: string): boolean => {
    need(reader, 1);
    if (reader.bytes[reader.at] !== letter.charCodeAt(0)) return false;
    reader.at++;
    return true;
  };
  const kind = take("$") ? marker(reader) : null;
  const count = take("#") ? readNumber(reader, marker(reader)) : null;
  if (kind !== null && count === null) throw wrongValue("bad-model", `byte ${reader.at}: a list of one kind without its length`);
  return { kind, count };
}

function readList(reader: Reader, depth: number): unknown {
  const { kind, count } = readHead(reader);
  if (kind !== null && count !== null) return readNumbers(reader, kind, count);
  const list: unknown[] = [];
  if (count !== null) {
    need(reader, count);
    for (let i = 0; i < count; i++) list.push(readValue(reader, marker(reader), depth + 1));
    return list;
  }
  for (let next = marker(reader); next !== "]"; next = marker(reader)) list.push(readValue(reader, next, depth + 1));
  return list;
}

function readNumbers(reader: Reader, kind: string, count: number): Float64Array {
  need(reader, count * (NUMBERS[kind]?.bytes ?? 1));
  const numbers = new Float64Array(count);
  for (let i = 0; i < count; i++) numbers[i] = readNumber(reader, kind);
  return numbers;
}

function readObject(reader: Reader, depth: number): unknown {
  const { kind, count } = readHead(reader);
  if (kind !== null) throw wrongValue("bad-model", `byte ${reader.at}: objects of one kind are not supported`);
  const object: Record<string, unknown> = Object.create(null);
  const readField = () => {
    const name = readText(reader);
    object[name] = readValue(reader, marker(reader), depth + 1);
  };
  if (count !== null) for (let i = 0; i < count; i++) readField();
  else {
    for (let next = marker(reader); next !== "}"; next = marker(reader)) {
      reader.at--;
      readField();
    }
  }
  return object;
}
