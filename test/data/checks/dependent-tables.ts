import { createRandom } from "../../../src/core/random.ts";
import { groupLeak } from "../../../src/data/checks/group-leak.ts";
import { timeLeak } from "../../../src/data/checks/time-leak.ts";
import { proposeSplit } from "../../../src/data/split/split-proposal.ts";
import { type Cells, type ContextOptions, contextOf, numbers, suspicionsOf, tableOf } from "../table.ts";

/** Patients with several rows: each has a place in feature space and a label of its own. */
export function patients(
  groups: number,
  each: number,
  seed: number,
  key: (group: number, i: number) => string,
  name: string,
  ordered = false,
) {
  const random = createRandom(seed, "patients");
  const centres = numbers(groups, () => 0).map(() => ({ x: 3 * random.normal(), z: 3 * random.normal(), y: random.integer(2) }));
  const rows = numbers(groups * each, (i) => i);
  if (!ordered) random.shuffle(rows);
  const of = (i: number) => centres[Math.floor(i / each)]!;
  const columns: [string, Cells][] = [
    [name, rows.map((i) => key(Math.floor(i / each), i % each))],
    ["x", rows.map((i) => of(i).x + 0.3 * random.normal())],
    ["z", rows.map((i) => of(i).z + 0.3 * random.normal())],
    ["y", rows.map((i) => of(i).y)],
  ];
  return tableOf(columns);
}

export async function dependence(table: ReturnType<typeof tableOf>, target = "y", options: ContextOptions = {}) {
  const context = contextOf(table, target, options);
  const found = [...(await suspicionsOf(groupLeak, context)), ...(await suspicionsOf(timeLeak, context))];
  return { found, proposal: proposeSplit(context, found) };
}
