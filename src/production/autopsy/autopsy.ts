import { digits, rangeTexts } from "../../core/digits.ts";
import { moments, tQuantile } from "../../stats/index.ts";
import { type Game, has, minimalRepairs, pairInteractions, shapleyValues } from "./shapley.ts";

/** An omission: a check that was skipped or an action not taken, at a stage. */
export interface Player {
  readonly id: string;
  readonly stage: string;
  readonly title: string;
}

export interface AutopsyInput {
  /** 1 to 7. */
  readonly players: readonly Player[];
  /** Loss in production (higher is worse) of what would have been shipped with exactly these omissions; each is an experiment. */
  readonly value: (omitted: ReadonlySet<string>, seed: number) => Promise<number>;
  /** Loss that was promised before release. */
  readonly promised: number;
  /** Loss that counts as repaired; default: promised, or what remains with nothing omitted when that is higher. */
  readonly acceptable?: number;
  readonly seed: number;
  /** Times the whole game is played, with seeds `seed`, `seed + 1`, ...; intervals need at least 2. Default 1. */
  readonly draws?: number;
}

/** A measured part of the loss. low and high are null when the game was played once. */
export interface Part {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
}

export interface Blame {
  readonly player: Player;
  readonly shapley: Part;
  /** This omission alone, against none. */
  readonly alone: Part;
  /** All omissions against all but this one: what repairing it alone would win. Negative: repairing it alone makes things worse. */
  readonly leaveOneOut: Part;
}

export interface PairBlame {
  readonly a: string;
  readonly b: string;
  readonly interaction: Part;
  readonly kind: "masking" | "synergy" | "none";
}

export interface Autopsy {
  readonly promised: number;
  /** Loss with all omissions, as it happened; and with none. */
  readonly realised: Part;
  readonly repaired: Part;
  /** Most to blame first. */
  readonly shapley: readonly Blame[];
  /** Largest first. */
  readonly pairs: readonly PairBlame[];
  readonly stages: readonly { readonly stage: string; readonly share: Part }[];
  /** Smallest sets of omissions whose repair brings the loss to `acceptable`, ids. Empty: no repair does. */
  readonly minimalRepairs: readonly (readonly string[])[];
  readonly acceptable: number;
  readonly runs: number;
  readonly why: readonly string[];
}

const LEVEL = 0.95;
const MOST_PLAYERS = 7;

/**
 * Plays every coalition of omissions and shares out the loss between them: exact Shapley values, pair interactions, leave-one-out beside them, and the
 * smallest sets to repair. @throws RangeError for no or more than 7 players, or two of one id.
 */
export async function autopsy(input: AutopsyInput): Promise<Autopsy> {
  const { players, promised, seed, draws = 1 } = input;
  const n = players.length;
  if (n < 1 || n > MOST_PLAYERS) throw new RangeError(`an autopsy takes 1 to ${MOST_PLAYERS} omissions, not ${n}`);
  if (new Set(players.map(({ id }) => id)).size < n) throw new RangeError("two omissions have the same id");
  const games: Game[] = [];
  for (let draw = 0; draw < draws; draw++) games.push(await playGame(input, seed + draw));
  const part = (of: (game: Game) => number) => partOf(games.map(of));
  const all = 2 ** n - 1;
  const at = (game: Game, coalition: number) => game[coalition] ?? Number.NaN;
  const values = games.map((game) => shapleyValues(game, n));
  const blames = players.map(
    (player, i): Blame => ({
      player,
      shapley: partOf(values.map((one) => one[i] ?? Number.NaN)),
      alone: part((game) => at(game, 1 << i) - at(game, 0)),
      leaveOneOut: part((game) => at(game, all) - at(game, all & ~(1 << i))),
    }),
  );
  const pairs = pairsOf(games, players);
  const [realised, repaired] = [part((game) => at(game, all)), part((game) => at(game, 0))];
  const acceptable = input.acceptable ?? Math.max(promised, repaired.value);
  const mean = Float64Array.from(
    { length: 2 ** n },
    (_, coalition) => games.reduce((sum, game) => sum + at(game, coalition), 0) / games.length,
  );
  const repairs = minimalRepairs(mean, n, acceptable).map((mask) => players.filter((_, i) => has(mask, i)).map(({ id }) => id));
  const shapley = [...blames].sort((a, b) => b.shapley.value - a.shapley.value);
  const found = {
    promised,
    realised,
    repaired,
    shapley,
    pairs,
    stages: stagesOf(players, values),
    minimalRepairs: repairs,
    acceptable,
    runs: games.length * 2 ** n,
  };
  return { ...found, why: sentences(found, players) };
}

async function playGame({ players, value }: AutopsyInput, seed: number): Promise<Game> {
  const game = new Float64Array(2 ** players.length);
  for (const coalition of inOrderOfWorth(players.length)) {
    const omitted = new Set(players.filter((_, i) => has(coalition, i)).map(({ id }) => id));
    const loss = await value(omitted, seed);
    if (!Number.isFinite(loss)) throw new RangeError(`the loss with ${[...omitted].join(", ") || "nothing"} omitted is ${loss}`);
    game[coalition] = loss;
  }
  return game;
}

/** None, each alone, all, all but each, then the rest: whoever is stopped has measured what tells most. */
function inOrderOfWorth(players: number): number[] {
  const sizeOf = (coalition: number) => Array.from({ length: players }, (_, i) => Number(has(coalition, i))).reduce((a, b) => a + b, 0);
  const rankOf = (coalition: number) => {
    const size = sizeOf(coalition);
    return size <= 1 ? size : size === players ? 2 : size === players - 1 ? 3 : 4;
  };
  return Array.from({ length: 2 ** players }, (_, coalition) => coalition).sort((a, b) => rankOf(a) - rankOf(b) || a - b);
}

