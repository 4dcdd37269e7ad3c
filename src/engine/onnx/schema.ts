import protobuf from "protobufjs/light.js";

type FieldText = readonly [name: string, id: number, type: string, rule?: "repeated"];

function message(...fields: readonly FieldText[]) {
  return {
    fields: Object.fromEntries(fields.map(([name, id, type, rule]) => [name, rule === undefined ? { id, type } : { id, type, rule }])),
  };
}

/**
 * The messages of onnx.proto that we write: names, numbers and types as in https://github.com/onnx/onnx/blob/v1.17.0/onnx/onnx.proto
 * (Apache-2.0). Fields we never write are left out, which the format allows.
 */
const root = protobuf.Root.fromJSON({
  nested: {
    onnx: {
      nested: {
        ModelProto: message(
          ["irVersion", 1, "int64"],
          ["producerName", 2, "string"],
          ["producerVersion", 3, "string"],
          ["graph", 7, "GraphProto"],
          ["opsetImport", 8, "OperatorSetIdProto", "repeated"],
          ["metadataProps", 14, "StringStringEntryProto", "repeated"],
        ),
        OperatorSetIdProto: message(["domain", 1, "string"], ["version", 2, "int64"]),
        StringStringEntryProto: message(["key", 1, "string"], ["value", 2, "string"]),
        GraphProto: message(
          ["node", 1, "NodeProto", "repeated"],
          ["name", 2, "string"],
          ["initializer", 5, "TensorProto", "repeated"],
          ["input", 11, "ValueInfoProto", "repeated"],
          ["output", 12, "ValueInfoProto", "repeated"],
        ),
        NodeProto: message(
          ["input", 1, "string", "repeated"],
          ["output", 2, "string", "repeated"],
          ["name", 3, "string"],
          ["opType", 4, "string"],
          ["attribute", 5, "AttributeProto", "repeated"],
          ["domain", 7, "string"],
        ),
        AttributeProto: message(
          ["name", 1, "string"],
          ["f", 2, "float"],
          ["i", 3, "int64"],
          ["s", 4, "bytes"],
          ["t", 5, "TensorProto"],
          ["floats", 7, "float", "repeated"],
          ["ints", 8, "int64", "repeated"],
          ["strings", 9, "bytes", "repeated"],
          ["type", 20, "int32"],
        ),
        TensorProto: message(
          ["dims", 1, "int64", "repeated"],
          ["dataType", 2, "int32"],
          ["stringData", 6, "bytes", "repeated"],
          ["name", 8, "string"],
          ["rawData", 9, "bytes"],
        ),
        ValueInfoProto: message(["name", 1, "string"], ["type", 2, "TypeProto"]),
        TypeProto: message(["tensorType", 1, "TensorTypeProto"]),
        TensorTypeProto: message(["elemType", 1, "int32"], ["shape", 2, "TensorShapeProto"]),
        TensorShapeProto: message(["dim", 1, "DimensionProto", "repeated"]),
        DimensionProto: message(["dimValue", 1, "int64"], ["dimParam", 2, "string"]),
      },
    },
  },
});

export interface TensorMessage {
  readonly dims: readonly number[];
  readonly dataType: number;
  readonly name?: string;
  readonly rawData?: Uint8Array;
  readonly stringData?: readonly Uint8Array[];
}

export interface AttributeMessage {
  readonly name: string;
  readonly type: number;
  readonly f?: number;
  readonly i?: number;
  readonly s?: Uint8Array;
  readonly t?: TensorMessage;
  readonly floats?: readonly number[];
  readonly ints?: readonly number[];
  readonly strings?: readonly Uint8Array[];
}

export interface NodeMessage {
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly name: string;
  readonly opType: string;
  readonly attribute: readonly AttributeMessage[];
  readonly domain: string;
}

export interface ValueMessage {
  readonly name: string;
  readonly type: {
    readonly tensorType: {
      readonly elemType: number;
      readonly shape: { readonly dim: readonly ({ readonly dimValue: number } | { readonly dimParam: string })[] };
    };
  };
}

export interface ModelMessage {
  readonly irVersion: number;
  readonly producerName: string;
  readonly producerVersion: string;
  readonly graph: {
    readonly name: string;
    readonly node: readonly NodeMessage[];
    readonly initializer: readonly TensorMessage[];
    readonly input: readonly ValueMessage[];
    readonly output: readonly ValueMessage[];
  };
  readonly opsetImport: readonly { readonly domain: string; readonly version: number }[];
  readonly metadataProps: readonly { readonly key: string; readonly value: string }[];
}

/** The bytes of an `.onnx` file. Equal messages give equal bytes. */
export function encodeModel(model: ModelMessage): Uint8Array {
  return root.lookupType("onnx.ModelProto").encode(model).finish();
}

/** Reads back what `encodeModel` wrote; fields outside our subset are skipped. Whole numbers come as numbers. */
export function decodeModel(bytes: Uint8Array): ModelMessage {
  const type = root.lookupType("onnx.ModelProto");
  return type.toObject(type.decode(bytes), { longs: Number, arrays: true, defaults: false }) as unknown as ModelMessage;
}
