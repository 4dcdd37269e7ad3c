import type { FastifyInstance } from "fastify";
import { decisionRule } from "../../core/decision-rule.ts";
import type { InputField, Scorer } from "../../core/scorer.ts";
import type { Task } from "../../core/task.ts";
import { VERSION } from "../../core/version.ts";
import { probabilityName } from "../answer.ts";
import type { Answered, Answerer } from "./answerer.ts";
import type { ServedVerdict } from "./metadata.ts";
import type { ReadingRules } from "./read-records.ts";
import { RefusedRequest } from "./refusal.ts";
import { readTensors, wrongTensor } from "./tensors.ts";

interface ModelParams {
  readonly model: string;
  readonly version?: string;
}

interface ProtocolOptions {
  readonly rules: ReadingRules;
  readonly answer: Answerer;
  readonly verdict: ServedVerdict | null;
}

/** Open Inference Protocol v2 over REST: one tensor per input, [rows] or [rows, 1]. Missing is null, or NaN in numbers. */
export function addInferenceProtocol(server: FastifyInstance, scorer: Scorer, { rules, answer, verdict }: ProtocolOptions): void {
  const check = ({ model, version }: ModelParams) => {
    if (model !== scorer.name && model !== "model") throw unknownModel(`model "${model}"`, `"${scorer.name}", or "model" for short`);
    if (version !== undefined && version !== scorer.version) throw unknownModel(`version "${version}"`, `"${scorer.version}"`);
  };
  server.get("/v2", async () => ({ name: "oldhand", version: VERSION, extensions: [] }));
  server.get("/v2/health/live", async () => ({ live: true }));
  server.get("/v2/health/ready", async () => ({ ready: true, live: true }));
  for (const path of ["/v2/models/:model", "/v2/models/:model/versions/:version"]) {
    server.get<{ Params: ModelParams }>(path, async ({ params }) => {
      check(params);
      return { ...modelMetadata(scorer), ...propertiesOf(verdict, decisionRule(scorer)) };
    });
    server.get<{ Params: ModelParams }>(`${path}/ready`, async ({ params }) => {
      check(params);
      return { name: scorer.name, ready: true };
    });
    server.post<{ Params: ModelParams }>(`${path}/infer`, async (request) => {
      check(request.params);
      const { id, records, asked } = readTensors(request.body, rules);
      checkAsked(asked, scorer.task);
      const { answers, outputs, warnings } = answer(request, records, []);
      const rows = records.length;
      const said = { name: "prediction", shape: [rows], datatype: "BYTES", data: answers.map(({ prediction }) => prediction) };
      const width = outputs.length / rows;
      const numbers = { datatype: "FP64", shape: width === 1 ? [rows] : [rows, width], data: [...outputs] };
      const tensors =
        scorer.task.kind === "regression" ? [{ ...numbers, name: "prediction" }] : [said, { ...numbers, ...namedShares(scorer.task) }];
      return {
        model_name: scorer.name,
        model_version: scorer.version,
        ...(id === null ? {} : { id }),
        ...parametersOf(warnings),
        outputs: asked === null ? tensors : tensors.filter(({ name }) => asked.includes(name)),
      };
    });
  }
}

function checkAsked(asked: readonly string[] | null, task: Task): void {
  const known = outputsOf(task).map(({ name }) => name);
  const unknown = asked?.find((name) => !known.includes(name));
  if (unknown !== undefined) throw wrongTensor(`There is no output "${unknown}".`, known.map((name) => `"${name}"`).join(" or "));
}

/** One column: its class is in the name. Several: the classes of the columns, in their order, are a parameter of the tensor, as JSON. */
function namedShares(task: Exclude<Task, { kind: "regression" }>) {
  return { name: probabilityName(task), ...(task.kind === "binary" ? {} : { parameters: { classes: JSON.stringify(task.classes) } }) };
}

/** Parameters of the protocol are texts, numbers or booleans, so a list is JSON. */
function parametersOf(warnings: Answered["warnings"]): object {
  const all = warnings.flatMap((ofRow, row) => ofRow.map((warning) => ({ row, ...warning })));
  return all.length === 0 ? {} : { parameters: { warnings: JSON.stringify(all) } };
}

/** The protocol has free properties of texts for what it does not name. */
function propertiesOf(verdict: ServedVerdict | null, rule: string | null): object {
  const properties = {
    ...(verdict === null ? {} : { verdict: verdict.decision, why: verdict.why }),
    ...(rule === null ? {} : { decisionRule: rule }),
  };
  return Object.keys(properties).length === 0 ? {} : { properties };
}

function modelMetadata({ name, version, inputs, task }: Scorer) {
  return {
    name,
    versions: [version],
    platform: "oldhand",
    inputs: inputs.map((input) => ({ name: input.name, datatype: datatypeOf(input), shape: [-1] })),
    outputs: outputsOf(task),
  };
}

function outputsOf(task: Task): { readonly name: string; readonly datatype: string; readonly shape: readonly number[] }[] {
  if (task.kind === "regression") return [{ name: "prediction", datatype: "FP64", shape: [-1] }];
  const shape = task.kind === "multiclass" ? [-1, task.classes.length] : [-1];
  return [
    { name: "prediction", datatype: "BYTES", shape: [-1] },
    { ...namedShares(task), datatype: "FP64", shape },
  ];
}

/** Dates travel as ISO 8601 texts. */
function datatypeOf({ type }: InputField): "FP64" | "BYTES" {
  return type === "number" ? "FP64" : "BYTES";
}

function unknownModel(what: string, expected: string): RefusedRequest {
  return new RefusedRequest(404, { error: `There is no ${what} here.`, code: "unknown-model", expected });
}
