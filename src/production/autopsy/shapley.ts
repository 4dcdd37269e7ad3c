/** A game: its value for each coalition, as a bit mask over the players. Length 2^players. */
export type Game = ArrayLike<number>;

/** Exact Shapley value of each player (Shapley 1953): sum over S without i of |S|! (n - |S| - 1)! / n! [v(S + i) - v(S)]. */
export function shapleyValues(game: Game, players: number): number[] {
  const weight = Array.from({ length: players }, (_, size) => 1 / (players * binomial(players - 1, size)));
  return Array.from({ length: players }, (_, i) => {
    let sum = 0;
    for (let coalition = 0; coalition < 2 ** players; coalition++) {
      if (has(coalition, i)) continue;
      sum += (weight[sizeOf(coalition)] ?? 0) * (at(game, coalition | (1 << i)) - at(game, coalition));
    }
    return sum;
  });
}

/**
 * Shapley interaction index of each pair i < j (Grabisch and Roubens 1999): sum over S without both of |S|! (n - |S| - 2)! / (n - 1)!
 * [v(S + ij) - v(S + i) - v(S + j) + v(S)]. Negative: together less than the sum (they mask each other). Positive: together more.
 */
export function pairInteractions(game: Game, players: number): { readonly a: number; readonly b: number; readonly value: number }[] {
  const weight = Array.from({ length: Math.max(0, players - 1) }, (_, size) => 1 / ((players - 1) * binomial(players - 2, size)));
  const pairs: { a: number; b: number; value: number }[] = [];
  for (let a = 0; a < players; a++) {
    for (let b = a + 1; b < players; b++) {
      let value = 0;
      for (let rest = 0; rest < 2 ** players; rest++) {
        if (has(rest, a) || has(rest, b)) continue;
        const joint = at(game, rest | (1 << a) | (1 << b)) - at(game, rest | (1 << a)) - at(game, rest | (1 << b)) + at(game, rest);
        value += (weight[sizeOf(rest)] ?? 0) * joint;
      }
      pairs.push({ a, b, value });
    }
  }
  return pairs;
}

/** Sets of players whose repair brings the value from all omissions to `acceptable` or below, none of which holds another; smallest first. */
export function minimalRepairs(game: Game, players: number, acceptable: number): number[] {
  const all = 2 ** players - 1;
  const masks = Array.from({ length: 2 ** players }, (_, mask) => mask).sort((a, b) => sizeOf(a) - sizeOf(b) || a - b);
  const found: number[] = [];
  for (const repaired of masks) {
    if (at(game, all & ~repaired) <= acceptable && !found.some((smaller) => (smaller & repaired) === smaller)) found.push(repaired);
  }
  return found;
}

export function has(coalition: number, player: number): boolean {
  return (coalition & (1 << player)) !== 0;
}

function sizeOf(coalition: number): number {
  let size = 0;
  for (let left = coalition; left > 0; left &= left - 1) size++;
  return size;
}

function at(game: Game, coalition: number): number {
  return game[coalition] ?? Number.NaN;
}

function binomial(n: number, k: number): number {
  let value = 1;
  for (let i = 1; i <= k; i++) value = (value * (n - k + i)) / i;
  return value;
}
