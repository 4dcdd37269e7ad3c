import type { AuditContext } from "../check.ts";
import { type NumberColumn, valueCounts } from "../columns/counts.ts";
import { featuresOf } from "../columns/features.ts";
import { type SentinelCode, sentinelCodes } from "./sentinels.ts";
import { zeroCodes } from "./zero-codes.ts";

/** Numbers in features that stand for "no value", zeros included. Checks that look at extremes leave these values out. Once per audit. */
export function featureCodes(context: AuditContext): readonly SentinelCode[] {
  return context.shared("sentinel-codes", () => {
    const columns = featuresOf(context).filter((column): column is NumberColumn => "values" in column);
    const looks = columns.map((column) => sentinelCodes(column, valueCounts(context, column)));
    const clear = looks.flatMap(({ clear }) => clear);
    const sure = new Set(clear.filter(({ confidence }) => confidence >= 0.8).flatMap(({ values }) => values));
    const weak = looks.flatMap(({ weak }) => weak.filter(({ values }) => values.every((value) => sure.has(value))));
    return [...clear, ...weak, ...zeroCodes(context)];
  });
}
