import { digits, rangeText } from "../core/digits.ts";
import type { FailureReport } from "../problems/index.ts";

/** The report of `autopsy` for a terminal. */
export function autopsyText({ metric, promised, realised, game }: FailureReport): string {
  const [, ...sentences] = game.why;
  return [
    "A project that had left out what the audit mended (all by a quick model, not the chosen one; means over seeds):",
    `  it would have promised ${metric} ${digits(promised)}, and production would have given ${digits(realised)}: a gap of ${digits(Math.abs(promised - realised))}.`,
    "",
    "Share of the gap (Shapley values over all combinations; 95 % interval over seeds):",
    ...game.shapley.map(({ player, shapley, alone, leaveOneOut }) => {
      const { value, low, high } = shapley;
      const share = low === null || high === null ? digits(value) : rangeText({ value, low, high });
      return `  ${share}  ${player.stage}: ${player.title}\n      alone ${digits(alone.value)}, repaired alone wins ${digits(leaveOneOut.value)}`;
    }),
    "",
    ...sentences,
    "",
    "Not done yet: the omissions are those that the audit found; code, logs and decisions of the failed project itself are not read.",
  ].join("\n");
}
