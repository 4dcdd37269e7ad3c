import type { Frame } from "../../src/core/column.ts";
import type { AmountWriting } from "../../src/core/written-amount.ts";
import { createOnnxGraph } from "../../src/engine/onnx/graph.ts";
import { openOnnxSession } from "../../src/engine/onnx/session.ts";
import { type FittedRecipe, onnxTensorsOf } from "../../src/recipe/index.ts";

/** What the exported recipe gives for a frame: feature name -> values. */
export async function runExported(
  recipe: FittedRecipe,
  frame: Frame,
  writings: ReadonlyMap<string, AmountWriting> = new Map(),
): Promise<Record<string, number[]>> {
  if (recipe.features.length === 0) return {}; // onnxruntime opens no model without outputs
  const graph = createOnnxGraph("recipe");
  const { inputs, featureTensors } = recipe.toOnnx(graph, writings);
  const names = recipe.features.map(({ kind }, i) =>
    graph.output(`feature ${i}`, featureTensors[i]!, kind === "numeric" ? "double" : "int64", ["rows", 1]),
  );
  const session = await openOnnxSession(graph.toBytes());
  const results = await session.run(onnxTensorsOf(inputs, frame));
  await session.close();
  return Object.fromEntries(
    recipe.features.map(({ name }, i) => {
      const tensor = results.get(names[i]!)!;
      if (tensor.shape.join() !== `${frame.rows},1`) throw new Error(`feature "${name}" has shape [${tensor.shape.join(", ")}]`);
      return [name, Array.from(tensor.values as ArrayLike<number | bigint>, (value) => Number(value) + 0)];
    }),
  );
}
