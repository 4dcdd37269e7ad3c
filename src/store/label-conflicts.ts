import type { ColumnType } from "../core/column.ts";
import type { ComparedLabels, LabelConflicts } from "../core/whole-counts.ts";
import { sqlOf } from "./held-rows.ts";
import { literal, type Session } from "./session.ts";
import type { Part } from "./version.ts";

/**
 * Rows are grouped by two 64-bit hashes over the features in two orders, so that memory holds no rows: of ten million different rows two would agree in both with
 * a probability below 1e-24.
 */
export async function countConflicts(
  session: Session,
  parts: readonly Part[],
  features: ReadonlySet<string>,
  labels: ComparedLabels,
): Promise<LabelConflicts> {
  const from = rowsSql(parts, features, labels);
  if (labels.kind === "classes" && labels.classOf.every(({ index }) => index <= 1)) {
    // Two classes need no group for each class: half the time where most rows stand alone.
    const counted = `SELECT count(*) AS size, count(*) FILTER (t = 1) AS positives FROM (${from}) WHERE t IS NOT NULL GROUP BY h, g`;
    const rows = await session.rows(
      `SELECT size, positives, positives > 0 AND positives < size, count(*), sum(greatest(positives, size - positives)), 0 FROM (${counted}) GROUP BY size, positives`,
    );
    return { groups: rows.map(groupsOf), total: 0 };
  }
  if (labels.kind === "classes") {
    const rows = await session.rows(
      `SELECT size, positives, kinds > 1, count(*), sum(best), 0 FROM (
        SELECT sum(n) AS size, coalesce(sum(n) FILTER (t = 1), 0) AS positives, count(*) AS kinds, max(n) AS best
        FROM (SELECT h, g, t, count(*) AS n FROM (${from}) WHERE t IS NOT NULL GROUP BY h, g, t) GROUP BY h, g
      ) GROUP BY size, positives, kinds > 1`,
    );
    return { groups: rows.map(groupsOf), total: 0 };
  }
  const grouped = `SELECT count(*) AS size, min(t) < max(t) AS differ, var_pop(t) * count(*) AS within FROM (${from}) WHERE t IS NOT NULL GROUP BY h, g`;
  const rows = await session.rows(`SELECT size, 0, differ, count(*), 0, sum(within) FROM (${grouped}) GROUP BY size, differ`);
  const [total = []] = await session.rows(`SELECT var_pop(t) * count(t) FROM (${from})`);
  return { groups: rows.map(groupsOf), total: Number(total[0] ?? 0) };
}

function groupsOf([size, positives, differ, groups, right, within]: readonly unknown[]) {
  return {
    size: Number(size),
    positives: Number(positives),
    differ: differ === true,
    groups: Number(groups),
    right: Number(right),
    within: Number(within),
  };
}

/** One row for each row of the table: h and g, its two hashes, and t, its label. */
function rowsSql(parts: readonly Part[], features: ReadonlySet<string>, labels: ComparedLabels): string {
  const each = parts.flatMap(({ path, columns, stored }, place) => {
    const named = stored.filter((_, index) => features.has(columns[index]?.name ?? ""));
    const at = columns.findIndex(({ name }) => name === labels.column);
    const [target, type = "text"] = [stored[at], columns[at]?.type];
    if (named.length === 0 && target === undefined) return [];
    const select = [
      "file_row_number AS number",
      `hash(${[place, ...named].join(", ")}) AS h${place}`,
      `hash(${[...named].reverse().concat(String(place)).join(", ")}) AS g${place}`,
      ...(target === undefined ? [] : [`${labelSql(target, type, labels)} AS t`]),
    ];
    return [{ place, sql: `(SELECT ${select.join(", ")} FROM read_parquet(${literal(path)}, file_row_number=true)) p${place}` }];
  });
  const joined = each.map(({ sql }) => sql).reduce((all, sql) => `${all} JOIN ${sql} USING (number)`);
  const hashOf = (name: string) => `hash(${each.map(({ place }) => `${name}${place}`).join(", ")})`;
  return `SELECT ${hashOf("h")} AS h, ${hashOf("g")} AS g, t FROM ${joined}`;
}

function labelSql(stored: string, type: ColumnType, labels: ComparedLabels): string {
  if (labels.kind === "numbers") {
    const without = labels.without.map(sqlOf).join(", ");
    return without === "" ? stored : `CASE WHEN ${stored} IN (${without}) THEN NULL ELSE ${stored} END`;
  }
  // Numbers are compared as numbers: they may be written in several ways.
  const cases = labels.classOf.map(({ value, index }) => `WHEN ${sqlOf(type === "number" ? Number(value) : value)} THEN ${index}`);
  return `CASE ${stored} ${cases.join(" ")} END`;
}
