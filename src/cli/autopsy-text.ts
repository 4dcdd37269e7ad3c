import { digits, rangeText } from "../core/digits.ts";
import type { FailureReport } from "../problems/index.ts";

/** The report of `autopsy` for a terminal. */
export function autopsyText({ metric, promised, realised, game, ended }: FailureReport): string {
  const [, ...sentences] = game?.why ?? [];
  return [
    "A project that had left out what the audit mended (all by a quick model, not the chosen one; means over seeds):",
    ...(Number.isNaN(promised)
      ? ["  the budget ended before the gap of all together was measured."]
      : [
          `  it would have promised ${metric} ${digits(promised)}, and production would have given ${digits(realised)}: a gap of ${digits(Math.abs(promised - realised))}.`,
        ]),
    "",
    ...(game === null ? soFar(ended) : shares(game)),
    "",
    ...(game === null || ended === null
      ? []
      : [
          `The budget ended after ${ended.tried} of ${ended.of} combinations: whole draws are used, so intervals are wider, or there is none.`,
        ]),
    ...(sentences.length === 0 ? [] : [...sentences, ""]),
    "Not done yet: the omissions are those that the audit found; code, logs and decisions of the failed project itself are not read.",
  ].join("\n");
}

function shares({ shapley: blames }: NonNullable<FailureReport["game"]>): string[] {
  return [
    "Share of the gap (Shapley values over all combinations; 95 % interval over seeds):",
    ...blames.map(({ player, shapley, alone, leaveOneOut }) => {
      const { value, low, high } = shapley;
      const share = low === null || high === null ? digits(value) : rangeText({ value, low, high });
      return `  ${share}  ${player.stage}: ${player.title}\n      alone ${digits(alone.value)}, repaired alone wins ${digits(leaveOneOut.value)}`;
    }),
  ];
}

/** The budget ended before all combinations were tried: what is known of each omission. */
function soFar(ended: FailureReport["ended"]): string[] {
  if (ended === null) return [];
  const known = (value: number | null) => (value === null ? "not tried" : digits(value));
  return [
    `What was measured before the budget ended (${ended.tried} of ${ended.of} combinations; of one draw each, without intervals):`,
    ...ended.blames.map(
      ({ player, alone, leaveOneOut }) =>
        `  ${player.stage}: ${player.title}\n      alone ${known(alone)}, repaired alone wins ${known(leaveOneOut)}`,
    ),
  ];
}
