import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { FINDING_STANCES, FINDING_STATES, FINDINGS_SCHEMA } from "../../src/core/finding.ts";
import { ROOT } from "../architecture/sources.ts";
import { tableUnder } from "./tables.ts";

test("the page of the dossier names the schema of findings.json, every state and every stance of a finding", () => {
  const rows = tableUnder(readFileSync(join(ROOT, "docs/journey.md"), "utf8"), "The dossier");
  const what = rows.find(({ file }) => file === "`findings.json`")?.what ?? "";
  for (const word of [FINDINGS_SCHEMA, ...FINDING_STATES, ...FINDING_STANCES]) expect(what).toContain(`\`${word}\``);
});
