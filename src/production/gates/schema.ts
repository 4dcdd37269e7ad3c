import { OldhandError } from "../../core/error.ts";
import type { InputField, Scorer } from "../../core/scorer.ts";
import { count } from "../phrase.ts";
import { type PlainRecord, recordOf } from "../records.ts";
import { type Gate, judgedBy, skipped } from "./gate.ts";
import { inputsOf } from "./sample.ts";

const MOST_FIELDS = 50;
/** No input type takes a list. A number must not be a word either. */
const WRONG: Record<InputField["type"], readonly unknown[]> = {
  number: ["not a number", [1], { value: 1 }],
  date: ["not a date", [1]],
  category: [["a"], { value: "a" }],
  text: [["a"], { value: "a" }],
};

/** What the model reads is written down and held: a whole record is taken, an absent or wrong field is refused by its name. */
export const schema: Gate = {
  gate: "schema",
  title: "Wrong input is refused by name",
  rubric: ["D1"],
  run: async ({ scorer, frame }) => {
    const record = firstRecord(scorer, frame);
    if (record === null) return skipped("No row can be written as JSON.");
    const undescribed = scorer.inputs.filter(({ name }) => !Object.hasOwn(record, name)).map(({ name }) => name);
    const whole = refusal(scorer, record);
    const trials = scorer.inputs.slice(0, MOST_FIELDS).flatMap(({ name, type, nulls = [] }) => [
      { name, what: "absent", record: Object.fromEntries(Object.entries(record).filter(([key]) => key !== name)) },
      ...WRONG[type]
        .filter((value) => typeof value !== "string" || !nulls.includes(value))
        .map((value) => ({
          name,
          what: `given as ${JSON.stringify(value)}`,
          record: Object.fromEntries([...Object.entries(record), [name, value]]),
        })),
    ]);
    const missed = trials
      .filter((trial) => !(refusal(scorer, trial.record) ?? "").includes(`"${trial.name}"`))
      .map(({ name, what }) => `"${name}" ${what}`);
    const faults = [...(whole === null ? [] : [`a whole record is refused: ${whole}`]), ...undescribed, ...missed];
    const evidence = { trials: trials.length, faults };
    if (faults.length > 0) return judgedBy(false, `Input is not checked as it should be: ${faults[0]}.`, { evidence });
    return judgedBy(true, `A whole record is taken; ${count(trials.length, "broken record")} refused, each naming the field.`, {
      evidence,
    });
  },
};

function firstRecord(scorer: Scorer, frame: Parameters<typeof inputsOf>[1]): PlainRecord | null {
  for (let row = 0; row < Math.min(frame.rows, 100); row++) {
    const record = recordOf(inputsOf(scorer, frame, Int32Array.of(row)), 0);
    if (record !== null) return record;
  }
  return null;
}

/** The message of the refusal, or null when the record was taken. */
function refusal(scorer: Scorer, record: Readonly<Record<string, unknown>>): string | null {
  try {
    scorer.frameOf([record]);
    return null;
  } catch (error) {
    if (error instanceof OldhandError && error.code === "schema-mismatch") return error.parts.got ?? error.message;
    throw error;
  }
}
