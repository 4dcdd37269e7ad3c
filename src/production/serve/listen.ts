import type { FastifyInstance } from "fastify";
import { OldhandError } from "../../core/error.ts";

/** Starts to listen; gives the address. Port 0 = any free one. @throws OldhandError port-in-use, bad-option for a host or port that this machine may not use. */
export async function listenAt(server: FastifyInstance, { port, host }: { readonly port: number; readonly host: string }): Promise<string> {
  try {
    return await server.listen({ port, host });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND" || code === "EAI_AGAIN" || code === "EACCES") {
      throw new OldhandError("bad-option", {
        what: code === "EACCES" ? `Port ${port} needs more rights.` : "This machine has no such address.",
        where: code === "EACCES" ? "--port" : "--host",
        got: code === "EACCES" ? String(port) : host,
        fix:
          code === "EACCES" ? "Choose a port of 1024 or more." : "Take 127.0.0.1 for this machine only, or 0.0.0.0 for all its addresses.",
      });
    }
    if (code !== "EADDRINUSE") throw error;
    throw new OldhandError("port-in-use", {
      what: `Port ${port} is taken.`,
      where: host,
      fix: "Choose another with --port, or --port 0 for a free one.",
    });
  }
}

/** On SIGTERM or SIGINT: takes no new requests, finishes what is under way, then calls `after`. Gives a function that stops watching. */
export function closeOnSignals(server: FastifyInstance, after: () => void): () => void {
  const close = () => void server.close().then(after);
  process.once("SIGINT", close).once("SIGTERM", close);
  return () => {
    process.off("SIGINT", close).off("SIGTERM", close);
  };
}
