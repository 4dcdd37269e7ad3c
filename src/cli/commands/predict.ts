import { availableParallelism } from "node:os";
import { cleanText } from "../../core/clean-text.ts";
import { decisionRule, servedThreshold } from "../../core/decision-rule.ts";
import { OldhandError } from "../../core/error.ts";
import type { Sink } from "../../production/index.ts";
import { parseBytes, parseWhole } from "../quantities.ts";
import { checkOutput, type Output, printResult } from "../session.ts";
import { writeOut } from "../terminal.ts";

interface PredictOptions extends Output {
  readonly out?: string;
  readonly keep?: readonly string[];
  readonly memory: string;
  readonly threads?: string;
}

const BATCH_ROWS = 50_000;

/** Streams a file through the model: memory does not grow with the number of rows. The order of the rows is kept. Without --out, or with -, to standard output, as CSV. */
export async function action(model: string, data: string, given: PredictOptions): Promise<void> {
  const { out: named, ...rest } = given;
  const options: PredictOptions = named === undefined || named === "-" ? rest : given;
  const { out } = options;
  const threads = options.threads === undefined ? availableParallelism() : parseWhole(options.threads, "--threads", 1, 256);
  const limits = { batchRows: BATCH_ROWS, memoryBytes: parseBytes(options.memory, "--memory"), threads };
  await refuseOutput(data, options);
  await checkOutput(options);
  const [{ openScorer, verdictOnModel }, { absentNote, scoreStream, shiftedWarnings, unreadWarning, unseenWarning }, { warnOfVerdict }] =
    await Promise.all([import("../../journey/index.ts"), import("../../production/index.ts"), import("../model-verdict.ts")]);
  const scorer = openScorer(model);
  warnOfVerdict(verdictOnModel(model), options.quiet === true);
  const sink = await (out === undefined ? toStandardOutput() : toFile(out, limits));
  const { rows, leftOut, absent, shifted, unread, unseen } = await scoreStream(data, scorer, sink, { ...limits, keep: options.keep ?? [] });
  for (const note of leftOut) process.stderr.write(`${cleanText(`Not scored: ${note}`)}\n`);
  for (const warning of shiftedWarnings(shifted)) process.stderr.write(`${cleanText(warning)}\n`);
  for (const cells of unread) process.stderr.write(`${cleanText(unreadWarning(cells))}\n`);
  for (const categories of unseen) process.stderr.write(`${cleanText(unseenWarning(categories))}\n`);
  if (absent.length > 0 && options.quiet !== true) process.stderr.write(`${cleanText(absentNote(absent))}\n`);
  const rule = decisionRule(scorer);
  const how = rule === null ? "" : `\n${cleanText(rule)}`;
  const said = `${rows} rows scored by ${scorer.label} (${scorer.version})`;
  const result = {
    rows,
    out: out ?? null,
    model: scorer.version,
    threshold: servedThreshold(scorer),
    decisionRule: rule,
    leftOut,
    absent,
    shifted,
    unread,
    unseen,
  };
  if (out !== undefined) await printResult(options, result, () => `${said} -> ${out}${how}`);
  else if (options.json !== undefined) (await import("../../store/index.ts")).writeJsonFile(options.json, result);
  else if (options.quiet !== true) process.stderr.write(`${said}${how}\n`);
}

async function toFile(path: string, limits: { readonly memoryBytes: number; readonly threads: number }): Promise<Sink> {
  return (await import("../../store/index.ts")).openWriter(path, limits);
}

async function toStandardOutput(): Promise<Sink> {
  const { csvPieces } = await import("../../store/index.ts");
  let isFirst = true;
  return {
    write: async (batch) => {
      for (const text of csvPieces(batch, isFirst)) if (text !== "") await writeOut(text);
      isFirst = false;
    },
    close: () => undefined,
    abort: () => undefined,
  };
}

async function refuseOutput(data: string, { out, json }: PredictOptions): Promise<void> {
  if (out === undefined && json === "-") {
    throw new OldhandError("bad-option", {
      what: "The predictions and the JSON would both go to standard output.",
      where: "--json -",
      fix: "Name a file for the predictions with --out, or one for the JSON with --json.",
    });
  }
  const { isSource } = await import("../../store/index.ts");
  for (const [option, path, what] of [
    ["--out", out, "The predictions"],
    ["--json", json === "-" ? undefined : json, "The JSON"],
  ] as const) {
    if (path === undefined || !(await isSource(path, data))) continue;
    throw new OldhandError("bad-option", {
      what: `${what} would replace the data.`,
      where: `${option} ${path}`,
      fix: `Give ${option} another name.`,
    });
  }
}
