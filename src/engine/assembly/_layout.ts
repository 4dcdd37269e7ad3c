// Places in the blocks that training.ts shares with src/engine/trees/kernels/layout.ts. A test holds both equal.

/** i32 words of a column's description. */
export const COLUMN_WORDS: i32 = 8;
export const COLUMN_CELL: i32 = 0;
export const COLUMN_VALUE_BINS: i32 = 1;
export const COLUMN_IMPLICIT: i32 = 2;
export const COLUMN_HAS_MISSING: i32 = 3;
/** 1 = categorical. */
export const COLUMN_LEVELS: i32 = 4;
export const COLUMN_SLOT: i32 = 5;
/** Bin of the slot that stands for the first stored bin. */
export const COLUMN_FIRST: i32 = 6;

/** f64 numbers of a node's description. */
export const NODE_G_UNIT: i32 = 0;
export const NODE_H_UNIT: i32 = 1;
export const NODE_L1: i32 = 2;
export const NODE_L2: i32 = 3;
export const NODE_LOWER: i32 = 4;
export const NODE_UPPER: i32 = 5;
export const NODE_PARENT_OUTPUT: i32 = 6;
export const NODE_PATH_SMOOTH: i32 = 7;
export const NODE_MAX_STEP: i32 = 8;
export const NODE_G: i32 = 9;
export const NODE_H: i32 = 10;
export const NODE_MIN_H: i32 = 11;
export const NODE_ROWS_PER_H: i32 = 12;
export const NODE_MONOTONE: i32 = 13;
export const NODE_PLAIN: i32 = 14;
export const NODE_DRAWS: i32 = 15;
export const NODE_MAX_CAT_TO_ONEHOT: i32 = 16;
export const NODE_CAT_SMOOTH: i32 = 17;
export const NODE_CAT_L2: i32 = 18;
export const NODE_MAX_CAT_THRESHOLD: i32 = 19;
export const NODE_MIN_DATA_PER_GROUP: i32 = 20;
/** Least rows and hessian of a side of a threshold; NODE_MIN_H stands for both where a side is judged as a whole. */
export const NODE_MIN_ROWS: i32 = 21;
export const NODE_MIN_SUM: i32 = 22;
export const NODE_NUMBERS: i32 = 24;

/** f64 numbers of a found split. */
export const FOUND_GAIN: i32 = 0;
export const FOUND_COLUMN: i32 = 1;
export const FOUND_BIN: i32 = 2;
export const FOUND_MISSING_LEFT: i32 = 3;
export const FOUND_LEFT_G: i32 = 4;
export const FOUND_LEFT_H: i32 = 5;
export const FOUND_COULD_SPLIT: i32 = 6;
/** 0 = numeric; else so many of the sorted levels go left, negative = from the end. */
export const FOUND_PREFIX: i32 = 7;
export const FOUND_NUMBERS: i32 = 8;

/** Bytes that the search of one categorical column needs, by cell: bins, two orders, sums, keys. */
export const LEVEL_BYTES: i32 = 28;

/** i32 words of a grown node. */
export const WALK_WORDS: i32 = 8;
export const WALK_SLOT: i32 = 0;
export const WALK_BIN: i32 = 1;
export const WALK_MISSING_BIN: i32 = 2;
export const WALK_MISSING_LEFT: i32 = 3;
export const WALK_TABLE: i32 = 4;
export const WALK_LEFT: i32 = 5;
export const WALK_RIGHT: i32 = 6;

/** i32 words of a numeric column whose bins are written. */
export const FILL_WORDS: i32 = 8;
export const FILL_THRESHOLDS: i32 = 0;
export const FILL_COUNT: i32 = 1;
export const FILL_SLOT: i32 = 2;
export const FILL_IMPLICIT: i32 = 3;
export const FILL_FIRST: i32 = 4;

/** f64 numbers that say what is grown below a split. */
export const BELOW_COLUMNS8: i32 = 0;
export const BELOW_PITCH8: i32 = 1;
export const BELOW_SLOTS8: i32 = 2;
export const BELOW_BINS16: i32 = 3;
export const BELOW_STRIDE16: i32 = 4;
export const BELOW_COLUMNS: i32 = 5;
export const BELOW_LIST: i32 = 6;
export const BELOW_COUNT: i32 = 7;
export const BELOW_TAKE: i32 = 8;
export const BELOW_DRAWN: i32 = 9;
export const BELOW_ROWS: i32 = 10;
export const BELOW_PACKED: i32 = 11;
export const BELOW_SPARE_ROWS: i32 = 12;
export const BELOW_NODE: i32 = 13;
export const BELOW_FOUND: i32 = 14;
export const BELOW_EXTRA: i32 = 15;
export const BELOW_MIN_DATA: i32 = 16;
export const BELOW_MIN_HESSIAN: i32 = 17;
export const BELOW_MAX_DEPTH: i32 = 18;
export const BELOW_MIN_GAIN: i32 = 19;
export const BELOW_STREAM: i32 = 20;
export const BELOW_RECORDS: i32 = 21;
export const BELOW_MOST_RECORDS: i32 = 22;
export const BELOW_SETS: i32 = 23;
export const BELOW_SET_BYTES: i32 = 24;
export const BELOW_CELLS: i32 = 25;
export const BELOW_SCRATCH: i32 = 26;
export const BELOW_TABLE: i32 = 27;
/** Of a whole tree only. */
export const BELOW_BINS8: i32 = 28;
export const BELOW_STRIDE8: i32 = 29;
export const BELOW_CELLS16: i32 = 30;
export const BELOW_HISTOGRAMS: i32 = 31;
export const BELOW_HISTOGRAM_BYTES: i32 = 32;
export const BELOW_MOST_LEAVES: i32 = 33;
export const BELOW_DEPTH_WISE: i32 = 34;
export const BELOW_DRAWS: i32 = 35;
/** Groups of four byte slots. */
export const BELOW_QUADS8: i32 = 36;
/** 1: only the listed slots are counted. */
export const BELOW_FEW_SLOTS: i32 = 38;
export const BELOW_LIST8: i32 = 39;
export const BELOW_COUNT8: i32 = 40;
export const BELOW_LIST16: i32 = 41;
export const BELOW_COUNT16: i32 = 42;
export const BELOW_NUMBERS: i32 = 48;

/** A node grown below a split: i32 words, then f64 numbers, counted from its first byte. */
export const GROWN_COLUMN: i32 = 0;
export const GROWN_BIN: i32 = 1;
export const GROWN_MISSING_LEFT: i32 = 2;
export const GROWN_DEPTH: i32 = 3;
export const GROWN_LEFT: i32 = 4;
export const GROWN_SET: i32 = 5;
export const GROWN_BEGIN: i32 = 6;
export const GROWN_END: i32 = 7;
export const GROWN_NEXT: i32 = 8;
export const GROWN_HISTOGRAM: i32 = 9;
export const GROWN_GAIN: i32 = 5;
export const GROWN_G: i32 = 6;
export const GROWN_H: i32 = 7;
export const GROWN_LEFT_G: i32 = 8;
export const GROWN_LEFT_H: i32 = 9;
export const GROWN_BYTES: i32 = 80;
