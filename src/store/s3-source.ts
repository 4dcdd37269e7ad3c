import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { AwsClient } from "aws4fetch";
import { OldhandError } from "../core/error.ts";
import { isPattern } from "../core/place.ts";
import { copiedSource } from "./copied-source.ts";
import { errnoOf, errorText, writeError } from "./io-error.ts";
import { newFile } from "./new-file.ts";
import type { Desk, Source } from "./source.ts";
import type { SourceFile } from "./source-file.ts";

/** One object of an S3-compatible store. */
export interface S3Place {
  readonly bucket: string;
  readonly key: string;
}

/** @throws OldhandError bad-option. */
export function parseS3(url: string): S3Place {
  const found = /^s3:\/\/([^/]+)\/(.+)$/i.exec(url);
  if (found?.[1] !== undefined && found[2] !== undefined && !found[2].endsWith("/")) return { bucket: found[1], key: found[2] };
  throw new OldhandError("bad-option", {
    what: "This names no object of a bucket.",
    where: url,
    expected: "s3://BUCKET/KEY, for example s3://sales/2024/orders.parquet",
  });
}

/** Downloads the object into the work folder and reads it like a file. */
export function openS3(url: string, desk: Desk, open: (file: SourceFile) => Promise<Source>): Promise<Source> {
  const { bucket, key } = parseS3(url);
  const original = { shown: url, name: key.split("/").at(-1) ?? key, bytes: null };
  return copiedSource(original, desk.workFolder, (path) => download({ bucket, key }, url, path), open);
}

async function download(place: S3Place, shown: string, path: string): Promise<void> {
  const response = await request(place.bucket, place.key.split("/").map(encodeURIComponent).join("/"), shown);
  if (response.body === null) return;
  try {
    await pipeline(Readable.fromWeb(response.body as import("node:stream/web").ReadableStream), newFile(path));
  } catch (error) {
    const known = writeError(error, path);
    throw known instanceof OldhandError ? known : unreachable(shown, errorText(error));
  }
}

/** Keys of a bucket that begin with what stands before the first wildcard of the pattern, in order. */
export async function listS3(url: string): Promise<string[]> {
  const { bucket, key } = parseS3(url);
  const prefix = /^[^*?[{]*/.exec(key)?.[0] ?? "";
  const keys: string[] = [];
  for (let next: string | null = ""; next !== null; ) {
    const query = new URLSearchParams({
      "list-type": "2",
      "encoding-type": "url",
      prefix,
      ...(next === "" ? {} : { "continuation-token": next }),
    });
    const text = await (await request(bucket, `?${query}`, url)).text();
    for (const [, found = ""] of text.matchAll(/<Key>([^<]*)<\/Key>/g)) keys.push(decodeURIComponent(found.replaceAll("+", " ")));
    next = /<NextContinuationToken>([^<]*)</.exec(text)?.[1] ?? null;
  }
  return keys.sort();
}

export function isS3Pattern(url: string): boolean {
  return isPattern(parseS3(url).key);
}

/** Of AWS itself the bucket is part of the host name; other servers, and buckets with points, have it in the path. */
function addressOf(bucket: string, region: string): string {
  const endpoint = process.env.AWS_ENDPOINT_URL_S3 ?? process.env.AWS_ENDPOINT_URL;
  if (endpoint !== undefined && endpoint !== "") return `${endpoint.replace(/\/+$/, "")}/${bucket}`;
  return bucket.includes(".") ? `https://s3.${region}.amazonaws.com/${bucket}` : `https://${bucket}.s3.${region}.amazonaws.com`;
}

async function request(bucket: string, path: string, shown: string): Promise<Response> {
  const region = process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION ?? "us-east-1";
  const client = await clientOf(region, shown);
  let response: Response;
  try {
    response = await client.fetch(`${addressOf(bucket, region)}/${path}`);
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    throw unreachable(shown, errnoOf(cause) ?? errorText(cause ?? error));
  }
  if (response.ok) return response;
  throw refused(shown, response.status, await response.text(), region);
}

async function clientOf(region: string, shown: string): Promise<AwsClient> {
  const accessKeyId = process.env.AWS_ACCESS_KEY_ID;
  const secretAccessKey = process.env.AWS_SECRET_ACCESS_KEY;
  const sessionToken = process.env.AWS_SESSION_TOKEN;
  if (!accessKeyId || !secretAccessKey) {
    throw new OldhandError("access-denied", {
      what: "There are no credentials for S3.",
      where: shown,
      expected: "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment",
      fix: "Set them, and AWS_REGION; for a server other than AWS also AWS_ENDPOINT_URL.",
    });
  }
  const { AwsClient } = await import("aws4fetch");
  return new AwsClient({ accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}), service: "s3", region, retries: 3 });
}

function refused(shown: string, status: number, body: string, region: string): OldhandError {
  const code = /<Code>([^<]*)<\/Code>/.exec(body)?.[1] ?? `HTTP ${status}`;
  const message = /<Message>([^<]*)<\/Message>/.exec(body)?.[1];
  const got = message === undefined ? code : `${code}: ${message}`;
  if (status === 404) {
    return new OldhandError("file-not-found", {
      what: code === "NoSuchBucket" ? "There is no such bucket." : "There is no such object in the bucket.",
      where: shown,
      got,
      fix: "Check the bucket and the key.",
    });
  }
  if (status === 401 || status === 403) {
    return new OldhandError("access-denied", {
      what: "The S3 server refuses access.",
      where: shown,
      got,
      fix: "Check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and what they may read.",
    });
  }
  return new OldhandError("connection-failed", {
    what: "The S3 server did not give the object.",
    where: shown,
    got,
    fix: `Check AWS_REGION (now ${region}) and AWS_ENDPOINT_URL, and try again.`,
  });
}

function unreachable(shown: string, got: string): OldhandError {
  return new OldhandError("connection-failed", {
    what: "The S3 server cannot be reached.",
    where: shown,
    got,
    fix: "Check AWS_ENDPOINT_URL, AWS_REGION and the network.",
  });
}
