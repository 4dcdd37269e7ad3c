import { readdirSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDataset } from "../../src/store/index.ts";
import { freePort } from "./servers/postgres.ts";
import { S3_KEY, S3_SECRET, type S3Server, startS3 } from "./servers/s3.ts";
import { errorOf, openText, optionsIn, temporaryFolder } from "./temporary.ts";

const folder = temporaryFolder();
const options = optionsIn(folder);
const NAMES = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_REGION", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3"];
const kept = Object.fromEntries(NAMES.map((name) => [name, process.env[name]]));
const TEXT = "a,b\n1,x\n2,y\n3,z\n";

function setEnvironment(values: Readonly<Record<string, string | undefined>>): void {
  for (const name of NAMES) {
    const value = values[name];
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}

describe("S3", () => {
  let server: S3Server;
  const right = () => ({
    AWS_ACCESS_KEY_ID: S3_KEY,
    AWS_SECRET_ACCESS_KEY: S3_SECRET,
    AWS_REGION: "eu-west-1",
    AWS_ENDPOINT_URL: server.endpoint,
  });

  beforeAll(async () => {
    server = await startS3(temporaryFolder(), "sales");
    await server.put("orders.csv", TEXT);
    await server.put("a%20folder/%C3%BCber%2B.csv.gz", gzipSync(TEXT));
    await server.put("parts/one.csv", "a,b\n1,x\n");
    await server.put("parts/two.csv", "b,a\ny,2\n");
    await server.put("parts/deep/three.csv", "a,b\n3,z\n");
    await server.put("broken.csv", "a,b\n1\n");
  });

  afterAll(async () => {
    setEnvironment(kept);
    await server.stop();
  });

  test("an object is the file that it holds", async () => {
    setEnvironment(right());
    const local = await openText(folder, "orders.csv", TEXT);
    const dataset = await openDataset("s3://sales/orders.csv", options);
    expect(dataset).toMatchObject({ version: local.version, rows: 3, source: { name: "orders.csv", bytes: TEXT.length } });
    expect((await openDataset("s3://sales/a folder/über+.csv.gz", options)).version).toBe(local.version);
  });

  test("several objects by a pattern", async () => {
    setEnvironment(right());
    const dataset = await openDataset("s3://sales/parts/*.csv", options);
    expect([dataset.rows, dataset.source.name]).toEqual([2, "s3://sales/parts/*.csv"]);
    expect((await openDataset("s3://sales/parts/**/*.csv", options)).rows).toBe(3);
  });

  const refusals: readonly (readonly [string, string, Record<string, string | undefined>, string, RegExp])[] = [
    ["no credentials", "s3://sales/orders.csv", { AWS_ACCESS_KEY_ID: undefined }, "access-denied", /AWS_ACCESS_KEY_ID/],
    ["a wrong secret", "s3://sales/orders.csv", { AWS_SECRET_ACCESS_KEY: "wr0ng" }, "access-denied", /SignatureDoesNotMatch/],
    ["no such object", "s3://sales/ordrs.csv", {}, "file-not-found", /no such object/],
    ["no such bucket", "s3://nowhere/orders.csv", {}, "file-not-found", /no such bucket/],
    ["no fitting object", "s3://sales/nothing-*.csv", {}, "file-not-found", /No file fits/],
    ["no key", "s3://sales", {}, "bad-option", /BUCKET\/KEY/],
    ["a broken table", "s3://sales/broken.csv", {}, "ragged-row", /s3:\/\/sales\/broken.csv, line 2|s3:\/\/sales\/broken.csv/],
  ];

  test.each(refusals)("%s is refused", async (_, url, change, code, message) => {
    setEnvironment({ ...right(), ...change });
    const error = await errorOf(() => openDataset(url, options));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain("wr0ng");
  });

  test("no server is said so", async () => {
    setEnvironment({ ...right(), AWS_ENDPOINT_URL: `http://127.0.0.1:${await freePort()}` });
    const error = await errorOf(() => openDataset("s3://sales/orders.csv", options));
    expect([error.code, error.parts.got]).toEqual(["connection-failed", "ECONNREFUSED"]);
  });

  test("nothing is left beside the versions", () => {
    expect(readdirSync(options.dataFolder).filter((name) => name.startsWith("."))).toEqual([]);
  });
});
