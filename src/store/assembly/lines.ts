// Lines of a delimited table that are told by their delimiters alone, sixteen bytes at a time.

const FEED: i32 = 10;
const RETURN: i32 = 13;

/** One bit for each of the sixteen bytes that is the one looked for. */
// @ts-ignore: decorator
@inline
function where(bytes: v128, byte: v128): i32 {
  return i8x16.bitmask(i8x16.eq(bytes, byte));
}

/**
 * Takes lines of `width` cells from `from` on, as many as hold no quote and end with a line feed, or, without cuts, with a carriage return and a line feed. Gives where the first
 * other one begins, or the one that `end` cuts. quote: below 0 = none. Words at `told`: the lines taken, how many of them end with both, the bytes of the longest up to the first byte of its end,
 * and the cuts; behind them, for each line, the places of every `block`-th delimiter (0 = no cuts) and of its line feed as -(place + 1). Places are addresses.
 * Up to fifteen bytes behind `end` are read.
 */
export function takeLines(
  from: usize,
  end: usize,
  delimiter: i32,
  quote: i32,
  width: i32,
  block: i32,
  told: usize,
): usize {
  const delimiters = i8x16.splat(<i8>delimiter);
  const feeds = i8x16.splat(<i8>FEED);
  const returns = i8x16.splat(<i8>RETURN);
  const quotes = i8x16.splat(quote < 0 ? <i8>RETURN : <i8>quote);
  const cutsFrom = told + 16;
  let cuts = cutsFrom;
  let taken = cuts;
  let begin = from;
  let found = 0;
  let untilCut = block;
  let lines = 0;
  let both = 0;
  let longest: usize = 0;
  for (let at = from; at < end; at += 16) {
    const bytes = v128.load(at);
    const inside: i32 = at + 16 <= end ? 0xffff : (1 << <i32>(end - at)) - 1;
    const marks = where(bytes, delimiters) & inside;
    let stops = (where(bytes, feeds) | where(bytes, returns) | where(bytes, quotes)) & inside;
    if (stops == 0 && (block == 0 || found + popcnt<i32>(marks) < untilCut)) {
      found += popcnt<i32>(marks);
      continue;
    }
    for (let bits = marks | stops; bits != 0; bits &= bits - 1) {
      const place = at + ctz<i32>(bits);
      // The line feed behind a carriage return.
      if (place < begin) continue;
      const byte = <i32>load<u8>(place);
      if (byte == delimiter) {
        found++;
        if (found == untilCut && found < width) {
          store<i32>(cuts, <i32>place);
          cuts += 4;
          untilCut += block;
        }
        continue;
      }
      const isBoth = byte == RETURN && block == 0 && place + 1 < end && load<u8>(place, 1) == FEED;
      if ((byte != FEED && !isBoth) || found != width - 1) {
        at = end;
        break;
      }
      const next = place + 1 + usize(isBoth);
      if (block != 0) {
        store<i32>(cuts, -(<i32>place + 1));
        cuts += 4;
      }
      taken = cuts;
      lines++;
      both += i32(isBoth);
      longest = max(longest, place + 1 - begin);
      begin = next;
      found = 0;
      untilCut = block;
    }
  }
  store<i32>(told, lines);
  store<i32>(told + 4, both);
  store<i32>(told + 8, <i32>longest);
  store<i32>(told + 12, <i32>(taken - cutsFrom) >> 2);
  return begin;
}
