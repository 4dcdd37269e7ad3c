// Places in the blocks that the kernels share with src/engine/assembly/_layout.ts. A test holds both equal.

/** i32 words of a column's description. */
export const COLUMN_WORDS = 8;
export const COLUMN_CELL = 0;
export const COLUMN_VALUE_BINS = 1;
export const COLUMN_IMPLICIT = 2;
export const COLUMN_HAS_MISSING = 3;
/** 1 = categorical. */
export const COLUMN_LEVELS = 4;
export const COLUMN_SLOT = 5;
/** Bin of the slot that stands for the first stored bin. */
export const COLUMN_FIRST = 6;

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
/** Least rows and hessian of a side of a threshold; NODE_MIN_H stands for both where a side is judged as a whole. */
export const NODE_MIN_ROWS = 21;
export const NODE_MIN_SUM = 22;
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

/** f64 numbers that say what is grown below a split. */
export const BELOW_COLUMNS8 = 0;
export const BELOW_PITCH8 = 1;
export const BELOW_SLOTS8 = 2;
export const BELOW_BINS16 = 3;
export const BELOW_STRIDE16 = 4;
export const BELOW_COLUMNS = 5;
export const BELOW_LIST = 6;
export const BELOW_COUNT = 7;
export const BELOW_TAKE = 8;
export const BELOW_DRAWN = 9;
export const BELOW_ROWS = 10;
export const BELOW_PACKED = 11;
export const BELOW_SPARE_ROWS = 12;
export const BELOW_NODE = 13;
export const BELOW_FOUND = 14;
export const BELOW_EXTRA = 15;
export const BELOW_MIN_DATA = 16;
export const BELOW_MIN_HESSIAN = 17;
export const BELOW_MAX_DEPTH = 18;
export const BELOW_MIN_GAIN = 19;
export const BELOW_STREAM = 20;
export const BELOW_RECORDS = 21;
export const BELOW_MOST_RECORDS = 22;
export const BELOW_SETS = 23;
export const BELOW_SET_BYTES = 24;
export const BELOW_CELLS = 25;
export const BELOW_SCRATCH = 26;
export const BELOW_TABLE = 27;
/** Of a whole tree only. */
export const BELOW_BINS8 = 28;
export const BELOW_STRIDE8 = 29;
export const BELOW_CELLS16 = 30;
export const BELOW_HISTOGRAMS = 31;
export const BELOW_HISTOGRAM_BYTES = 32;
export const BELOW_MOST_LEAVES = 33;
export const BELOW_DEPTH_WISE = 34;
export const BELOW_DRAWS = 35;
/** Groups of four byte slots. */
export const BELOW_QUADS8 = 36;
/** 1: only the listed slots are counted. */
export const BELOW_FEW_SLOTS = 38;
export const BELOW_LIST8 = 39;
export const BELOW_COUNT8 = 40;
export const BELOW_LIST16 = 41;
export const BELOW_COUNT16 = 42;
export const BELOW_NUMBERS = 48;

/** A node grown below a split: i32 words, then f64 numbers, counted from its first byte. */
export const GROWN_COLUMN = 0;
export const GROWN_BIN = 1;
export const GROWN_MISSING_LEFT = 2;
export const GROWN_DEPTH = 3;
export const GROWN_LEFT = 4;
export const GROWN_SET = 5;
export const GROWN_BEGIN = 6;
export const GROWN_END = 7;
export const GROWN_NEXT = 8;
export const GROWN_HISTOGRAM = 9;
export const GROWN_GAIN = 5;
export const GROWN_G = 6;
export const GROWN_H = 7;
export const GROWN_LEFT_G = 8;
export const GROWN_LEFT_H = 9;
export const GROWN_BYTES = 80;
