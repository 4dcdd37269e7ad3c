import { cleanText } from "../../core/clean-text.ts";
import { decisionRule } from "../../core/decision-rule.ts";
import { parseWhole } from "../quantities.ts";
import { writeOut } from "../terminal.ts";

interface ServeOptions {
  readonly port: string;
  readonly host: string;
  readonly log?: string;
  readonly quiet?: boolean;
}

/** Ends with exit code 0 on SIGTERM and SIGINT, after what is under way. */
export async function action(path: string, options: ServeOptions): Promise<void> {
  const port = parseWhole(options.port, "--port", 0, 65535);
  const [{ openScorer, verdictOnModel }, { warnOfVerdict }, { closeOnSignals, createServer, listenAt }, { appendLines }] =
    await Promise.all([
      import("../../journey/index.ts"),
      import("../model-verdict.ts"),
      import("../../production/index.ts"),
      import("../../store/index.ts"),
    ]);
  const scorer = openScorer(path);
  const verdict = verdictOnModel(path);
  const rule = decisionRule(scorer);
  warnOfVerdict(verdict, options.quiet === true);
  const log = options.log === undefined ? null : appendLines(options.log);
  const server = createServer(scorer, { log: log === null ? null : log.append, verdict });
  try {
    const address = await listenAt(server, { port, host: options.host });
    closeOnSignals(server, () => log?.close());
    await writeOut(
      `${scorer.label} (${scorer.name}) answers at ${address}\n  POST ${address}/predict   GET ${address}/metadata   GET ${address}/openapi.json${rule === null ? "" : `\n  ${cleanText(rule)}`}`,
    );
  } catch (error) {
    log?.close();
    throw error;
  }
}
