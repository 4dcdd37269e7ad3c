import { fitBoosting, type WrongUseError } from "../../../src/engine/trees/index.ts";

const matrix = { rows: 3, features: [{ name: "x", kind: "numeric" as const, values: Float64Array.of(1, 2, 3) }] };
try {
  fitBoosting({ matrix, target: [1, 2, 3], loss: "squared" }, { numLeaves: 1.5 });
} catch (error) {
  const { name, code, message } = error as WrongUseError;
  console.log(`${name} [${code}]: ${message}`);
}
