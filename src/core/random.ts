/** A seeded stream of numbers. Same seed, same stream, on every machine. */
export interface Random {
  /** Uniform in [0, 1), 32 random bits. */
  next(): number;
  /** Uniform integer in [0, below). */
  integer(below: number): number;
  /** Draws `counts.length` times from as many, by `integer`, and writes how often each came: the same in a fifth of the time. */
  tally(counts: Float64Array): void;
  /** Standard normal (Box-Muller). */
  normal(): number;
  /** Fisher-Yates, in place. */
  shuffle<T extends { length: number; [index: number]: unknown }>(items: T): T;
}

/** sfc32 (Doty-Humphrey, PractRand), seeded by mixing the seed and labels with FNV-1a. */
export function createRandom(seed: number, ...labels: readonly (string | number)[]): Random {
  let [a, b, c, d] = [mix(seed, labels, 1), mix(seed, labels, 2), mix(seed, labels, 3), 1];
  const next32 = (): number => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + t) | 0;
    return t >>> 0;
  };
  for (let i = 0; i < 12; i++) next32();
  const next = () => next32() / 4294967296;
  const integer = (below: number) => Math.floor(next() * below);
  return {
    next,
    integer,
    tally: (counts) => {
      // The state in variables of its own: those of the closure are written to memory at every draw.
      let [e, f, g, h] = [a, b, c, d];
      const below = counts.length;
      counts.fill(0);
      for (let i = 0; i < below; i++) {
        const t = (((e + f) | 0) + h) | 0;
        h = (h + 1) | 0;
        e = f ^ (f >>> 9);
        f = (g + (g << 3)) | 0;
        g = (((g << 21) | (g >>> 11)) + t) | 0;
        const at = Math.floor(((t >>> 0) / 4294967296) * below);
        counts[at] = (counts[at] ?? 0) + 1;
      }
      [a, b, c, d] = [e, f, g, h];
    },
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    shuffle: (items) => {
      for (let i = items.length - 1; i > 0; i--) {
        const j = integer(i + 1);
        const held = items[i];
        (items as Record<number, unknown>)[i] = items[j];
        (items as Record<number, unknown>)[j] = held;
      }
      return items;
    },
  };
}

function mix(seed: number, labels: readonly (string | number)[], salt: number): number {
  let hash = 0x811c9dc5 ^ salt;
  for (const char of `${seed}|${labels.join("|")}|${salt}`) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return hash | 0;
}
