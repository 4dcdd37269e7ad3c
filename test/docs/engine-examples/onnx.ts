import ort from "onnxruntime-node"; // npm install onnxruntime-node
import { fitBoosting, predict, toOnnx } from "../../../src/engine/trees/index.ts";

const size = Float64Array.from({ length: 500 }, (_, row) => 20 + ((row * 37) % 101));
const area = Int32Array.from(size, (_, row) => row % 3);
const rent = size.map((value, row) => value / 10 + area[row]!);
const features = [
  { name: "size", kind: "numeric" as const, values: size },
  { name: "area", kind: "categorical" as const, codes: area, levels: 3 },
];
const trees = fitBoosting({ matrix: { rows: 500, features }, target: rent, loss: "squared" });

const bytes = toOnnx(trees); // the content of an .onnx file
// An input for each feature, [rows, 1]: doubles, or codes as 64-bit integers. One output, "prediction".
const session = await ort.InferenceSession.create(bytes);
const out = await session.run({
  size: new ort.Tensor("float64", Float64Array.of(85, 40), [2, 1]),
  area: new ort.Tensor("int64", BigInt64Array.of(2n, -1n), [2, 1]), // -1: not known
});
const onnx = out.prediction!.data as Float64Array;
const asked = {
  rows: 2,
  features: [
    { name: "size", kind: "numeric" as const, values: Float64Array.of(85, 40) },
    { name: "area", kind: "categorical" as const, codes: Int32Array.of(2, -1), levels: 3 },
  ],
};
const own = predict(trees, asked);
console.log(
  "onnxruntime:",
  Array.from(onnx, (value) => value.toFixed(2)).join(", "),
  "- ours:",
  Array.from(own, (value) => value.toFixed(2)).join(", "),
);
await session.release();
