import { fitForestOutOfBag, importanceOf, predict } from "../../../src/engine/trees/index.ts";

const width = Float64Array.from({ length: 400 }, (_, row) => ((row * 37) % 101) / 100);
const colour = Int32Array.from(width, (_, row) => row % 3);
const ripe = width.map((value, row) => (value + ((row * 7919) % 100) / 250 > (colour[row] === 2 ? 0.5 : 0.8) ? 1 : 0));
const matrix = {
  rows: 400,
  features: [
    { name: "width", kind: "numeric" as const, values: width },
    { name: "colour", kind: "categorical" as const, codes: colour, levels: 3 },
  ],
};
// The loss says what the target is: logistic two classes, softmax more, squared a number. fitForest gives the trees alone.
const { ensemble, outOfBag } = fitForestOutOfBag({ matrix, target: ripe, loss: "logistic" }, { numTrees: 100, maxFeatures: "sqrt" });
// Each row judged by the trees that have not seen it: no rows need to be kept apart.
const right = outOfBag.filter((chance, row) => (chance > 0.5 ? 1 : 0) === ripe[row]).length;
console.log(
  `out of bag ${((100 * right) / 400).toFixed(1)} % are right; chance of the first row: ${predict(ensemble, matrix)[0]!.toFixed(2)}`,
);
for (const { name, splits } of importanceOf(ensemble)) console.log(`${name}: ${splits > 0 ? "asked about" : "never asked about"}`);
