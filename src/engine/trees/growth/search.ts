import type { Part, Split } from "./part.ts";

/** Finds the splits of the nodes of one tree, by one criterion. */
export interface Search {
  root(part: Part): Split | null;
  /** The best splits of both children; called once after every split of a node, with what `canOpen` says of them. */
  children(parent: Part, left: Part, right: Part, canOpen: readonly [boolean, boolean]): readonly [Split | null, Split | null];
  /** A node stays a leaf: what was kept for it may go. */
  close(part: Part): void;
  /** Value of a leaf from its sums, as the search of the parent's split saw it. parent: null at the root. l2: penalty of the split above. */
  value(part: Pick<Part, "gradient" | "hessian" | "lower" | "upper">, parent: Part | null, l2: number): number;
}
