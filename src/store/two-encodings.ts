import { isUtf8 } from "node:buffer";
import { OldhandError } from "../core/error.ts";
import { shellWord } from "../core/shell-word.ts";
import { type ByteSink, scanBytes } from "./byte-scan.ts";
import { evidenceSink, soundWord } from "./windows-1252.ts";

/** Lines with letters beyond ASCII: in UTF-8, and in no UTF-8; of each the first, counted from 1. */
interface Lines {
  utf8: number;
  firstUtf8: number;
  others: number;
  firstOther: number;
}

/** Two exports that were put together: some lines are UTF-8 and the others, taken alone, Windows-1252. Null for any other file. */
export async function twoEncodings(path: string, error: OldhandError): Promise<OldhandError | null> {
  const { sink: words, seen } = evidenceSink();
  const found: Lines = { utf8: 0, firstUtf8: 0, others: 0, firstOther: 0 };
  await scanBytes(path, [linesSink(found, words)]);
  if (found.utf8 === 0 || found.others === 0 || soundWord(seen) === null) return null;
  const shown = (count: number, first: number) => `${count.toLocaleString("en")} (line ${first}${count > 1 ? " first" : ""})`;
  const decoded = `encode("UTF-8", decode("cp1252", $_))`;
  return new OldhandError("encoding", {
    ...error.parts,
    what: "The file holds two encodings: some of its lines are UTF-8, and others are Windows-1252.",
    got: `${error.parts.got ?? ""}; lines beyond ASCII: UTF-8 ${shown(found.utf8, found.firstUtf8)}, Windows-1252 ${shown(found.others, found.firstOther)}`,
    fix: `Convert each line by itself: perl -MEncode -pe '$l = $_; $_ = ${decoded} unless eval { decode("UTF-8", $l, 1); 1 }' ${shellWord(path)} > utf8.csv`,
  });
}

function linesSink(found: Lines, words: ByteSink): ByteSink {
  let carry: Uint8Array = new Uint8Array(0);
  let line = 1;
  const look = (bytes: Uint8Array) => {
    if (bytes.every((byte) => byte < 0x80)) return;
    if (isUtf8(bytes)) {
      found.utf8++;
      found.firstUtf8 ||= line;
      return;
    }
    found.others++;
    found.firstOther ||= line;
    words.take(bytes);
  };
  return {
    take: (piece) => {
      let from = 0;
      for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, from)) {
        const own = piece.subarray(from, at + 1);
        look(carry.length === 0 ? own : Buffer.concat([carry, own]));
        carry = new Uint8Array(0);
        from = at + 1;
        line++;
      }
      carry = Uint8Array.from(Buffer.concat([carry, piece.subarray(from)]));
    },
    end: () => {
      look(carry);
      return words.end();
    },
  };
}
