import { fastify } from "fastify";
import { OldhandError } from "../core/error.ts";
import type { JourneyResult } from "../core/verdict.ts";
import { reportHtml } from "../report/index.ts";

/** Serves the report of a dossier on this machine only. The result is read anew for every page, so a later run shows at once. */
export async function serveStudio(result: () => JourneyResult, port: number): Promise<{ address: string; close: () => Promise<void> }> {
  const server = fastify({ forceCloseConnections: true });
  server.get("/", (_request, reply) => reply.type("text/html; charset=utf-8").send(reportHtml(result())));
  server.get("/result.json", (_request, reply) => reply.send(result()));
  try {
    return { address: await server.listen({ port, host: "127.0.0.1" }), close: () => server.close() };
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EADDRINUSE")) throw error;
    throw new OldhandError("port-in-use", {
      what: `Port ${port} is taken.`,
      where: "127.0.0.1",
      fix: "Choose another with --port, or --port 0 for a free one.",
    });
  }
}
