import { fitBoosting, predict, readLightGbm, writeLightGbm } from "../../../src/engine/trees/index.ts";

const distance = Float64Array.from({ length: 500 }, (_, row) => (row * 37) % 101);
const late = distance.map((far, row) => (far + ((row * 7919) % 50) > 80 ? 1 : 0));
const matrix = { rows: 500, features: [{ name: "home dest", kind: "numeric" as const, values: distance }] };
const trees = fitBoosting({ matrix, target: late, loss: "binary" });

// A text that LightGBM loads: lgb.Booster(model_file="model.txt").
const text = writeLightGbm(trees);
// And one that it saved: save_model. In a program, readFileSync("model.txt", "utf8").
const { ensemble, objective } = readLightGbm(text);
console.log(`objective ${objective}, features ${ensemble.features.map(({ name }) => name).join(", ")}`);

// Features are found by name, and LightGBM keeps no blanks in names: name the columns as its file does.
const renamed = { rows: 500, features: [{ ...matrix.features[0]!, name: "home_dest" }] };
const [ours, read] = [predict(trees, matrix), predict(ensemble, renamed)];
console.log("largest difference:", Math.max(...ours.map((chance, row) => Math.abs(chance - read[row]!))));
