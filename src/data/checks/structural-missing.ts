import type { Check } from "../check.ts";
import { structuralGaps } from "../missing/structural-gaps.ts";

/** A gap means that there is nothing to fill in: the sister column says so in the same rows ("no garage", 0 of it). */
export const structuralMissing: Check = {
  trap: "structural-missing",
  title: "Missing means that there is none",
  inspect: structuralGaps,
};
