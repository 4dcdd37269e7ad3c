// How long a page of help takes, against node doing nothing.
// npm run build && npx rolldown bench/speed/help.ts --platform node --file /tmp/help.mjs && node /tmp/help.mjs
import { spawnSync } from "node:child_process";
import { MAIN, median, record } from "./record.ts";

const REPEATS = 21;

function took(args: readonly string[]): number {
  const began = performance.now();
  const { status } = spawnSync(process.execPath, args, { stdio: "ignore" });
  if (status !== 0) throw new Error(`${args.join(" ")} ended with ${status}`);
  return performance.now() - began;
}

const PAGES = { node: ["-e", "0"], help: [MAIN, "--help"], runHelp: [MAIN, "run", "--help"], predictHelp: [MAIN, "predict", "--help"] };
const measured = Object.entries(PAGES).map(([name, args]) => {
  const times = Array.from({ length: REPEATS }, () => took(args));
  return [name, { medianMs: Math.round(median(times)), leastMs: Math.round(Math.min(...times)), mostMs: Math.round(Math.max(...times)) }];
});
record("help", `Wall time of a process, ${REPEATS} repeats one after the other.`, { pages: Object.fromEntries(measured) });
