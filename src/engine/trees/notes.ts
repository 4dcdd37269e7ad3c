import type { Tree } from "./tree.ts";

/**
 * What a training says of grown trees without a split. LightGBM warns of it and goes on, scikit-learn goes on: a constant may be all that the features tell, so it is
 * no error; but few rows under usual limits end so too.
 */
export function notesOf(
  trees: readonly { readonly tree: Tree }[],
  minDataInLeaf: number,
  rows: number,
): { readonly notes?: readonly string[] } {
  if (trees.some(({ tree }) => tree.column.length > 1)) return {};
  const limits = `minDataInLeaf (${minDataInLeaf}) and the other limits allow`;
  return {
    notes: [
      `no split was found, so all rows have the same prediction: no feature parts the ${rows} learned rows as ${limits} and lowers the loss`,
    ],
  };
}
