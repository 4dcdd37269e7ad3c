import type { SplitGap } from "../../core/finding.ts";
import { intervalText, numberText } from "../numbers.ts";
import { metricWords } from "../words/metric.ts";
import type { Chart } from "./drawing.ts";
import { intervalChart } from "./intervals.ts";

/** What a random split would have claimed, against the policy that was used. `name`: e.g. "split by time"; `isShown`: the paired comparison showed a difference. */
export function splitGapChart({ metric, random, proposed }: SplitGap, name: string, isShown: boolean): Chart {
  const { label, better } = metricWords(metric);
  const isApart = isShown || random.low > proposed.high || proposed.low > random.high;
  const words = {
    name: "split-gap",
    title: isApart
      ? `A random split would have claimed ${numberText(random.value)}; judged honestly it is ${numberText(proposed.value)}`
      : `No difference shown between a random split (${numberText(random.value)}) and this one (${numberText(proposed.value)})`,
    note: `Dot: mean over folds. Line: ${Math.round(100 * proposed.level)} % interval.`,
    text: `${label}: random split ${intervalText(random)}, ${name} ${intervalText(proposed)}.`,
  };
  const rows = [
    { key: "random", label: "random split", estimate: random, isStrong: false },
    { key: "proposed", label: `${name} (used)`, estimate: proposed, isStrong: true },
  ];
  return intervalChart(rows, { axis: `${label} (${better} is better)`, line: null, words });
}
