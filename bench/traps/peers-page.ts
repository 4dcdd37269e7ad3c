/** The part of docs/traps.md that sets Oldhand beside other data checkers: what they find (peers.ts), and in what time and memory (bench/speed/audit-peers.ts). */
import type { shareOf } from "./summary.ts";

type Share = ReturnType<typeof shareOf>;

interface Peer {
  readonly tool: string;
  readonly version?: string;
  readonly tables: number;
  readonly planted: number;
  readonly recall: Share;
  readonly caught: Share;
  readonly precision: Share;
  readonly falseAlarmsPer100CleanColumns: number;
  readonly medianSeconds: number;
  readonly peakMemoryMB: number | null;
  readonly failures: readonly object[];
}

export interface Peers {
  readonly commitOfOurs: string;
  readonly options: Readonly<Record<string, number | string>>;
  readonly tools: readonly Peer[];
  readonly together: Pick<Peer, "recall" | "caught" | "precision">;
  readonly caughtByTrap: readonly ({ readonly trap: string; readonly oldhand: number } & Readonly<Record<string, number | string>>)[];
}

interface Timed {
  readonly tool: string;
  readonly runs: number;
  readonly seconds: number | null;
  readonly moreThanSeconds?: number;
  readonly error?: string;
  readonly processorSeconds?: number;
  /** null: not known of what was ended. */
  readonly peakMb: number | null;
  readonly version?: string;
}

export interface Times {
  readonly commit: string;
  readonly machine: { readonly cpu: string; readonly cores: number; readonly node: string };
  readonly tables: readonly { readonly shape: string; readonly rows: number; readonly tools: readonly Timed[] }[];
}

/** And the version stands between the two. */
const NAMES: Readonly<Record<string, readonly [name: string, what: string]>> = {
  deepchecks: ["deepchecks", ", both suites"],
  "deepchecks-more": ["deepchecks", ", and gaps, rare classes, outlying rows, which its suites do not judge"],
  cleanlab: ["cleanlab", ", every issue"],
  "cleanlab-most": ["cleanlab", ", issues of more than 5 % of the rows"],
};

/** What each does in bench/peers/audit_peers.py. Comparable: it looks at pairs of columns, rows or a model, not at one column after the other. */
const WORK: Readonly<Record<string, readonly [work: string, isComparable: boolean]>> = {
  oldhand: ["all checks that take no experiment: columns, pairs, rows, target, leaks, order, groups, splits", true],
  deepchecks: ["both suites: columns, pairs, duplicates, conflicting labels, outliers; first four fifths against the rest", true],
  "deepchecks-integrity": ["the first suite alone", true],
  ydata: ["statistics and histograms of each column, correlations and interactions of pairs, duplicates", true],
  cleanlab: ["a linear model in five folds; wrong labels, outliers, near duplicates by nearest rows", true],
  "ydata-minimal": ["statistics and histograms of each column", false],
  evidently: ["statistics of each column; equal columns and rows", false],
};

type Row = readonly string[];
type Print = (head: readonly string[], rows: readonly Row[]) => string;

const withInterval = (share: Share) => (share === null ? "" : `${share.value} [${share.low}, ${share.high}]`);
function named({ tool, version }: Pick<Peer, "tool" | "version">): string {
  const [name, what] = NAMES[tool] ?? [tool, ""];
  return `${name}${version === undefined ? "" : ` ${version}`}${what}`;
}

export function peersSection({ tools, together, caughtByTrap, options, commitOfOurs }: Peers, times: Times, print: Print): string {
  const [own] = tools;
  const peers = tools.slice(1);
  const caughtBy = (one: Peers["caughtByTrap"][number]) => peers.filter(({ tool }) => Number(one[tool] ?? 0) > 0);
  const alone = caughtByTrap.filter((one) => one.oldhand > 0 && caughtBy(one).length === 0);
  const behind = caughtByTrap.filter((one) => peers.some(({ tool }) => Number(one[tool] ?? 0) > one.oldhand));
  return `## Beside other tools

The tables with one trap at full strength and the clean ones, made-up and real (${own?.tables} tables of up to ${options.rows} rows, ${own?.planted} traps; commit ${commitOfOurs.slice(0, 7)}). Told are the target, and where Oldhand is told of them the time or the group. What a tool says stands for every trap that
its words may mean (\`bench/peers/traps.py\`: a correlation with the target for ten kinds of leak, a share of gaps for six kinds of missing values), in any column where it names none, so tools without a name for a trap get the benefit of the doubt; plain statistics are no claim. What is true of a table though nobody planted it is no false claim of anybody. The seeds are new (shift ${options.shift}): nobody had looked at these tables; but Oldhand's checks were mended by tables of these kinds, and the others' were not. Seconds are of one table, beside other work on the machine: Oldhand's with its experiments, and of all without the start of the process; memory is the peak of the process, of Oldhand one for each table, of the others one for all.

${print(
  [
    "tool",
    "found",
    "caught",
    "real, of what it says",
    "false alarms per 100 clean columns",
    "seconds",
    "memory (MB)",
    "tables that it did not read",
  ],
  tools.map((one) => [
    named(one),
    ...[one.recall, one.caught, one.precision].map(withInterval),
    ...[one.falseAlarmsPer100CleanColumns, one.medianSeconds, one.peakMemoryMB ?? "", one.failures.length].map(String),
  ]),
)}

What any of the others says, together: found ${withInterval(together.recall)}, caught ${withInterval(together.caught)}, real ${withInterval(together.precision)}.

Caught by Oldhand and by no other tool: ${alone.map(({ trap }) => trap).join(", ")}.

Caught more often by another tool: ${behind.map((one) => `${one.trap} (${behindOf(one, peers)})`).join(", ") || "none"}.

${timesSection(times, print)}`;
}

