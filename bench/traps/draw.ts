/**
 * Draws findings that no list names, to be judged by looking at the table (judged.json): each one above cosmetic that the recordings of the sparse lists
 * (bench/results/said) hold is as probable as any other. What a finding tells of its own sureness is not written, so that the judge does not know it.
 *
 *   npx rolldown bench/traps/draw.ts --platform node --file /tmp/draw.mjs && node /tmp/draw.mjs FOLDER [--count 180] [--seed 33] [--kept FOLDER] > drawn.jsonl
 */
import { parseArgs } from "node:util";
import { createRandom } from "../../src/core/random.ts";
import { auditedFile, isListed, nameOf, naturalsOf, SPARSE_LISTS } from "./naturals.ts";
import { readSaid } from "./said.ts";

const { values, positionals } = parseArgs({
  options: { count: { type: "string", default: "180" }, seed: { type: "string", default: "33" }, kept: { type: "string", default: "" } },
  allowPositionals: true,
});
const [folder = "."] = positionals;

const outside = SPARSE_LISTS.flatMap((list) => {
  const own = readSaid(`traps-natural${list}`).filter(
    ({ severity, real, how }) => severity !== "cosmetic" && (how === "" ? !real : how !== "listed"),
  );
  return own.map(({ where, trap }, i) => ({
    list: `natural${list}`,
    where,
    trap,
    nth: own.slice(0, i).filter((one) => one.where === where && one.trap === trap).length,
  }));
});
const drawn = createRandom(Number(values.seed), "findings to judge").shuffle(outside).slice(0, Number(values.count));
process.stderr.write(`${drawn.length} of ${outside.length}\n`);
for (const { list, where, trap, nth } of drawn) {
  const one = naturalsOf(list).find((own) => nameOf(own) === where);
  if (one === undefined) throw new RangeError(`${list} has no ${where}`);
  const findings = auditedFile(folder, one, "0s", values.kept).file?.findings ?? [];
  const finding = findings.filter((own) => own.severity !== "cosmetic" && own.trap === trap && !isListed(one, own))[nth];
  // undefined: the audit has changed since the recording.
  const { columns, why, rows } = finding ?? { columns: [], why: "gone", rows: { count: 0 } };
  process.stdout.write(`${JSON.stringify({ list, table: one.table, target: one.target, trap, columns, why, rows: rows.count })}\n`);
}
