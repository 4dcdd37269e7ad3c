import { aggregate } from "./aggregate.ts";
import type { TextMeasure } from "./column-type.ts";
import { aggregateCounted } from "./counted-texts.ts";
import type { Session } from "./session.ts";
import type { StagedTable } from "./type-amounts.ts";

export async function countWords(
  session: Session,
  { name: table, rows, counted }: StagedTable,
  columns: readonly string[],
): Promise<Map<string, NonNullable<TextMeasure["words"]>>> {
  const once = columns.filter((name) => !counted.places.has(name));
  const spaces = (name: string) => `length(${name}) - length(replace(${name}, ' ', ''))`;
  const found = new Map([
    ...(await aggregate(session, table, once, rows, (name) => [
      `count(DISTINCT ${name})`,
      `coalesce(avg(length(${name})), 0)`,
      `coalesce(avg(${spaces(name)}), 0)`,
    ])),
    ...(await aggregateCounted(session, counted, [
      "count(*)",
      ...["length(v)", spaces("v")].map((each) => `CAST(sum(n * (${each})) AS DOUBLE) / CAST(sum(n) AS DOUBLE)`),
    ])),
  ]);
  return new Map(
    columns.flatMap((name) => {
      const row = found.get(name);
      if (row === undefined) return [];
      const [distinct = 0, meanLength = 0, meanSpaces = 0] = row.map(Number);
      return [[name, { distinct, meanLength, meanSpaces }]];
    }),
  );
}
