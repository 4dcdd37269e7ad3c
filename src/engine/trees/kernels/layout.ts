// Places in the blocks that the kernels share with src/engine/assembly/_layout.ts. A test holds both equal.

/** i32 words of a column's description. */
export const COLUMN_WORDS = 8;
export const COLUMN_CELL = 0;
export const COLUMN_VALUE_BINS = 1;
export const COLUMN_IMPLICIT = 2;
export const COLUMN_HAS_MISSING = 3;
/** 1 = categorical. */
export const COLUMN_LEVELS = 4;

/** f64 numbers of a node's description. */
export const NODE_G_UNIT = 0;
export const NODE_H_UNIT = 1;
export const NODE_L1 = 2;
export const NODE_L2 = 3;
export const NODE_LOWER = 4;
export const NODE_UPPER = 5;
export const NODE_PARENT_OUTPUT = 6;
export const NODE_PATH_SMOOTH = 7;
export const NODE_MAX_STEP = 8;
export const NODE_G = 9;
export const NODE_H = 10;
export const NODE_MIN_H = 11;
export const NODE_ROWS_PER_H = 12;
export const NODE_MONOTONE = 13;
export const NODE_PLAIN = 14;
export const NODE_DRAWS = 15;
export const NODE_MAX_CAT_TO_ONEHOT = 16;
export const NODE_CAT_SMOOTH = 17;
export const NODE_CAT_L2 = 18;
export const NODE_MAX_CAT_THRESHOLD = 19;
export const NODE_MIN_DATA_PER_GROUP = 20;
export const NODE_NUMBERS = 24;

/** f64 numbers of a found split. */
export const FOUND_GAIN = 0;
export const FOUND_COLUMN = 1;
export const FOUND_BIN = 2;
export const FOUND_MISSING_LEFT = 3;
export const FOUND_LEFT_G = 4;
export const FOUND_LEFT_H = 5;
export const FOUND_COULD_SPLIT = 6;
/** 0 = numeric; else so many of the sorted levels go left, negative = from the end. */
export const FOUND_PREFIX = 7;
export const FOUND_NUMBERS = 8;

/** Bytes that the search of one categorical column needs, by cell: bins, two orders, sums, keys. */
export const LEVEL_BYTES = 28;

/** i32 words of a grown node. */
export const WALK_WORDS = 8;
export const WALK_SLOT = 0;
export const WALK_BIN = 1;
export const WALK_MISSING_BIN = 2;
export const WALK_MISSING_LEFT = 3;
export const WALK_TABLE = 4;
export const WALK_LEFT = 5;
export const WALK_RIGHT = 6;

/** i32 words of a numeric column whose bins are written. */
export const FILL_WORDS = 8;
export const FILL_THRESHOLDS = 0;
export const FILL_COUNT = 1;
export const FILL_SLOT = 2;
export const FILL_IMPLICIT = 3;
export const FILL_FIRST = 4;
