/**
 * Puts what bench/peers/traps.py counted beside what run.ts counted on the same tables, into bench/results/traps-peers.json.
 *
 *   node /tmp/traps.mjs --tables 1 --real FOLDER --shift 16000 --strong --truth 0 > OURS.json
 *   npx rolldown bench/traps/peers.ts --platform node --file /tmp/peers.mjs && node /tmp/peers.mjs OURS.json TOOL.json...
 */
import { readFileSync } from "node:fs";
import { record } from "../speed/record.ts";
import { type byTrap, share, shareOf } from "./summary.ts";

type Share = ReturnType<typeof shareOf>;

/** What run.ts writes, as far as it is needed. */
interface Ours {
  readonly commit: string;
  readonly options: object;
  readonly audits: number;
  readonly medianMs: number;
  readonly peakMemoryMB: number | null;
  readonly recall: Share;
  readonly caught: Share;
  readonly precision: Share;
  readonly cleanColumns: number;
  readonly falseAlarmsPer100CleanColumns: number;
  readonly traps: ReturnType<typeof byTrap>;
  readonly failures: readonly string[];
}

/** What bench/peers/traps.py writes. */
interface Theirs {
  readonly tool: string;
  readonly version: string;
  readonly python: string;
  readonly tables: number;
  readonly planted: number;
  readonly found: number;
  readonly caught: number;
  readonly claims: number;
  readonly real: number;
  readonly cleanColumns: number;
  readonly medianSeconds: number;
  readonly peakMemoryMB: number;
  readonly tries: readonly { readonly trap: string; readonly where: string; readonly found: boolean; readonly caught: boolean }[];
  readonly madeUp: Readonly<Record<string, number>>;
  readonly failures: readonly object[];
}

/** They say less of what another run of the same package says. */
const LESS = new Set(["deepchecks", "cleanlab-most"]);

const read = <T>(file: string) => JSON.parse(readFileSync(file, "utf8")) as T;
const [first = "", ...rest] = process.argv.slice(2);
const ours = read<Ours>(first);
const theirs = rest.map((file) => read<Theirs>(file));

function figuresOf(one: Theirs) {
  const { tries: _, found, caught, claims, real, cleanColumns, ...known } = one;
  return {
    ...known,
    recall: shareOf(found, one.planted),
    caught: shareOf(caught, one.planted),
    precision: shareOf(real, claims),
    cleanColumns,
    falseAlarmsPer100CleanColumns: share(100 * (claims - real), cleanColumns),
  };
}

/** A try counts when one of the tools has it; all that they claim counts. */
function together(all: readonly Theirs[]) {
  const tries = all.flatMap((one) => one.tries);
  const cases = (keep: (one: (typeof tries)[number]) => boolean) =>
    new Set(tries.filter(keep).map(({ trap, where }) => `${trap} ${where}`)).size;
  const sum = (of: (one: Theirs) => number) => all.reduce((total, one) => total + of(one), 0);
  return {
    tools: all.map(({ tool }) => tool),
    recall: shareOf(
      cases(({ found }) => found),
      cases(() => true),
    ),
    caught: shareOf(
      cases(({ caught }) => caught),
      cases(() => true),
    ),
    precision: shareOf(
      sum(({ real }) => real),
      sum(({ claims }) => claims),
    ),
  };
}

const own = {
  tool: "oldhand",
  tables: ours.audits + ours.failures.length,
  planted: ours.recall?.of ?? 0,
  recall: ours.recall,
  caught: ours.caught,
  precision: ours.precision,
  cleanColumns: ours.cleanColumns,
  falseAlarmsPer100CleanColumns: ours.falseAlarmsPer100CleanColumns,
  medianSeconds: ours.medianMs / 1000,
  peakMemoryMB: ours.peakMemoryMB,
  failures: ours.failures,
};
const planted = ours.traps.filter(({ planted: count }) => count > 0);
const caughtBy = (trap: string, { tries }: Theirs) => {
  const some = tries.filter((one) => one.trap === trap);
  return share(some.filter(({ caught }) => caught).length, some.length);
};

record(
  "traps-peers",
  "run.ts --strong and bench/peers/traps.py on the same tables: what each finds of what was planted, and how much of what it says is real. Memory of oldhand: the most of every eighth table, each in a process of its own; of the others the peak of one process for all tables.",
  {
    commitOfOurs: ours.commit,
    options: ours.options,
    tools: [own, ...theirs.map(figuresOf)],
    together: together(theirs.filter(({ tool }) => !LESS.has(tool))),
    caughtByTrap: planted
      .toSorted((a, b) => (a.trap < b.trap ? -1 : 1))
      .map(({ trap, planted: count, caught }) => ({
        trap,
        planted: count,
        oldhand: caught,
        ...Object.fromEntries(theirs.map((one) => [one.tool, caughtBy(trap, one)])),
      })),
  },
);
