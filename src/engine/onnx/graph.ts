import { attributeMessage, type OnnxAttribute } from "./attribute.ts";
import { encodeModel, type NodeMessage, type TensorMessage, type ValueMessage } from "./schema.ts";
import { ONNX_TYPE_NUMBER, type OnnxType, type OnnxValues, onnxTypeOf, tensorMessage } from "./tensor.ts";

export interface OnnxGraphOptions {
  /** Version of the operators of ai.onnx; default 20. */
  readonly opset?: number;
  /** Version of the operators of ai.onnx.ml; default 4 (trees with double thresholds, label encoders of doubles). */
  readonly mlOpset?: number;
  readonly producer?: { readonly name: string; readonly version: string };
  readonly metadata?: Readonly<Record<string, string>>;
}

/** Extent of each dimension; a name stands for one that is known only when the graph runs, e.g. "rows". */
export type OnnxShape = readonly (number | string)[];

export interface NodeOptions {
  /** How many outputs, or their names; default 1. */
  readonly outputs?: number | readonly string[];
  /** "" is ai.onnx; "ai.onnx.ml" for trees and label encoders; "com.microsoft" for what onnxruntime alone has. */
  readonly domain?: string;
}

/**
 * An ONNX graph under construction. Tensors are named by text. Names asked for that are taken get a suffix, so each method returns the name
 * that was given. Equal calls give equal bytes.
 */
export interface OnnxGraph {
  input(name: string, type: OnnxType, shape: OnnxShape): string;
  /** Adds a node and gives the names of its outputs. An input "" is an optional one left out. */
  node(
    op: string,
    inputs: readonly string[],
    attributes?: Readonly<Record<string, OnnxAttribute>>,
    options?: NodeOptions,
  ): [string, ...string[]];
  /**
   * Equal small constants are stored once. Beware: onnxruntime takes a single value within 1e-8 of 0 (in Add, Sub) or 1e-5 of 1 (in Mul, Div) for
   * exactly that and leaves the node out, in double precision too (NoopElimination). `Sum` and tensors of more than one value are safe.
   */
  constant(values: OnnxValues, shape: readonly number[], hint?: string): string;
  /** Publishes a tensor under a name. */
  output(name: string, tensor: string, type: OnnxType, shape: OnnxShape): string;
  toBytes(): Uint8Array;
}

/** Oldest format (IR) version that allows the opset: https://github.com/onnx/onnx/blob/main/docs/Versioning.md */
function irVersionOf(opset: number): number {
  if (opset <= 14) return 7;
  if (opset <= 18) return 8;
  if (opset <= 20) return 9;
  return opset <= 22 ? 10 : opset - 12;
}

function valueMessage(name: string, type: OnnxType, shape: OnnxShape): ValueMessage {
  const dim = shape.map((extent) => (typeof extent === "number" ? { dimValue: extent } : { dimParam: extent }));
  return { name, type: { tensorType: { elemType: ONNX_TYPE_NUMBER[type], shape: { dim } } } };
}

function createNames() {
  const taken = new Set<string>();
  const next = new Map<string, number>();
  /** `wanted` when it is free and not empty, else `wanted_1`, ... */
  const claim = (wanted: string): string => {
    let name = wanted === "" ? "unnamed" : wanted;
    for (let i = next.get(wanted) ?? 1; taken.has(name); i++) {
      name = `${wanted}_${i}`;
      next.set(wanted, i + 1);
    }
    taken.add(name);
    return name;
  };
  return claim;
}

const RUNTIME_DOMAIN = "com.microsoft";

const SHARED_CONSTANT_BYTES = 256;

function createConstants(claim: (wanted: string) => string) {
  const stored: TensorMessage[] = [];
  const shared = new Map<string, string>();
  const constant: OnnxGraph["constant"] = (values, shape, hint = "constant") => {
    const small = ArrayBuffer.isView(values) && values.byteLength <= SHARED_CONSTANT_BYTES;
    const key = small ? `${onnxTypeOf(values)}|${shape.join(",")}|${bytesText(values)}` : "";
    const known = shared.get(key);
    if (known !== undefined) return known;
    const given = claim(`/${hint}`);
    stored.push(copied(tensorMessage({ values, shape }, given)));
    if (small) shared.set(key, given);
    return given;
  };
  return { stored, constant };
}

export function createOnnxGraph(name: string, options: OnnxGraphOptions = {}): OnnxGraph {
  const { opset = 20, mlOpset = 4, producer = { name: "oldhand", version: "" }, metadata = {} } = options;
  const claim = createNames();
  const [inputs, outputs]: [ValueMessage[], ValueMessage[]] = [[], []];
  const nodes: NodeMessage[] = [];
  const constants = createConstants(claim);

  const addNode = (
    op: string,
    from: readonly string[],
    to: readonly string[],
    attributes: Readonly<Record<string, OnnxAttribute>>,
    domain: string,
  ) => {
    const attribute = Object.entries(attributes).map(([key, value]) => attributeMessage(key, value));
    nodes.push({ input: from, output: to, name: `${op}#${nodes.length}`, opType: op, attribute, domain });
  };

  return {
    input: (wanted, type, shape) => {
      const given = claim(wanted);
      inputs.push(valueMessage(given, type, shape));
      return given;
    },
    node: (op, from, attributes = {}, { outputs: count = 1, domain = "" } = {}) => {
      const wanted = typeof count === "number" ? Array.from({ length: count }, () => `/${op}`) : count;
      const [first, ...rest] = wanted.map(claim);
      if (first === undefined) throw new RangeError(`node ${op} without an output`);
      addNode(op, from, [first, ...rest], attributes, domain);
      return [first, ...rest];
    },
    constant: constants.constant,
    output: (wanted, tensor, type, shape) => {
      const given = claim(wanted);
      addNode("Identity", [tensor], [given], {}, "");
      outputs.push(valueMessage(given, type, shape));
      return given;
    },
    toBytes: () =>
      encodeModel({
        irVersion: irVersionOf(opset),
        producerName: producer.name,
        producerVersion: producer.version,
        graph: { name, node: nodes, initializer: constants.stored, input: inputs, output: outputs },
        opsetImport: [
          { domain: "", version: opset },
          { domain: "ai.onnx.ml", version: mlOpset },
          ...(nodes.some(({ domain }) => domain === RUNTIME_DOMAIN) ? [{ domain: RUNTIME_DOMAIN, version: 1 }] : []),
        ],
        metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
      }),
  };
}

function bytesText(values: ArrayBufferView): string {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString("latin1");
}

/** The caller may reuse its array before `toBytes`. */
function copied(tensor: TensorMessage): TensorMessage {
  return tensor.rawData === undefined ? tensor : { ...tensor, rawData: tensor.rawData.slice() };
}
