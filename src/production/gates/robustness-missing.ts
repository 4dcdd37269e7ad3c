import type { Frame } from "../../core/column.ts";
import type { Comparison } from "../../core/comparison.ts";
import { createRandom } from "../../core/random.ts";
import type { Scorer } from "../../core/scorer.ts";
import { spoilt, withHoles } from "../../core/spoil.ts";
import { count, listed } from "../phrase.ts";
import { type Gate, judgedBy } from "./gate.ts";
import { drawRows, inputsOf } from "./sample.ts";
import { judgeSpoilt } from "./spoilt-gain.ts";
import { outputFault } from "./valid-outputs.ts";

const MOST_ROWS = 2000;
/** Each of the first columns is emptied alone; the others in as many groups. */
const ALONE = 50;
const EMPTIED = 0.1;
const MOST_COLUMNS = 200;

/**
 * Cells go missing in production. The shipped model must give valid answers when any column, or a tenth of all cells, is empty. What that costs is
 * measured by the candidate's models of the folds on rows that they have not learned from.
 */
export const robustnessMissing: Gate = {
  gate: "robustness-missing",
  title: "Answers when values are missing",
  rubric: ["O5"],
  run: async (context) => {
    const { scorer, comparison } = context;
    const rows = drawRows(context.frame.rows, MOST_ROWS, context.seed);
    const frame = inputsOf(scorer, context.frame, rows);
    const columns = columnsByImportance(scorer, comparison).filter((name) => frame.columns.some((column) => column.name === name));
    const faults = groupsOf(columns).flatMap((names) => {
      const fault = faultOf(scorer, withoutColumns(frame, names));
      return fault === null ? [] : [`${fault} without ${listed(names)}`];
    });
    const sparse = spoilt(frame, { kind: "missing", share: EMPTIED }, createRandom(context.seed, "missing cells"));
    const [fault] = [...faults, faultOf(scorer, sparse)].filter((one) => one !== null);
    const evidence = { rows: rows.length, columns: columns.length, faults };
    if (fault !== undefined) return judgedBy(false, `Without some values the model answers nonsense: ${fault}.`, { evidence });
    return judgeSpoilt(context, "missing", `Answers stay valid with each of ${count(columns.length, "column")} missing.`, evidence);
  },
};

function faultOf(scorer: Scorer, frame: Frame): string | null {
  return outputFault(scorer.task, scorer.score(frame), frame.rows);
}

function groupsOf(columns: readonly string[]): string[][] {
  const rest = columns.slice(ALONE);
  const groups = Array.from({ length: Math.min(ALONE, rest.length) }, (_, group) => rest.filter((_name, place) => place % ALONE === group));
  return [...columns.slice(0, ALONE).map((name) => [name]), ...groups];
}

function withoutColumns(frame: Frame, names: readonly string[]): Frame {
  const gone = new Set(names);
  return { ...frame, columns: frame.columns.map((column) => (gone.has(column.name) ? withHoles(column, () => true) : column)) };
}

/** The model's columns, most important first; those without a measured importance after them, as they stand. */
function columnsByImportance(scorer: Scorer, { importance }: Comparison): string[] {
  const drop = new Map(importance.map((one) => [one.column, one.drop.value]));
  const names = scorer.inputs.map(({ name }) => name);
  const known = names.filter((name) => drop.has(name)).sort((a, b) => (drop.get(b) ?? 0) - (drop.get(a) ?? 0));
  return [...known, ...names.filter((name) => !drop.has(name))].slice(0, MOST_COLUMNS);
}
