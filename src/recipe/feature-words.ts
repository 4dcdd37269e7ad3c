import type { Task } from "../core/task.ts";
import type { FittedRecipeJson } from "./fitted.ts";

/** What the features are learned from. */
export interface FeatureTarget {
  readonly name: string;
  readonly task: Task;
}

/** A feature as a person would say it: "mean of price by instance", "share of yes by town", "hour of started". A column as it stands goes by its name. */
export function featureInWords({ steps }: Pick<FittedRecipeJson, "steps">, feature: string, { name, task }: FeatureTarget): string {
  for (const step of steps) {
    if (step.op === "encode") {
      for (const encoding of step.columns) {
        const output = encoding.method === "target-mean" ? encoding.names.indexOf(feature) : -1;
        if (output >= 0) return `${averaged(name, task, output)} by ${encoding.column}`;
      }
    }
    if (step.op === "text") {
      const score = step.scores.find((one) => one.name === feature);
      if (score !== undefined) return `${told(name, task, score.classIndex)} by the words of ${step.column}`;
      const writing = step.writing.find((one) => one.name === feature)?.writing;
      if (writing !== undefined) return writing === "words" ? `number of words in ${step.column}` : `${writing} per word in ${step.column}`;
    }
    if (step.op === "days-between") {
      const pair = step.pairs.find((one) => one.name === feature);
      if (pair !== undefined) return `days from ${pair.from} to ${pair.to}`;
    }
    if (step.op === "split-numbers") {
      const place = step.names.indexOf(feature);
      if (place >= 0) return `number ${place + 1} of ${step.column}`;
    }
    if (step.op === "date-parts") {
      const part = step.parts.find((one) => one.name === feature)?.part;
      if (part !== undefined) return `${part === "days" ? "days since 1970" : part} of ${step.column}`;
    }
  }
  return feature;
}

function told(target: string, task: Task, classIndex: number | null): string {
  return classIndex === null || task.kind === "regression" ? target : (task.classes[classIndex] ?? target);
}

function averaged(target: string, task: Task, output: number): string {
  if (task.kind === "regression") return `mean of ${target}`;
  return `share of ${task.classes[task.kind === "binary" ? 1 : output] ?? target}`;
}
