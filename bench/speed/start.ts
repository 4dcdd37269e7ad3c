// How long the command takes to answer before there is anything to compute, against node doing nothing. The four are called in turn.
// npm run build && npx rolldown bench/speed/start.ts --platform node --file /tmp/start.mjs && node /tmp/start.mjs
import { spawnSync } from "node:child_process";
import { MAIN, median, record } from "./record.ts";

const REPEATS = 21;
const DEMO = "examples/bank-marketing/bank-additional.csv";

interface Page {
  readonly name: string;
  readonly args: readonly string[];
  readonly code: number;
}

const PAGES: readonly Page[] = [
  { name: "node", args: ["-e", "0"], code: 0 },
  { name: "help", args: [MAIN, "--help"], code: 0 },
  { name: "runHelp", args: [MAIN, "run", "--help"], code: 0 },
  // The table is read and typed before it is known that the target is misspelt.
  { name: "misspeltTarget", args: [MAIN, "run", DEMO, "--target", "z"], code: 2 },
];

function took({ args, code }: Page): number {
  const began = performance.now();
  const { status } = spawnSync(process.execPath, args, { stdio: "ignore" });
  if (status !== code) throw new Error(`${args.join(" ")} ended with ${status}`);
  return performance.now() - began;
}

const rounds = Array.from({ length: REPEATS }, () => PAGES.map(took));
const pages = PAGES.map(({ name }, place) => {
  const times = rounds.map((round) => round[place]!);
  return [name, { medianMs: Math.round(median(times)), leastMs: Math.round(Math.min(...times)), mostMs: Math.round(Math.max(...times)) }];
});
record("start", `Wall time of a process, ${REPEATS} rounds of all four.`, { pages: Object.fromEntries(pages) });
