import { COLUMN_PLANTS } from "./columns.ts";
import { LEAK_PLANTS } from "./leaks.ts";
import { LINEAR_PLANTS } from "./linear.ts";
import type { Plant } from "./plant.ts";
import { ROW_PLANTS } from "./rows.ts";
import { SPLIT_PLANTS } from "./splits.ts";
import { TARGET_PLANTS } from "./target.ts";

export type { Plant, Planted } from "./plant.ts";

export const PLANTS: readonly Plant[] = [
  ...COLUMN_PLANTS,
  ...ROW_PLANTS,
  ...TARGET_PLANTS,
  ...LEAK_PLANTS,
  ...SPLIT_PLANTS,
  ...LINEAR_PLANTS,
];
