/**
 * Draws a picture of each trap of the catalogue from the tables in which bench/traps plants it, for docs/traps/. Seeded: the same pictures each time.
 *
 *   npx rolldown bench/traps/pictures/run.ts --platform node --file node_modules/.pictures.mjs && node node_modules/.pictures.mjs
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { TRAPS } from "../../../src/core/trap.ts";
import { COLUMN_PICTURES } from "./columns.ts";
import { LEAK_PICTURES } from "./leaks.ts";
import { ROW_PICTURES } from "./rows.ts";

const FOLDER = "docs/traps";
const all = new Map([...COLUMN_PICTURES, ...ROW_PICTURES, ...LEAK_PICTURES]);
mkdirSync(FOLDER, { recursive: true });
const alts: Record<string, string> = {};
for (const trap of TRAPS) {
  const draw = all.get(trap);
  if (draw === undefined) throw new Error(`no picture of ${trap}`);
  const { svg, alt } = draw();
  alts[trap] = alt;
  writeFileSync(join(FOLDER, `${trap}.svg`), svg);
}
console.log(JSON.stringify(alts, null, 1));
