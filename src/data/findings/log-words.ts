import { namedColumns, percent } from "./phrase.ts";

/** What a straight line tells of the target by the values of each column, and by their logarithms. */
export interface ToldByLogs {
  readonly told: Readonly<Record<string, number>>;
  readonly toldByLogs: Readonly<Record<string, number>>;
}

export function logAdvice(columns: readonly string[]): string {
  return `Where a linear model is to be used, give it the logarithms of ${namedColumns(columns)}; trees need nothing.`;
}

/** columns: the one that gains most first. */
export function straightWords(target: string, [first = "", ...others]: readonly string[], { told, toldByLogs }: ToldByLogs): string {
  const more = others.length === 0 ? "" : ` (and likewise ${namedColumns(others.toSorted())})`;
  return `A straight line in \`${first}\` tells ${percent(told[first] ?? 0)} of the differences of \`${target}\`, one in its logarithm ${percent(toldByLogs[first] ?? 0)}${more}: it grows by factors, and a linear model goes by the few largest values.`;
}

/** share: of the squares of the column in which it is largest. */
export function tailWords(columns: readonly string[], share: number): string {
  return `One row in a hundred carries up to ${percent(share)} of the squared deviations of ${namedColumns(columns)} (of a normal column 8 %): they grow by factors, and a linear model goes by the few largest.`;
}
