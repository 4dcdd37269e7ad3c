/** A seeded stream of uniform numbers in [0, 1). Same seed, same stream, on every machine. */
export type Uniform = () => number;

/** A stream that goes on elsewhere: from the four words of its state. */
export interface UniformStream extends Uniform {
  save(): readonly [number, number, number, number];
  load(state: readonly [number, number, number, number]): void;
}

/** sfc32 (Doty-Humphrey, PractRand) started from the seed and a stream number by splitmix32. */
export function uniformStream(seed: number, stream: number): UniformStream {
  let state = (Math.imul(seed | 0, 0x9e3779b1) ^ Math.floor(seed / 4294967296) ^ Math.imul(stream + 1, 0x85ebca6b)) | 0;
  const mix = () => {
    state = (state + 0x9e3779b9) | 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return z ^ (z >>> 15);
  };
  let [a, b, c, d] = [mix(), mix(), mix(), 1];
  const next = () => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + t) | 0;
    return (t >>> 0) / 4294967296;
  };
  for (let i = 0; i < 12; i++) next();
  return Object.assign(next, {
    save: () => [a, b, c, d] as const,
    load: (state: readonly [number, number, number, number]) => {
      [a, b, c, d] = state;
    },
  });
}

/** Writes `take` of the first `count` items into `out`, in their order, each subset equally likely (Knuth's algorithm S). */
export function sampleInOrder(items: Int32Array, count: number, take: number, uniform: Uniform, out: Int32Array): void {
  let taken = 0;
  for (let i = 0; taken < take; i++) {
    if (uniform() * (count - i) < take - taken) out[taken++] = items[i]!;
  }
}
