import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { mayRunPostgres, startPostgres } from "../store/servers/postgres.ts";
import { oldhand } from "./command.ts";
import { customersCsv } from "./customers.ts";
import { folderFor } from "./folder.ts";

const COLUMNS =
  "customer text, age int, plan text, monthly_fee numeric, tickets int, active boolean, signup date, closing_score float8, churned text";

test.skipIf(!mayRunPostgres())("a table of Postgres is audited, and its password is written nowhere", async () => {
  const folder = folderFor();
  const server = await startPostgres();
  try {
    server.run(`CREATE TABLE customers (${COLUMNS}, PRIMARY KEY (customer));
COPY customers FROM STDIN (FORMAT csv, HEADER);
${customersCsv(300)}\\.
`);
    const args = ["audit", `${server.url}#customers`, "--target", "churned", "--budget", "1s", "--yes", "--json", "audit.json"];
    const { code, stdout, stderr } = await oldhand(args, { cwd: folder });
    expect([code, stderr]).toEqual([expect.toSatisfy((exit) => exit === 0 || exit === 1), expect.not.stringContaining("[")]);
    expect(JSON.parse(readFileSync(join(folder, "audit.json"), "utf8"))).toMatchObject({
      dataset: { rows: 300, roles: { target: "churned" } },
    });
    const query = [
      "audit",
      server.url,
      "--query",
      "SELECT * FROM customers WHERE age < 50",
      "--target",
      "churned",
      "--budget",
      "0s",
      "--yes",
    ];
    expect((await oldhand(query, { cwd: folder })).stdout).not.toContain(server.password);
    const dossier = join(folder, "oldhand-postgres-customers");
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(readdirSync(dossier)).toContain("oldhand.json");
    for (const { parentPath, name } of files)
      expect([name, readFileSync(join(parentPath, name), "latin1").includes(server.password)]).toEqual([name, false]);
    expect(stdout + stderr).not.toContain(server.password);
  } finally {
    await server.stop();
  }
});
