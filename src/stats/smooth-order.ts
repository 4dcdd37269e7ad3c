const DRAWS = 999;

/**
 * Whether the sizes of some things, in an order of theirs, change less from one to the next than in random orders: a permutation test on the sum of the absolute differences
 * of neighbours' logarithms. Sizes that hardly differ say nothing, and give any p.
 *
 * @param counts of each thing in the order that is asked about, 0 or more
 * @returns share of random orders that are as smooth, with the own one among them, above 0 and at most 1
 */
export function smoothOrderP(counts: ArrayLike<number>, shuffle: (order: Float64Array) => Float64Array): number {
  const sizes = Float64Array.from(counts, (count) => Math.log(count + 0.5));
  const own = roughness(sizes);
  let as = 1;
  for (let draw = 0; draw < DRAWS; draw++) if (roughness(shuffle(sizes.slice())) <= own + 1e-12) as++;
  return as / (DRAWS + 1);
}

function roughness(sizes: Float64Array): number {
  let sum = 0;
  for (let i = 1; i < sizes.length; i++) sum += Math.abs((sizes[i] ?? 0) - (sizes[i - 1] ?? 0));
  return sum;
}