/** "oldhand 0.5, deepchecks 1" */
function behindOf(one: Peers["caughtByTrap"][number], peers: readonly Peer[]): string {
  const better = peers.filter(({ tool }) => Number(one[tool] ?? 0) > one.oldhand);
  return [`oldhand ${one.oldhand}`, ...better.map(({ tool }) => `${tool} ${one[tool]}`)].join(", ");
}

function timesSection({ commit, machine, tables }: Times, print: Print): string {
  const rows = tables.flatMap(({ shape, tools }) => {
    const own = tools.find(({ tool }) => tool === "oldhand")?.seconds ?? null;
    const ratio = ({ seconds, moreThanSeconds }: Timed) => {
      const [least, more] = seconds === null ? [moreThanSeconds, "> "] : [seconds, ""];
      return least === undefined || own === null ? "" : `${more}${(least / own).toFixed(1)}`;
    };
    return tools.map((one) => [
      shape,
      `${one.tool}${one.version === undefined ? "" : ` ${one.version}`}`,
      shownSeconds(one),
      one.tool === "oldhand" ? "1" : ratio(one),
      one.peakMb === null ? "" : String(one.peakMb),
      WORK[one.tool]?.[1] === true ? "yes" : "no",
    ]);
  });
  const most = tables.flatMap(({ shape, tools }) => fastest(shape, tools)?.said ?? []);
  return `### In what time, with what memory

\`oldhand audit --budget 0s\` and the others on the same files (12 numbers, some with gaps, 5 columns of names, 2 dates, a target of two classes): wall time of the process, start and reading included, and its peak memory (GNU time; where a tool starts processes of its own, of the largest), medians, with nothing else of weight running
(\`bench/speed/audit-peers.ts\`; commit ${commit}, ${machine.cores} cores, Node ${machine.node}). No experiments are run. "Comparable": it looks at pairs of columns, at rows or by a model, and not only at one column after the other.

${print(["rows x columns", "tool", "seconds", "times Oldhand's", "memory (MB)", "comparable"], rows)}

${print(
  ["tool", "what it does here"],
  Object.entries(WORK).map(([tool, [work]]) => [tool, work]),
)}

Of those that do comparable work the fastest takes ${most.join(", ")}: ten times as long on ${timesTen(tables)} of these files. Of small files a large part of Oldhand's time goes into starting (a table of 200 rows takes it about 1 s) and into code that
is compiled while it runs; the rest at 100,000 rows is spread over all checks. Of longer files most checks look at a sample of 100,000 rows, so they take little more, and the peers go on in proportion. Who wants the statistics of single columns alone has them from a minimal report of ydata-profiling, at 100,000 rows in
about the same time. Times of this machine differ by a fifth from one run to the next. The peers were run once and Oldhand three times; the second suite of deepchecks and cleanlab not on the largest files. What was ended had taken so long without an end. Its checks draw samples of their own.`;
}

function shownSeconds({ seconds, moreThanSeconds, error, peakMb }: Timed): string {
  if (seconds !== null) return String(seconds);
  if (moreThanSeconds !== undefined) return `ended after ${moreThanSeconds}`;
  return `failed at ${peakMb} MB: ${(error ?? "").slice(0, 80)}`;
}

/** "none" or how many. */
function timesTen(tables: Times["tables"]): string {
  const reached = tables.filter(({ shape, tools }) => (fastest(shape, tools)?.times ?? 0) >= 10).length;
  return reached === 0 ? "none" : String(reached);
}

interface Fastest {
  /** Oldhand's time, at least. */
  readonly times: number;
  readonly said: string;
}

/** Of the peers that do comparable work. */
function fastest(shape: string, tools: readonly Timed[]): Fastest | null {
  const own = tools.find(({ tool }) => tool === "oldhand")?.seconds ?? null;
  const peers = tools.filter(({ tool }) => tool !== "oldhand" && WORK[tool]?.[1] === true);
  const ended = peers
    .flatMap(({ tool, seconds }) => (seconds === null ? [] : [{ tool, seconds }]))
    .toSorted((a, b) => a.seconds - b.seconds);
  const [first] = ended;
  if (own === null) return null;
  if (first !== undefined) {
    const times = first.seconds / own;
    return { times, said: `${times.toFixed(1)} times as long as Oldhand on ${shape} (${first.tool})` };
  }
  const times = Math.min(...peers.flatMap(({ moreThanSeconds }) => moreThanSeconds ?? [])) / own;
  return Number.isFinite(times) ? { times, said: `more than ${times.toFixed(1)} times as long on ${shape} (none ended)` } : null;
}
