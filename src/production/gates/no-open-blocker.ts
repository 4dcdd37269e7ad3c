import { count, listed } from "../phrase.ts";
import { type Gate, judgedBy } from "./gate.ts";

/** A blocker makes the score a lie: none may be left open. */
export const noOpenBlocker: Gate = {
  gate: "no-open-blocker",
  title: "No blocker left open in the data",
  rubric: [],
  run: async ({ findings }) => {
    const blockers = findings.filter(({ severity }) => severity === "blocker");
    const open = blockers.filter(({ state }) => state === "open");
    const evidence = { blockers: blockers.length, open: open.map(({ id }) => id) };
    if (open.length === 0) {
      const found = blockers.length === 0 ? "none was found" : `${count(blockers.length, "blocker")} found and mended`;
      return judgedBy(true, `No blocker is open: ${found} among ${count(findings.length, "finding")}.`, { evidence });
    }
    const why = `${count(open.length, "blocker")} left open (${listed(open.map(({ trap }) => trap))}): ${open[0]?.why ?? ""}`;
    return judgedBy(false, why, { evidence });
  },
};
