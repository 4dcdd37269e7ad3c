import * as Plot from "@observablehq/plot";
import { COLOURS } from "../../../src/report/charts/drawing.ts";
import type { byConfidence } from "../summary.ts";
import { type Picture, picture } from "./draw.ts";

type Bins = ReturnType<typeof byConfidence>;

/** A share of fewer findings has an interval as wide as the picture. */
const LEAST_FINDINGS = 10;

/** Share that is real against the probability that was told; before in grey, after in the accent colour, each with its interval. */
export function reliabilityPicture(before: Bins, after: Bins): Picture {
  const known = (bins: Bins) =>
    bins.flatMap(({ meanConfidence, real, low, high, findings }) =>
      meanConfidence === null || real === null || low === null || high === null || findings < LEAST_FINDINGS
        ? []
        : [{ told: meanConfidence, real, low, high, findings }],
    );
  const draw = (bins: Bins, colour: string) => [
    Plot.ruleX(known(bins), { x: "told", y1: "low", y2: "high", stroke: colour, strokeWidth: 2, strokeOpacity: 0.5 }),
    Plot.dot(known(bins), { x: "told", y: "real", r: 4, fill: colour }),
  ];
  const axis = { domain: [0.2, 1], ticks: 5, tickFormat: "%" } as const;
  return picture(
    "Share of findings that are real against the confidence that they tell, on tables that nothing was fitted to: grey before, coloured after; tenths with fewer than ten findings are left out",
    {
      height: 300,
      marginLeft: 60,
      marginRight: 320,
      marginBottom: 42,
      x: { ...axis, label: "confidence told", labelAnchor: "center", labelArrow: "none" },
      y: { ...axis, label: "share that is real", labelArrow: "none" },
      marks: [
        Plot.line([0.2, 1], { x: (at: number) => at, y: (at: number) => at, stroke: COLOURS.muted, strokeDasharray: "4,3" }),
        ...draw(before, COLOURS.muted),
        ...draw(after, COLOURS.accent),
      ],
    },
  );
}
