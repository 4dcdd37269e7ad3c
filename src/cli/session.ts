import { constants } from "node:os";
import type { Finding } from "../core/finding.ts";
import { placeName, withoutPasswords } from "../core/place.ts";
import type { Request } from "../core/request.ts";
import { shellWord } from "../core/shell-word.ts";
import type { JourneyResult } from "../core/verdict.ts";
import type { JourneyOptions, Workplace } from "../journey/index.ts";
import type { Dossier } from "../store/index.ts";
import type { CommonOptions } from "./options.ts";
import { type ProgressLine, progressLine } from "./progress.ts";
import { askOnTerminal } from "./questions.ts";
import { parseRequest } from "./request.ts";
import { writeError, writeOut } from "./terminal.ts";

export interface Output {
  readonly json?: string;
  readonly quiet?: boolean;
}

/** Opens the data in its dossier and works there. `until`: the last stage of the command. */
export async function onData(
  data: string,
  options: CommonOptions,
  until: JourneyOptions["until"],
  work: (workplace: Workplace) => Promise<void>,
): Promise<void> {
  const request = await parseRequest(data, options);
  await checkOutput(options);
  const folder = options.out ?? defaultFolder(request.data);
  const { beginReading } = await import("../journey/reading/index.ts");
  const reading = beginReading(folder, request);
  // Loading the rest takes this thread as long as the database takes the others.
  await reading.idle;
  const { openWorkplace } = await import("../journey/index.ts");
  const workplace = await openWorkplace(folder, request, reading, until === "data");
  try {
    await work(workplace);
  } finally {
    workplace.dossier.close();
  }
}

/** Works in a dossier that is there. `once`: what is asked otherwise by this command alone. */
export async function onDossier(
  folder: string,
  change: Partial<Request>,
  output: Output,
  work: (workplace: Workplace) => Promise<void>,
  once: Partial<Request> = {},
): Promise<void> {
  await checkOutput(output);
  const { reopenWorkplace } = await import("../journey/index.ts");
  const workplace = await reopenWorkplace(folder, change, once);
  try {
    await work(workplace);
  } finally {
    workplace.dossier.close();
  }
}

/** Runs the journey with progress on standard error and draws the report. null = stopped by Ctrl-C. */
export async function travel(
  workplace: Workplace,
  route: Pick<JourneyOptions, "from" | "until">,
  output: Output & { readonly yes?: boolean },
): Promise<JourneyResult | null> {
  const { dossier } = workplace;
  const ask = isConversation(output) ? askOnTerminal : undefined;
  const { runJourney, settleEarlier } = await import("../journey/index.ts");
  const command = ["oldhand", ...process.argv.slice(2).map((word) => shellWord(withoutPasswords(word)))].join(" ");
  const result = await stoppable(workplace, output, (progress, signal) => {
    const asking = ask === undefined ? {} : { ask: paused(progress, (questions: readonly Finding[]) => ask(questions, signal)) };
    return runJourney({ workplace, ...route, command, onProgress: progress.update, signal, ...asking });
  });
  if (result !== null && (route.until === "production" || dossier.exists("report.html"))) await writeReport(dossier, result);
  const earlier = settleEarlier(dossier, result);
  if (earlier !== null && output.quiet !== true)
    writeError(`The results of the earlier run are kept in ${earlier} until all of them are answered again.`);
  return result;
}

export async function writeReport(dossier: Dossier, result: JourneyResult): Promise<void> {
  const { reportHtml } = await import("../report/index.ts");
  dossier.writeText("report.html", reportHtml(result));
}

/** Nobody is asked where answers cannot be typed and read, or who said so. */
function isConversation({ json, quiet, yes }: Output & { readonly yes?: boolean }): boolean {
  return process.stdin.isTTY === true && process.stdout.isTTY === true && quiet !== true && yes !== true && json !== "-";
}

/** The line of progress makes room for what is written meanwhile. */
function paused<A, B>(progress: ProgressLine, work: (input: A) => Promise<B>): (input: A) => Promise<B> {
  return (input) => {
    progress.end();
    return work(input);
  };
}

/** Work that Ctrl-C or SIGTERM stops at the next safe place; the same command goes on from there. null = stopped, exit code 128 + the signal's number. */
export async function stoppable<T>(
  { dossier }: Workplace,
  { quiet }: Output,
  work: (progress: ProgressLine, signal: AbortSignal) => Promise<T>,
): Promise<T | null> {
  const { Cancelled } = await import("../lab/index.ts");
  const stop = new AbortController();
  let exitCode = 0;
  const onSignal = (signal: NodeJS.Signals) => {
    exitCode = 128 + (constants.signals[signal] ?? 0);
    stop.abort(new Cancelled());
  };
  process.once("SIGINT", onSignal).once("SIGTERM", onSignal);
  const progress = progressLine(process.stderr, quiet === true);
  try {
    return await work(progress, stop.signal);
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error;
    progress.end();
    writeError(
      `Stopped. Complete experiments are kept in ${dossier.folder}; the same command goes on from there. What was under way, the last training and measurements of time are done again.`,
    );
    process.exitCode = exitCode;
    return null;
  } finally {
    progress.end();
    process.off("SIGINT", onSignal).off("SIGTERM", onSignal);
  }
}

/** Text on standard output, or JSON where `--json` says. With `--json -` nothing but JSON is printed. */
export async function printResult({ json: path }: Output, json: unknown, text: () => string | Promise<string>): Promise<void> {
  if (path === "-") return await writeOut(JSON.stringify(json, null, 2));
  if (path !== undefined) (await import("../store/index.ts")).writeJsonFile(path, json);
  await writeOut(await text());
}

/** Refuses before the work what could only fail after it. */
export async function checkOutput({ json: path }: Output): Promise<void> {
  if (path !== undefined && path !== "-") (await import("../store/index.ts")).checkWritable(path, "--json");
}

function defaultFolder(data: string): string {
  const name = placeName(data);
  return `oldhand-${name === "" ? "data" : name}`;
}

export function isOpenBlocker({ severity, state }: Pick<Finding, "severity" | "state">): boolean {
  return severity === "blocker" && state === "open";
}

export function exitCodeOf(decision: "go" | "no-go" | "unknown"): number {
  return decision === "go" ? 0 : decision === "no-go" ? 1 : 3;
}
