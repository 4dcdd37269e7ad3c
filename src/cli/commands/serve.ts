import { OldhandError } from "../../core/error.ts";
import { openScorer } from "../../journey/index.ts";
import { createServer } from "../../production/index.ts";
import { appendLines } from "../../store/index.ts";
import { parseWhole } from "../quantities.ts";

interface ServeOptions {
  readonly port: string;
  readonly host: string;
  readonly log?: string;
}

export async function action(path: string, options: ServeOptions): Promise<void> {
  const port = parseWhole(options.port, "--port", 0, 65535);
  const scorer = openScorer(path);
  const log = options.log === undefined ? null : appendLines(options.log);
  const server = createServer(scorer, { log: log === null ? null : log.append });
  try {
    const address = await server.listen({ port, host: options.host });
    process.stdout.write(
      `${scorer.name} answers at ${address}\n  POST ${address}/predict   GET ${address}/metadata   GET ${address}/openapi.json\n`,
    );
  } catch (error) {
    log?.close();
    if (error instanceof Error && "code" in error && error.code === "EADDRINUSE") {
      throw new OldhandError("port-in-use", {
        what: `Port ${port} is taken.`,
        where: options.host,
        fix: "Choose another with --port, or --port 0 for a free one.",
      });
    }
    throw error;
  }
  const close = () => void server.close().then(() => log?.close());
  process.once("SIGINT", close).once("SIGTERM", close);
}