/** What one draw says of an omission before all combinations were tried; null where it takes one that was not. */
export interface BlameSoFar {
  readonly player: Player;
  readonly alone: number | null;
  readonly leaveOneOut: number | null;
}

/** loss: of a combination of omissions that was tried, else undefined. */
export function blamesSoFar(players: readonly Player[], loss: (omitted: ReadonlySet<string>) => number | undefined): BlameSoFar[] {
  const ids = players.map(({ id }) => id);
  const between = (more: readonly string[], less: readonly string[]) => {
    const [a, b] = [loss(new Set(more)), loss(new Set(less))];
    return a === undefined || b === undefined ? null : a - b;
  };
  return players.map((player) => ({
    player,
    alone: between([player.id], []),
    leaveOneOut: between(
      ids,
      ids.filter((id) => id !== player.id),
    ),
  }));
}

/** Mean over draws, with a t interval. */
function partOf(values: readonly number[]): Part {
  const { count, mean, variance } = moments(values);
  if (count < 2) return { value: mean, low: null, high: null };
  const reach = tQuantile((1 + LEVEL) / 2, count - 1) * Math.sqrt(variance / count);
  return { value: mean, low: mean - reach, high: mean + reach };
}

function pairsOf(games: readonly Game[], players: readonly Player[]): PairBlame[] {
  const perGame = games.map((game) => pairInteractions(game, players.length));
  const scale = Math.max(...games.flatMap((game) => Array.from(game, Math.abs)));
  return (perGame[0] ?? [])
    .map(({ a, b }, place): PairBlame => {
      const interaction = partOf(perGame.map((pairs) => pairs[place]?.value ?? Number.NaN));
      return { a: players[a]?.id ?? "", b: players[b]?.id ?? "", interaction, kind: kindOf(interaction, scale) };
    })
    .sort((x, y) => Math.abs(y.interaction.value) - Math.abs(x.interaction.value));
}

/** With several draws the interval must exclude 0; with one, only rounding counts as none. */
function kindOf({ value, low, high }: Part, scale: number): PairBlame["kind"] {
  const isNone = low !== null && high !== null ? low <= 0 && high >= 0 : Math.abs(value) <= 1e-9 * scale;
  return isNone ? "none" : value < 0 ? "masking" : "synergy";
}

function stagesOf(players: readonly Player[], values: readonly (readonly number[])[]): { stage: string; share: Part }[] {
  return [...new Set(players.map(({ stage }) => stage))]
    .map((stage) => ({
      stage,
      share: partOf(values.map((one) => one.reduce((sum, value, i) => sum + (players[i]?.stage === stage ? value : 0), 0))),
    }))
    .sort((a, b) => b.share.value - a.share.value);
}

/** The part and the whole with the same digits. spare: by how much less than promised would have been lost with nothing omitted. */
function mostOf({ player, shapley }: Blame, gap: number, spare: number): string {
  const from = `from the ${player.stage} stage: ${player.title}.`;
  const { value: part, high: whole } = rangeTexts({ value: shapley.value, low: 0, high: gap });
  if (gap > 0 && part === whole) return `All of it (${whole}) comes ${from}`;
  if (shapley.value <= gap) return `${shapley.value > gap / 2 ? "Most" : "The largest part"} of it (${part} of ${whole}) comes ${from}`;
  const why = spare > 0 ? "with nothing omitted it would have been better than promised" : "other omissions made up for some of it";
  return `More than all of it (${part} against ${whole}: ${why}) comes ${from}`;
}

function sentences(found: Omit<Autopsy, "why">, players: readonly Player[]): string[] {
  const { promised, realised, repaired, shapley, pairs, minimalRepairs: repairs, acceptable } = found;
  const title = (id: string) => players.find((player) => player.id === id)?.title ?? id;
  const gap = realised.value - promised;
  const first = `Promised ${digits(promised)}, realised ${digits(realised.value)}; with nothing omitted it would have been ${digits(repaired.value)}.`;
  if (!(realised.value > acceptable)) return [first, `The loss is not above ${digits(acceptable)}: there is nothing to repair.`];
  const [top] = shapley;
  const most = top === undefined || top.shapley.value <= 0 ? [] : [mostOf(top, gap, promised - repaired.value)];
  const together = pairs
    .filter(({ kind }) => kind !== "none")
    .slice(0, 1)
    .map(({ a, b, kind, interaction }) =>
      kind === "masking"
        ? `"${title(a)}" and "${title(b)}" mask each other (${digits(interaction.value)}): repairing one of them alone wins less than its share. Repair them together.`
        : `"${title(a)}" and "${title(b)}" make each other worse (${digits(interaction.value)}): repairing either one helps with both.`,
    );
  const misled = shapley
    .filter(({ shapley: share, leaveOneOut }) => share.value > 0 && leaveOneOut.value < 0 && (leaveOneOut.high ?? 0) <= 0)
    .map(({ player }) => `Repairing only "${player.title}" would make things worse, although it is part of the cause.`);
  const [smallest] = repairs;
  const repair =
    smallest === undefined
      ? `No repair of these omissions brings the loss to ${digits(acceptable)}.`
      : `Least that must be repaired: ${smallest.map((id) => `"${title(id)}"`).join(" and ")}.`;
  return [first, ...most, ...together, ...misled, repair];
}
