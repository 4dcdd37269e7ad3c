import { setFlagsFromString } from "node:v8";

/**
 * Most functions of a command run for a moment, and to optimise them takes the processor longer than they take. So that is done for what ran fifteen
 * times as long as is usual (some milliseconds more in each function that matters), in all threads. Measured in docs/decisions/0015.
 */
setFlagsFromString("--interrupt-budget=1000000");
