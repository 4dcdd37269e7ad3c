import { OldhandError } from "../../core/error.ts";
import type { InputField } from "../../core/scorer.ts";

/** Body of every answer that is no success. */
export interface Refusal {
  /** One sentence. */
  readonly error: string;
  readonly code: string;
  /** First field that is wrong, and all of them, when fields are wrong. */
  readonly field?: string;
  readonly fields?: readonly string[];
  readonly where?: string;
  readonly expected?: string;
  readonly got?: string;
  readonly fix?: string;
}

/** An answer with a status of 400 or more. */
export class RefusedRequest extends Error {
  readonly statusCode: number;
  readonly refusal: Refusal;

  constructor(statusCode: number, refusal: Refusal) {
    super(refusal.error);
    this.name = "RefusedRequest";
    this.statusCode = statusCode;
    this.refusal = refusal;
  }
}

/** What was thrown as an answer. What is no user's error says nothing about the inside. */
export function refusalOf(error: unknown, inputs: readonly InputField[], contentType = ""): { status: number; body: Refusal } {
  if (error instanceof RefusedRequest) return { status: error.statusCode, body: error.refusal };
  if (error instanceof OldhandError) return { status: 400, body: ofSchema(error, inputs) };
  const { statusCode = 500, code = "" } = error instanceof Error ? (error as Error & { statusCode?: number; code?: string }) : {};
  if (!(error instanceof Error) || statusCode >= 500) {
    return { status: 500, body: { error: "The server failed to answer; this is a defect, not your request.", code: "internal" } };
  }
  if (code === "FST_ERR_CTP_INVALID_MEDIA_TYPE") return { status: statusCode, body: unsaid(contentType) };
  const body = HTTP_ERRORS[code] ?? { error: error.message, code: code.toLowerCase().replaceAll("_", "-") || "bad-request" };
  return { status: statusCode, body };
}

const HTTP_ERRORS: Readonly<Record<string, Refusal>> = {
  FST_ERR_CTP_INVALID_JSON_BODY: { error: "The body is not valid JSON.", code: "bad-json", fix: "Send one JSON object with named fields." },
  FST_ERR_CTP_EMPTY_JSON_BODY: { error: "The body is empty.", code: "bad-json", fix: "Send one JSON object with named fields." },
  FST_ERR_CTP_BODY_TOO_LARGE: { error: "The body is too large.", code: "too-large", fix: "Send fewer rows at once." },
};

/** curl and fetch send JSON under another type unless they are told. */
function unsaid(contentType: string): Refusal {
  return {
    error: "The request does not say that its body is JSON.",
    code: "bad-media-type",
    expected: "the header content-type: application/json",
    got: contentType === "" ? "no content-type" : `content-type: ${contentType}`,
    fix: "Add the header, e.g. curl -H 'content-type: application/json' -d '{...}' or fetch with headers {'content-type': 'application/json'}.",
  };
}

/** `frameOf` names wrong fields as `"name": expected ...`. */
function ofSchema({ code, parts }: OldhandError, inputs: readonly InputField[]): Refusal {
  const got = parts.got ?? "";
  const fields = inputs.map(({ name }) => name).filter((name) => got.includes(`"${name}": expected `));
  const [field] = fields;
  const { what, where, expected, fix } = parts;
  return {
    error: what,
    code,
    ...(field === undefined ? {} : { field, fields }),
    ...(where === undefined ? {} : { where }),
    ...(expected === undefined ? {} : { expected }),
    ...(got === "" ? {} : { got }),
    ...(fix === undefined ? {} : { fix }),
  };
}
