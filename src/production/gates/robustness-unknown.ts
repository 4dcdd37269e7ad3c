import type { Column, Frame } from "../../core/column.ts";
import type { InputField, Scorer } from "../../core/scorer.ts";
import { count, listed } from "../phrase.ts";
import { type Gate, judgedBy } from "./gate.ts";
import { drawRows, inputsOf } from "./sample.ts";
import { judgeSpoilt } from "./spoilt-gain.ts";
import { outputFault } from "./valid-outputs.ts";

const MOST_ROWS = 200;
const ALONE = 50;
/** Texts that no table has: never seen, empty after trimming, long, of other scripts, of names that JavaScript knows. */
const TEXTS = [
  "never seen before",
  " ",
  "x".repeat(10_000),
  "\u0645\u0631\u062d\u0628\u0627 \u4f60\u597d \ud83d\ude80",
  "__proto__",
  "constructor",
];
const DATES = [Date.UTC(1700, 0, 1), Date.UTC(9999, 11, 31)];

/**
 * The world brings values that training never had: unknown categories, numbers far outside their range, dates of other centuries. The shipped model must
 * give valid answers; what unknown categories cost is measured on rows that the folds' models have not learned from.
 */
export const robustnessUnknown: Gate = {
  gate: "robustness-unknown",
  title: "Answers to values never seen before",
  rubric: ["O5"],
  run: async (context) => {
    const { scorer, frame, seed } = context;
    const sample = inputsOf(scorer, frame, drawRows(frame.rows, MOST_ROWS, seed));
    const tried = attempts(scorer, sample);
    const faults = tried.flatMap(({ columns, value, changed }) => {
      const fault = faultOf(scorer, changed());
      return fault === null ? [] : [`${listed(columns, 3)} at ${shown(value)}: ${fault}`];
    });
    const evidence = { attempts: tried.length, faults };
    if (faults.length > 0)
      return judgedBy(false, `The model answers nonsense to ${count(faults.length, "unusual value")}: ${faults[0]}.`, { evidence });
    const valid = `Answers stay valid in ${count(tried.length, "attempt")} with unknown categories, extreme numbers and odd dates in each of ${count(scorer.inputs.length, "column")}.`;
    const hasNames = scorer.inputs.some(({ type }) => type === "category" || type === "text");
    return hasNames ? judgeSpoilt(context, "unknown", valid, evidence) : judgedBy(true, valid, { evidence });
  },
};

interface Attempt {
  readonly columns: readonly string[];
  readonly value: string | number;
  readonly changed: () => Frame;
}

/** Each of the first fifty columns alone, and all columns at once, at each of the strange values of their type. */
function attempts(scorer: Scorer, frame: Frame): Attempt[] {
  const strange = new Map(scorer.inputs.map((field) => [field.name, strangeValues(field)]));
  const alone = frame.columns.slice(0, ALONE).flatMap((column) =>
    (strange.get(column.name) ?? []).map((value) => ({
      columns: [column.name],
      value,
      changed: () => ({ ...frame, columns: frame.columns.map((one) => (one === column ? filled(one, value) : one)) }),
    })),
  );
  const names = frame.columns.map(({ name }) => name);
  const most = Math.max(...[...strange.values()].map(({ length }) => length));
  const together = Array.from({ length: most }, (_, place) => ({
    columns: names,
    value: `strange value ${place + 1}`,
    changed: () => ({ ...frame, columns: frame.columns.map((one) => strangely(one, strange.get(one.name)?.[place])) }),
  }));
  return [...alone, ...together];
}

function strangely(column: Column, value: string | number | undefined): Column {
  return value === undefined ? column : filled(column, value);
}

function strangeValues({ type, min, max }: InputField): readonly (string | number)[] {
  if (type === "category" || type === "text") return TEXTS;
  if (type === "date") return DATES;
  const [low, high] = [min ?? 0, max ?? 0];
  const span = Math.max(high - low, Math.abs(high), Math.abs(low), 1);
  return [low - 1000 * span, high + 1000 * span, -1e12, 1e12, 0, -0.5];
}

function filled(column: Column, value: string | number): Column {
  if ("values" in column) return { ...column, values: column.values.map(() => Number(value)) };
  return { ...column, levels: [...column.levels, String(value)], codes: column.codes.map(() => column.levels.length) };
}

function faultOf(scorer: Scorer, frame: Frame): string | null {
  try {
    return outputFault(scorer.task, scorer.score(frame), frame.rows);
  } catch (error) {
    return error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
  }
}

function shown(value: string | number): string {
  return typeof value === "number" ? String(value) : JSON.stringify(value.length > 30 ? `${value.slice(0, 30)}...` : value);
}
