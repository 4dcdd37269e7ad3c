import { execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface PostgresServer {
  readonly port: number;
  readonly password: string;
  /** URL of its owner, with the password. */
  readonly url: string;
  run(sql: string, database?: string): void;
  stop(): Promise<void>;
}

/** Where Debian and others put the programs of the server; null = there is no Postgres on this machine. */
export function postgresPrograms(): string | null {
  const roots = ["/usr/lib/postgresql", "/usr/local/pgsql", "/opt/homebrew/opt"];
  const folders = roots.flatMap((root) => (existsSync(root) ? readdirSync(root).map((version) => join(root, version, "bin")) : []));
  const paths = (process.env.PATH ?? "").split(":");
  return [...folders.sort().reverse(), ...paths].find((folder) => existsSync(join(folder, "initdb"))) ?? null;
}

/** Without Postgres the tests say so and are skipped; where CI=1 is set they fail instead. */
export function mayRunPostgres(): boolean {
  if (postgresPrograms() !== null) return true;
  const what = "There is no Postgres on this machine: its tests do not run. On Debian: apt-get install postgresql";
  if (process.env.CI !== undefined) throw new Error(what);
  console.warn(`\n*** SKIPPED: ${what} ***\n`);
  return false;
}

/** A private server on a free port, in a folder of its own, asking for a password. */
export async function startPostgres(): Promise<PostgresServer> {
  const programs = postgresPrograms();
  if (programs === null) throw new Error("no Postgres");
  const folder = mkdtempSync(join(tmpdir(), "oldhand-postgres-"));
  const account = unprivileged();
  const password = `s3cret-${randomBytes(6).toString("hex")}`;
  const passwordFile = join(folder, "password");
  writeFileSync(passwordFile, password);
  chmodSync(folder, 0o700);
  for (const path of [folder, passwordFile]) if (account.uid !== undefined) chownSync(path, account.uid, account.gid ?? 0);
  const data = join(folder, "data");
  execFileSync(
    join(programs, "initdb"),
    ["-D", data, "-U", "owner", "-A", "scram-sha-256", `--pwfile=${passwordFile}`, "-E", "UTF8", "--locale=C", "--no-sync"],
    { ...account, cwd: folder, stdio: "pipe" },
  );
  const port = await freePort();
  const settings = [
    "fsync=off",
    "shared_buffers=32MB",
    "max_connections=10",
    "listen_addresses=127.0.0.1",
    `unix_socket_directories=${folder}`,
  ];
  const server = spawn(join(programs, "postgres"), ["-D", data, "-p", String(port), ...settings.flatMap((setting) => ["-c", setting])], {
    ...account,
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let log = "";
  server.stderr.on("data", (piece: Buffer) => {
    log += piece.toString();
  });
  const ended = new Promise<void>((resolve) => {
    server.once("exit", () => resolve());
  });
  const stop = async () => {
    server.kill("SIGINT");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  await until(() => /ready to accept connections/.test(log), server).catch(async (error: unknown) => {
    await stop();
    throw new Error(`Postgres did not start: ${String(error)}\n${log}`);
  });
  const run = (sql: string, database = "postgres") => {
    const env = { ...process.env, PGPASSWORD: password };
    const args = ["-h", "127.0.0.1", "-p", String(port), "-U", "owner", "-d", database, "-v", "ON_ERROR_STOP=1", "-q"];
    execFileSync(join(programs, "psql"), args, { input: sql, env, stdio: ["pipe", "pipe", "inherit"] });
  };
  return { port, password, url: `postgres://owner:${password}@127.0.0.1:${port}/postgres`, run, stop };
}

/** Postgres does not run as root. */
function unprivileged(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string) => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

async function until(met: () => boolean, server: { readonly exitCode: number | null }): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!met()) {
    if (server.exitCode !== null) throw new Error(`it ended with ${server.exitCode}`);
    if (Date.now() > deadline) throw new Error("not ready in 30 s");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
