import { createHash, createHmac } from "node:crypto";
import { createServer, type IncomingMessage, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import S3rver from "s3rver";

/** What s3rver knows; `secret` is checked by the gate in front of it. */
export const S3_KEY = "S3RVER";
export const S3_SECRET = "S3RVER";

export interface S3Server {
  readonly endpoint: string;
  put(path: string, bytes: Uint8Array | string): Promise<void>;
  stop(): Promise<void>;
}

/** s3rver with one bucket. It does not check signatures of version 4, so a gate in front of it does. */
export async function startS3(folder: string, bucket: string): Promise<S3Server> {
  const store = new S3rver({ port: 0, address: "127.0.0.1", silent: true, directory: folder, configureBuckets: [{ name: bucket }] });
  const { port } = await store.run();
  const gate = await startGate(port);
  const put = (path: string, bytes: Uint8Array | string) =>
    new Promise<void>((resolve, reject) => {
      const sent = request({ port, host: "127.0.0.1", method: "PUT", path: `/${bucket}/${path}` }, (response) => {
        response.resume().once("end", () => (response.statusCode === 200 ? resolve() : reject(new Error(`${response.statusCode}`))));
      });
      sent.once("error", reject).end(bytes);
    });
  const stop = async () => {
    await new Promise((resolve) => gate.close(resolve));
    await store.close();
  };
  return { endpoint: `http://127.0.0.1:${(gate.address() as AddressInfo).port}`, put, stop };
}

async function startGate(port: number): Promise<Server> {
  const gate = createServer((incoming, outgoing) => {
    if (!isSigned(incoming)) {
      outgoing.writeHead(403).end("<Error><Code>SignatureDoesNotMatch</Code><Message>The signature does not match.</Message></Error>");
      return;
    }
    const { method, url: path, headers } = incoming;
    request({ port, host: "127.0.0.1", method, path, headers }, (response) => {
      outgoing.writeHead(response.statusCode ?? 500, response.headers);
      response.pipe(outgoing);
    }).end();
  });
  gate.keepAliveTimeout = 100;
  await new Promise<void>((resolve) => gate.listen(0, "127.0.0.1", resolve));
  return gate;
}

/** Signature version 4 of AWS: https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html */
function isSigned({ method, url = "", headers }: IncomingMessage): boolean {
  const found =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;
  const [, key, day = "", region = "", signedHeaders = "", signature] = found.exec(headers.authorization ?? "") ?? [];
  if (key !== S3_KEY) return false;
  const [path, query = ""] = url.split("?");
  const lines = signedHeaders.split(";").map((name) => `${name}:${String(headers[name]).trim()}\n`);
  const canonical = [method, path, query.split("&").sort().join("&"), lines.join(""), signedHeaders, headers["x-amz-content-sha256"]].join(
    "\n",
  );
  const scope = `${day}/${region}/s3/aws4_request`;
  const digest = createHash("sha256").update(canonical).digest("hex");
  const text = ["AWS4-HMAC-SHA256", headers["x-amz-date"], scope, digest].join("\n");
  const hmac = (secret: string | Buffer, part: string) => createHmac("sha256", secret).update(part).digest();
  const signing = hmac(hmac(hmac(hmac(`AWS4${S3_SECRET}`, day), region), "s3"), "aws4_request");
  return hmac(signing, text).toString("hex") === signature;
}
