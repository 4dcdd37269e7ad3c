import { Transform } from "node:stream";

const MAGIC = Buffer.from("\x28\xB5\x2F\xFD", "latin1");
/** Of the byte behind the magic: the frame ends in a checksum. */
const CHECKSUM_FLAG = 0x04;

/**
 * Unpacks zstd (RFC 8878). The checksum at the end of a file of one frame, the low 32 bits of XXH64 over what was packed, is compared;
 * of several frames it is not, since the unpacker does not tell where one ends.
 */
export async function zstdUnpacker(): Promise<Transform> {
  const [{ Decompress }, { default: xxhash }] = await Promise.all([import("fzstd"), import("xxhash-wasm")]);
  const hash = (await xxhash()).create64();
  const packed = endsOf();
  const decoder = new Decompress((piece) => {
    hash.update(piece);
    unpacker.push(Buffer.from(piece));
  });
  const unpacker = new Transform({
    transform: (piece: Buffer, _encoding, done) =>
      attempt(() => {
        packed.take(piece);
        decoder.push(piece, false);
      }, done),
    flush: (done) =>
      attempt(() => {
        decoder.push(new Uint8Array(0), true);
        const expected = packed.checksum();
        if (expected !== null && Number(hash.digest() & 0xffffffffn) !== expected) throw new Error("the checksum is wrong");
      }, done),
  });
  return unpacker;
}

/** Keeps the head and the last bytes of what passes, and counts the frames. */
function endsOf(): { take(piece: Buffer): void; checksum(): number | null } {
  let head = Buffer.alloc(0);
  let tail = Buffer.alloc(0);
  let frames = 0;
  return {
    take: (piece) => {
      if (head.length < 5) head = Buffer.concat([head, piece.subarray(0, 5 - head.length)]);
      // Three bytes of what came before, so that a mark that is cut in two is counted, once.
      const joined = Buffer.concat([tail.subarray(Math.max(0, tail.length - 3)), piece]);
      for (let at = joined.indexOf(MAGIC); at >= 0; at = joined.indexOf(MAGIC, at + 1)) frames++;
      tail = Buffer.concat([tail, piece]).subarray(-4);
    },
    checksum: () => (frames === 1 && ((head[4] ?? 0) & CHECKSUM_FLAG) !== 0 && tail.length === 4 ? tail.readUInt32LE(0) : null),
  };
}

function attempt(work: () => void, done: (error?: Error) => void): void {
  try {
    work();
    done();
  } catch (error) {
    done(error instanceof Error ? error : new Error(String(error)));
  }
}
