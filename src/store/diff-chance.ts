import { cellsDiffer, pairedColumns, type SharedColumn } from "./diff-tables.ts";
import type { Session } from "./session.ts";

/** Fewer pairs agree or not by chance. */
const LEAST_PAIRS = 50;
const MOST_TRIED_COLUMNS = 20;
/** Least agreement beyond that of each row with the next one of the other table: of all cells, and of one column of numbers. */
const [OF_CELLS, OF_NUMBERS] = [0.1, 0.3];
/** So many standard errors are more than chance makes. */
const ERRORS = 4;

/**
 * Whether the rows of the session's table `pairs` know of each other: more cells are equal, or the numbers of a column follow each other more closely, than where each row is
 * paired with the partner of the next one. That leaves out what the order of the files alone does: both may be sorted by the same column. Columns in `without` number the rows.
 */
export async function agreeBeyondChance(
  session: Session,
  { shared }: { readonly shared: readonly SharedColumn[] },
  without: readonly string[],
): Promise<boolean> {
  const others = shared.filter(({ name }) => !without.includes(name)).slice(0, MOST_TRIED_COLUMNS);
  const [counted] = await session.rows("SELECT count(*) FROM pairs");
  const pairs = Number(counted?.[0] ?? 0);
  if (others.length === 0 || pairs < LEAST_PAIRS) return true;
  const own = await agreementOf(session, others);
  await session.run("ALTER TABLE pairs RENAME TO own_pairs");
  await session.run("CREATE TEMP TABLE pairs AS SELECT ra, coalesce(lead(rb) OVER (ORDER BY ra), min(rb) OVER ()) AS rb FROM own_pairs");
  const next = await agreementOf(session, others);
  await session.run("DROP TABLE pairs");
  await session.run("ALTER TABLE own_pairs RENAME TO pairs");
  const error = ERRORS / Math.sqrt(pairs);
  const beyond = (mine: number, chance: number) => (mine >= 1 ? 1 : (mine - chance) / (1 - chance));
  return (
    beyond(own.equal, next.equal) >= Math.max(OF_CELLS, error * Math.SQRT1_2) ||
    own.closeness.some((mine, place) => beyond(mine, Math.max(0, next.closeness[place] ?? 0)) >= Math.max(OF_NUMBERS, error * Math.SQRT2))
  );
}

interface Agreement {
  /** Share of cells that are equal. */
  readonly equal: number;
  /** Correlation of each column; 0 where it has none. */
  readonly closeness: readonly number[];
}

async function agreementOf(session: Session, columns: readonly SharedColumn[]): Promise<Agreement> {
  const isNumber = ({ a, b }: SharedColumn) => a.info.type === "number" && b.info.type === "number";
  const told = columns.flatMap((column, place) => [
    `avg(CASE WHEN ${cellsDiffer(`x${place}`, column.a.info, `y${place}`, column.b.info)} THEN 0.0 ELSE 1.0 END)`,
    isNumber(column) ? `corr(x${place}, y${place})` : "NULL",
  ]);
  const [row = []] = await session.rows(`SELECT ${told.join(", ")} FROM ${pairedColumns(columns)}`);
  const numbers = row.map((cell) => (Number.isFinite(Number(cell)) ? Number(cell) : 0));
  const equal = columns.reduce((sum, _, place) => sum + (numbers[2 * place] ?? 0), 0) / columns.length;
  return { equal, closeness: columns.map((_, place) => numbers[2 * place + 1] ?? 0) };
}
