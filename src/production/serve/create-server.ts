import { randomUUID } from "node:crypto";
import { createRequire } from "node:module";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { servedThreshold } from "../../core/decision-rule.ts";
import type { Scorer } from "../../core/scorer.ts";
import { answerer } from "./answerer.ts";
import { addInferenceProtocol } from "./inference-protocol.ts";
import { createInstruments, type Instruments } from "./instruments.ts";
import { exampleOf, metadataOf, type ServedVerdict } from "./metadata.ts";
import { openApiOf } from "./openapi.ts";
import { readRecords } from "./read-records.ts";
import { type Refusal, refusalOf } from "./refusal.ts";
import type { RefusedLine } from "./served-log.ts";
import { withWholeDigits } from "./whole-digits.ts";

export interface ServerOptions {
  /** Takes one `ServedRow` per answered row, after the answer has gone, and one `RefusedLine` per refused request for an answer; null = nothing is logged. When it throws, the answer stands. */
  readonly log: ((line: unknown) => void) | null;
  /** Rows in one request; default 1,000. More is answered by 413. */
  readonly maxRows?: number;
  /** Default 16 MiB. */
  readonly maxBodyBytes?: number;
  /** Fields that a record may hold besides the model's inputs and `id`; they are not read. */
  readonly extra?: readonly string[];
  /** Whether the model was found fit for production, and why; null = not known. */
  readonly verdict?: ServedVerdict | null;
}

const DEFAULT_ROWS = 1000;
const DEFAULT_BODY_BYTES = 16 * 2 ** 20;
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;

/**
 * A server that answers for one model: /predict (named-field JSON), /health/live, /health/ready, /metadata, /openapi.json, /metrics, and the Open
 * Inference Protocol v2 under /v2. Every refusal is JSON. `close` stops listening and waits for what is under way.
 */
export function createServer(scorer: Scorer, options: ServerOptions): FastifyInstance {
  const mostRows = options.maxRows ?? DEFAULT_ROWS;
  const verdict = options.verdict ?? null;
  const instruments = createInstruments(scorer.name, scorer.version);
  // Loaded when a server is made: other commands need none.
  const { fastify } = createRequire(import.meta.url)("fastify") as typeof import("fastify");
  const server = fastify({
    bodyLimit: options.maxBodyBytes ?? DEFAULT_BODY_BYTES,
    genReqId: () => randomUUID(),
    // A column may be called __proto__; records are read by own fields only.
    onProtoPoisoning: "ignore",
    onConstructorPoisoning: "ignore",
  });
  // Else JSON that does not say so would arrive as one text.
  server.removeContentTypeParser("text/plain");
  readWholeDigits(server);
  server.setErrorHandler((error, request, reply) => {
    const { status, body } = refusalOf(error, scorer.inputs, request.headers["content-type"]);
    logRefusal(options.log, request, body, instruments);
    return reply.status(status).send(body);
  });
  server.setNotFoundHandler((request, reply) =>
    reply
      .status(404)
      .send({ error: `There is nothing at ${request.url.split("?")[0]}.`, code: "not-found", fix: "GET / lists what there is." }),
  );
  server.addHook("onResponse", async (request, reply) => {
    instruments.answered(request.method, request.routeOptions.url ?? "unknown", reply.statusCode, reply.elapsedTime / 1000);
  });
  const answer = answerer(server, scorer, { log: options.log, instruments });
  const rules = { inputs: scorer.inputs, mostRows, extra: new Set([...scorer.others, ...(options.extra ?? [])]) };
  const threshold = servedThreshold(scorer);
  const about = { version: scorer.version, ...(threshold === null ? {} : { threshold }) };
  server.post("/predict", async (request) => {
    const { records, ids, isSingle } = readRecords(request.body, rules);
    const { answers, warnings } = answer(request, records, ids);
    const named = answers.map((one, row) => ({
      ...(ids[row] === null || ids[row] === undefined ? {} : { id: ids[row] }),
      ...one,
      ...(warnings[row]?.length ? { warnings: warnings[row] } : {}),
    }));
    return isSingle ? { ...named[0], ...about } : { predictions: named, ...about };
  });
  addDescriptions(server, scorer, { mostRows, verdict }, instruments);
  addInferenceProtocol(server, scorer, { rules, answer, verdict });
  refuseOtherMethods(server);
  return server;
}

/** JSON as fastify reads it, and whole numbers beyond 2^53 as the texts of their digits. */
function readWholeDigits(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser("ignore", "ignore");
  server.addContentTypeParser<string>("application/json", { parseAs: "string" }, (request, body, done) =>
    parse(request, body, (error, value) => {
      // Only what is valid JSON is looked through.
      const exact = error === null ? withWholeDigits(body) : null;
      if (exact === null) done(error, value);
      else done(null, JSON.parse(exact));
    }),
  );
}

/** A defect of the server is none of the sender's: it is counted as a status, and not logged as a refusal. */
function logRefusal(log: ServerOptions["log"], request: FastifyRequest, { code, fields }: Refusal, instruments: Instruments): void {
  if (log === null || !ANSWERING.test(request.routeOptions.url ?? "") || code === "internal") return;
  try {
    log({ time: new Date().toISOString(), request: request.id, refused: { code, fields: fields ?? [] } } satisfies RefusedLine);
  } catch {
    instruments.logFailed();
  }
}

const ANSWERING = /^\/predict$|\/infer$/;

function addDescriptions(
  server: FastifyInstance,
  scorer: Scorer,
  { mostRows, verdict }: { readonly mostRows: number; readonly verdict: ServedVerdict | null },
  instruments: Instruments,
): void {
  const { name, label, version, inputs } = scorer;
  const [metadata, openApi] = [{ ...metadataOf(scorer, mostRows), verdict }, openApiOf(scorer, mostRows)];
  server.get("/", async () => ({
    name,
    label,
    version,
    predict: "POST /predict",
    more: ["/metadata", "/openapi.json", "/health/live", "/health/ready", "/metrics", "/v2"],
  }));
  server.get("/metadata", async () => metadata);
  server.get("/openapi.json", async () => openApi);
  server.get("/health/live", async () => ({ live: true }));
  server.get("/health/ready", async () => {
    scorer.score(scorer.frameOf([exampleOf(inputs)]));
    return { ready: true, version };
  });
  server.get("/metrics", async (_request, reply) => reply.type("text/plain; version=0.0.4; charset=utf-8").send(instruments.print()));
}

/** 405 with the header Allow, where the path is right and the method is not. */
function refuseOtherMethods(server: FastifyInstance): void {
  const allowed = new Map<string, Set<string>>();
  for (const url of ROUTES) {
    const known = METHODS.filter((method) => server.hasRoute({ method, url }));
    if (known.length > 0) allowed.set(url, new Set(known));
  }
  for (const [url, known] of allowed) {
    const allow = [...known].join(", ");
    server.route({
      method: METHODS.filter((method) => !known.has(method)),
      url,
      handler: async (request, reply) =>
        reply
          .status(405)
          .header("allow", allow)
          .send({ error: `${request.method} is not answered at ${url}.`, code: "bad-method", expected: allow, got: request.method }),
    });
  }
}

const MODEL_ROUTES = ["/v2/models/:model", "/v2/models/:model/ready", "/v2/models/:model/infer"];
const ROUTES = [
  ...["/", "/predict", "/metadata", "/openapi.json", "/health/live", "/health/ready", "/metrics"],
  ...["/v2", "/v2/health/live", "/v2/health/ready", ...MODEL_ROUTES],
  ...MODEL_ROUTES.map((route) => route.replace(":model", ":model/versions/:version")),
];
