import type { Random } from "../../src/core/random.ts";

/** Bytes that mean something to one of the formats. */
const TELLING = [0, 9, 10, 13, 34, 39, 44, 59, 92, 124, 123, 125, 91, 93, 60, 62, 127, 128, 194, 239, 254, 255];

/** The bytes with one to `most` random changes: a bit turned, a byte set, a stretch lost, doubled, moved, filled, or all cut off at a place. */
export function mutate(bytes: Uint8Array, random: Random, most = 8): Uint8Array {
  let changed: Uint8Array = Uint8Array.from(bytes);
  const times = 1 + random.integer(most);
  for (let i = 0; i < times && changed.length > 0; i++) changed = changeOnce(changed, random);
  return changed;
}

function changeOnce(bytes: Uint8Array, random: Random): Uint8Array {
  const at = placeIn(bytes, random);
  const length = 1 + random.integer(random.next() < 0.8 ? 8 : Math.max(1, bytes.length - at));
  const parts = (...some: readonly Uint8Array[]) => Uint8Array.from(Buffer.concat(some));
  const piece = bytes.subarray(at, at + length);
  switch (random.integer(8)) {
    case 0:
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random.integer(8));
      return bytes;
    case 1:
      bytes[at] = random.next() < 0.5 ? random.integer(256) : (TELLING[random.integer(TELLING.length)] ?? 0);
      return bytes;
    case 2:
      return parts(bytes.subarray(0, at), bytes.subarray(at + length));
    case 3:
      return parts(bytes.subarray(0, at), piece, bytes.subarray(at));
    case 4: {
      const to = random.integer(bytes.length + 1);
      return parts(bytes.subarray(0, to), piece, bytes.subarray(to));
    }
    case 5:
      bytes.fill(random.integer(256), at, at + length);
      return bytes;
    case 6:
      return parts(
        bytes.subarray(0, at),
        Uint8Array.from({ length: 1 + random.integer(4) }, () => random.integer(256)),
        bytes.subarray(at),
      );
    default:
      return random.next() < 0.5 ? bytes.subarray(0, at) : bytes;
  }
}

/** Half of the places lie in the first or the last hundred bytes, where formats keep what they hang on. */
function placeIn({ length }: Uint8Array, random: Random): number {
  const near = Math.min(100, length);
  if (random.next() < 0.5) return random.integer(length);
  return random.next() < 0.5 ? random.integer(near) : length - 1 - random.integer(near);
}

/** Random bytes, some of them behind the first bytes of a format. */
export function rubbish(random: Random): Uint8Array {
  const magic = [
    "",
    "",
    "PAR1",
    "PK\x03\x04",
    "\x1f\x8b\x08\x00",
    "(\xb5/\xfd",
    "SQLite format 3\x00",
    "@relation a\n@data\n",
    "{",
    "\xef\xbb\xbf",
    "\xff\xfe",
  ];
  const start = Buffer.from(magic[random.integer(magic.length)] ?? "", "latin1");
  const length = random.integer(random.next() < 0.5 ? 64 : 4096);
  const kinds = random.integer(3);
  const body = Uint8Array.from({ length }, () =>
    kinds === 0 ? random.integer(256) : kinds === 1 ? 32 + random.integer(95) : (TELLING[random.integer(TELLING.length)] ?? 0),
  );
  return Uint8Array.from(Buffer.concat([start, body]));
}
