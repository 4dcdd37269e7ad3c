import type { ColumnType } from "../core/column.ts";
import type { ComparedLabels, LabelConflicts } from "../core/whole-counts.ts";
import { sqlOf } from "./held-rows.ts";
import { storeRowNumbers } from "./row-numbers.ts";
import { literal, type Session } from "./session.ts";
import type { Part } from "./version.ts";

/**
 * Rows are grouped by two 64-bit hashes over the features in two orders, so that memory holds no rows: of ten million different rows two would agree in both with
 * a probability below 1e-24. Most rows stand alone by the first hash already; the second is made of the others only. `among`: numbers of rows beside which
 * each row stands alone, where they are known; then the first is made of these only, too.
 */
export async function countConflicts(
  session: Session,
  parts: readonly Part[],
  features: ReadonlySet<string>,
  labels: ComparedLabels,
  among: Int32Array | null,
): Promise<LabelConflicts> {
  const compared = comparedParts(parts, features, labels.column);
  const target = targetSql(parts, labels);
  if (among === null) await hashAll(session, compared, target);
  else await takeLabels(session, compared, target, among);
  const [[others] = []] = await session.rows("SELECT count(*) FROM not_alone");
  const isMark = labels.kind === "classes" ? "t = 1" : "false";
  const alone = await session.rows(
    `SELECT 1, CAST(${isMark} AS INTEGER) AS positives, false, count(*), ${labels.kind === "classes" ? "count(*)" : "0"}, 0
     FROM labelled ANTI JOIN not_alone USING (number) GROUP BY positives`,
  );
  const first = among === null ? "labelled" : `labelled JOIN (${hashedSql(compared, "h", "not_alone")}) USING (number)`;
  const together =
    Number(others) === 0
      ? []
      : await session.rows(
          groupsSql(`SELECT h, g, t FROM ${first} JOIN (${hashedSql(compared, "g", "not_alone")}) USING (number)`, labels),
        );
  const [[total] = []] = labels.kind === "classes" ? [[0]] : await session.rows("SELECT var_pop(t) * count(t) FROM labelled");
  return { groups: [...alone, ...together].map(groupsOf), total: Number(total ?? 0) };
}

/** Makes `labelled` of the rows with a label (number, h, t) and `not_alone` of those among them that share their h. */
async function hashAll(session: Session, compared: readonly ComparedPart[], target: string): Promise<void> {
  await session.run(
    `CREATE TEMP TABLE labelled AS SELECT number, h, t FROM (${hashedSql(compared, "h", null, target)}) WHERE t IS NOT NULL`,
  );
  await session.run(
    "CREATE TEMP TABLE not_alone AS SELECT number FROM labelled WHERE h IN (SELECT h FROM labelled GROUP BY h HAVING count(*) > 1)",
  );
}

/** The same (number, t) where the rows that are not alone are known. */
async function takeLabels(session: Session, compared: readonly ComparedPart[], target: string, among: Int32Array): Promise<void> {
  await storeRowNumbers(session, "not_alone", among);
  const { file } = compared.find(({ hasTarget }) => hasTarget) ?? {};
  await session.run(
    `CREATE TEMP TABLE labelled AS SELECT number, t FROM (SELECT file_row_number AS number, ${target} AS t FROM ${file}) WHERE t IS NOT NULL`,
  );
}

/** Groups of rows that agree in h and g, counted by what they are like: size, positives, whether labels differ, groups, rows of the commonest class, squares within. */
function groupsSql(rows: string, labels: ComparedLabels): string {
  if (labels.kind === "numbers") {
    const grouped = `SELECT count(*) AS size, min(t) < max(t) AS differ, var_pop(t) * count(*) AS within FROM (${rows}) GROUP BY h, g`;
    return `SELECT size, 0, differ, count(*), 0, sum(within) FROM (${grouped}) GROUP BY size, differ`;
  }
  const counted = `SELECT h, g, t, count(*) AS n FROM (${rows}) GROUP BY h, g, t`;
  const grouped = `SELECT sum(n) AS size, coalesce(sum(n) FILTER (t = 1), 0) AS positives, count(*) AS kinds, max(n) AS best FROM (${counted}) GROUP BY h, g`;
  return `SELECT size, positives, kinds > 1, count(*), sum(best), 0 FROM (${grouped}) GROUP BY size, positives, kinds > 1`;
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

interface ComparedPart {
  readonly file: string;
  /** Its features. */
  readonly stored: readonly string[];
  readonly hasTarget: boolean;
}

function comparedParts(parts: readonly Part[], features: ReadonlySet<string>, target: string): ComparedPart[] {
  return parts.flatMap(({ path, columns, stored }) => {
    const named = stored.filter((_, index) => features.has(columns[index]?.name ?? ""));
    const hasTarget = columns.some(({ name }) => name === target);
    return named.length === 0 && !hasTarget
      ? []
      : [{ file: `read_parquet(${literal(path)}, file_row_number=true)`, stored: named, hasTarget }];
  });
}

/** number and a hash over the features of each row, or of those in the table `among`: `h`, or over the features in reverse `g`; t, its label, where `target` is given. */
function hashedSql(parts: readonly ComparedPart[], hash: "h" | "g", among: string | null, target: string | null = null): string {
  const each = parts.map(({ file, stored, hasTarget }, place) => {
    const hashed = hash === "g" ? [...stored].reverse().concat(String(place)) : [String(place), ...stored];
    const label = hasTarget && target !== null ? `, ${target} AS t` : "";
    const from = among === null ? file : `${file} SEMI JOIN ${among} ON file_row_number = number`;
    return `(SELECT file_row_number AS number, hash(${hashed.join(", ")}) AS ${hash}${place}${label} FROM ${from}) p${place}`;
  });
  const joined = each.reduce((all, sql) => `${all} JOIN ${sql} USING (number)`);
  const all = parts.map((_, place) => `${hash}${place}`).join(", ");
  return `SELECT number, hash(${all}) AS ${hash}${target === null ? "" : ", t"} FROM ${joined}`;
}

function targetSql(parts: readonly Part[], labels: ComparedLabels): string {
  const part = parts.find(({ columns }) => columns.some(({ name }) => name === labels.column));
  const at = part?.columns.findIndex(({ name }) => name === labels.column) ?? -1;
  return labelSql(part?.stored[at] ?? "NULL", part?.columns[at]?.type ?? "text", labels);
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
