import { ordersOf } from "../../core/date-order.ts";
import { decisionRule } from "../../core/decision-rule.ts";
import type { Json } from "../../core/json.ts";
import type { InputField, Scorer } from "../../core/scorer.ts";
import type { Task } from "../../core/task.ts";
import { exampleOf } from "./metadata.ts";

/** OpenAPI 3.1 of the plain routes, made from the model's inputs. */
export function openApiOf(scorer: Scorer, mostRows: number): Json {
  const { inputs, label, version } = scorer;
  const record = ref("Record");
  const answers = (description: string, schema: Json): Json => ({ description, content: { "application/json": { schema } } });
  const refused = answers("Refused; the body says what is wrong and what to do.", ref("Refusal"));
  const get = (summary: string, schema: Json = { type: "object" }): Json => ({
    get: { summary, responses: { "200": answers("OK", schema) } },
  });
  return {
    openapi: "3.1.0",
    info: { title: label, version, description: `Predictions of a ${scorer.task.kind} model.` },
    paths: {
      "/predict": {
        post: {
          summary: "Answers one record, or several under `instances`.",
          requestBody: {
            required: true,
            content: {
              "application/json": {
                schema: {
                  oneOf: [
                    record,
                    {
                      type: "object",
                      required: ["instances"],
                      properties: { instances: { type: "array", minItems: 1, maxItems: mostRows, items: record } },
                      additionalProperties: false,
                    },
                  ],
                },
                example: exampleOf(inputs),
              },
            },
          },
          responses: {
            "200": answers("The answer", { oneOf: [ref("Answer"), ref("Answers")] }),
            "400": refused,
            "413": refused,
            "415": refused,
          },
        },
      },
      "/health/live": get("Whether the process runs"),
      "/health/ready": get("Whether answers can be given"),
      "/metadata": get("Inputs, task and version"),
      "/metrics": {
        get: {
          summary: "Counts and durations for Prometheus",
          responses: { "200": { description: "OK", content: { "text/plain": { schema: { type: "string" } } } } },
        },
      },
    },
    components: { schemas: schemasOf(scorer) },
  };
}

function schemasOf(scorer: Scorer): Json {
  const { inputs, task } = scorer;
  const about = aboutProperties(scorer);
  const answer = answerProperties(task);
  const id: Json = { type: ["string", "number"], description: "Your own name of the row; given back." };
  const properties = inputs.map((input): [string, Json] => [input.name, fieldSchema(input)]);
  const isTaken = inputs.some(({ name }) => name === "id");
  return {
    Record: {
      type: "object",
      required: inputs.map(({ name }) => name),
      properties: Object.fromEntries(isTaken ? properties : [...properties, ["id", id]]),
      additionalProperties: false,
    },
    Answer: {
      type: "object",
      required: [...Object.keys(answer), ...Object.keys(about)],
      properties: { ...answer, ...about, id, warnings: ref("Warnings") },
    },
    Answers: {
      type: "object",
      required: ["predictions", ...Object.keys(about)],
      properties: {
        predictions: {
          type: "array",
          items: { type: "object", required: Object.keys(answer), properties: { ...answer, id, warnings: ref("Warnings") } },
        },
        ...about,
      },
    },
    Warnings: {
      type: "array",
      description: "What about this row is unlike training; absent when there is nothing. The answer stands.",
      items: {
        type: "object",
        required: ["field", "code", "got", "expected"],
        properties: {
          field: { type: "string" },
          code: { enum: ["out-of-range", "unknown-category", "ignored-field"] },
          got: { type: ["string", "number", "boolean"] },
          expected: { type: "string" },
        },
      },
    },
    Refusal: {
      type: "object",
      required: ["error", "code"],
      properties: {
        ...Object.fromEntries(["error", "code", "field", "where", "expected", "got", "fix"].map((name) => [name, { type: "string" }])),
        fields: { type: "array", items: { type: "string" } },
      },
    },
  };
}

/** What stands beside the answers of a request: which model, and from which probability on a class of two is called. */
function aboutProperties(scorer: Scorer): Readonly<Record<string, Json>> {
  const rule = decisionRule(scorer);
  const version: Json = { type: "string" };
  return scorer.task.kind === "binary" ? { version, threshold: { type: "number", description: `${rule}.` } } : { version };
}

/** Levels and ranges are those of training: hints, not limits, so they stand in the description. */
function fieldSchema({ type, levels, min, max, example, amount, nulls = [], decimal, dateFormat, dateFormats }: InputField): Json {
  const examples = example === null ? {} : { examples: [example] };
  const missing = nulls.length === 0 ? "" : ` Missing as in training: ${nulls.map((text) => JSON.stringify(text)).join(", ")}.`;
  if (type === "number") {
    const takesTexts = amount !== undefined || decimal !== undefined;
    const range = min === null || max === null ? "" : `In training ${min} to ${max}.`;
    const description = `${range}${takesTexts ? " Texts are read as the training file writes them." : ""}${missing}`.trim();
    return {
      type: takesTexts || nulls.length > 0 ? ["number", "string", "null"] : ["number", "null"],
      ...(description === "" ? {} : { description }),
      ...examples,
    };
  }
  if (type === "date") {
    const own = dateFormat === undefined ? "" : `, or as ${ordersOf(dateFormat).join(" or ")}`;
    return { type: ["string", "null"], description: `ISO 8601${own}; UTC when no zone is given.${missing}`, ...examples };
  }
  if (dateFormats !== undefined) {
    return {
      type: ["string", "null"],
      description: `A date written as ${dateFormats.join(" or ")}, or in ISO 8601.${missing}`,
      ...examples,
    };
  }
  return { type: ["string", "null"], ...(levels === null ? {} : { description: `In training: ${levels.join(", ")}.` }), ...examples };
}

function answerProperties(task: Task): Record<string, Json> {
  const share: Json = { type: "number", minimum: 0, maximum: 1 };
  if (task.kind === "regression") return { prediction: { type: "number" } };
  const each = Object.fromEntries(task.classes.map((name) => [name, share]));
  return { prediction: { enum: task.classes }, probabilities: { type: "object", required: task.classes, properties: each } };
}

function ref(name: string): Json {
  return { $ref: `#/components/schemas/${name}` };
}
