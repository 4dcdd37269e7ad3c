import type { CheckedLabel, ColumnInfo, Dataset } from "../core/dataset.ts";
import { OldhandError } from "../core/error.ts";
import { contentHash } from "../core/json.ts";
import type { CorrectedLabels } from "../core/recipe.ts";
import { copySql } from "./copy-sql.ts";
import { countTyped } from "./count-typed.ts";
import { errorText } from "./io-error.ts";
import { firstLine, identifier, literal, type Session, type SessionOptions, withSession } from "./session.ts";
import { lookAtSource } from "./source-file.ts";
import { type Part, partsOf, readVersion, spillFolder } from "./version.ts";
import { type WrittenPart, writeParts } from "./write-version.ts";

/** Takes the label away: the row is left out like any other without a label. */
const NO_LABEL = "none";

interface Correction {
  readonly row: number;
  readonly label: string;
  /** The label itself where it was found right. */
  readonly corrected: string;
  /** Who looked at the row; "" = nobody. */
  readonly by: string;
}

export interface Relabelled {
  /** With the checked corrections made; the dataset itself without any. `parent` is the version it was made from. */
  readonly dataset: Dataset;
  /** The other corrections: nobody says that a person looked at the row. */
  readonly unchecked: readonly CorrectedLabels[];
}

/** Most corrections without a check: they stand in every experiment that trains with them. A review file has no more than 2,000 rows. */
const MOST_UNCHECKED = 10_000;

/**
 * The corrections of a review file. The file is a CSV with the columns row (0-based), label (as it stands), corrected (empty or the label itself = leave; "none" = no label)
 * and checked_by (who looked at the row; empty or absent = nobody). `numbers`: the classes of a target whose classes are numbers; absent or null = any number
 * may be a label of it. @throws OldhandError bad-labels, or as for any file.
 */
export async function relabelDataset(
  dataset: Dataset,
  target: string,
  path: string,
  options: SessionOptions & { readonly dataFolder: string; readonly numbers?: readonly number[] | null },
): Promise<Relabelled> {
  lookAtSource(path);
  const { dataFolder, numbers = null } = options;
  const parts = partsOf(dataFolder, dataset.version, dataset.columns);
  const place = dataset.columns.findIndex(({ name }) => name === target);
  const info = dataset.columns[place];
  if (info === undefined) return { dataset, unchecked: [] };
  return withSession(options, spillFolder(dataFolder), async (session) => {
    const all = await readCorrections(session, path);
    await store(session, all);
    await compare(session, parts, info, place, path, dataset.rows);
    await refuseStrangers(session, parts, info, path, numbers);
    const unchecked = uncheckedOf(all, info, path);
    const checked = all.filter(({ by }) => by !== "").map((one): CheckedLabel => (isChange(one) ? one : { ...one, corrected: "" }));
    if (checked.length === 0) return { dataset, unchecked };
    const corrections = checked.filter(({ corrected }) => corrected !== "");
    await session.run("DELETE FROM corrections WHERE NOT checked OR NOT changes");
    const version = contentHash({ parent: dataset.version, target, checked: checked as unknown as string }, 16);
    const known = readVersion(dataFolder, version);
    if (known !== null) return { dataset: known, unchecked };
    const done = doneWith(corrections.length, checked.length - corrections.length);
    const head = {
      version,
      source: { ...dataset.source, name: `${dataset.source.name} (${done})` },
      notes: [...dataset.notes, `${done}.`],
      ...(dataset.noticed === undefined ? {} : { noticed: dataset.noticed }),
      ...(dataset.shifted === undefined ? {} : { shifted: dataset.shifted }),
      parent: dataset.version,
      checked,
    };
    const made = await writeParts(dataFolder, head, parts.length, (part, to) => rewrite(session, parts[part], info, to));
    return { dataset: made, unchecked };
  });
}

function doneWith(corrected: number, right: number): string {
  const labels = (count: number) => `${count.toLocaleString("en")} label${count === 1 ? "" : "s"}`;
  if (corrected === 0) return `${labels(right)} checked and found right`;
  return `${labels(corrected)} corrected and checked${right === 0 ? "" : `, ${right.toLocaleString("en")} found right`}`;
}

function isChange({ label, corrected }: Correction): boolean {
  return corrected.trim() !== label.trim();
}

/** By label, rows ascending: the same corrections are the same value. */
function uncheckedOf(all: readonly Correction[], { type }: ColumnInfo, path: string): CorrectedLabels[] {
  const open = all.filter((one) => one.by === "" && isChange(one));
  if (open.length > MOST_UNCHECKED)
    throw badLabels("Too many labels are corrected that nobody has checked.", path, `at most ${MOST_UNCHECKED}`, String(open.length));
  const rowsOf = new Map<string, number[]>();
  for (const { row, corrected } of open) {
    const label = type === "number" && corrected !== NO_LABEL ? String(Number(corrected)) : corrected;
    const rows = rowsOf.get(label) ?? [];
    rows.push(row);
    rowsOf.set(label, rows);
  }
  return [...rowsOf]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([label, rows]) => ({ label: label === NO_LABEL ? null : label, rows: rows.sort((a, b) => a - b) }));
}

async function readCorrections(session: Session, path: string): Promise<readonly Correction[]> {
  const source = `read_csv(${literal(path)}, all_varchar=true, header=true, null_padding=true)`;
  let names: string[];
  try {
    names = (await session.rows(`DESCRIBE SELECT * FROM ${source}`)).map(([name]) => String(name));
  } catch (error) {
    throw badLabels("The corrected labels cannot be read as CSV.", path, "row,label,corrected", firstLine(errorText(error)));
  }
  const columnNamed = (wanted: string) => {
    const found = names.find((name) => name.trim().toLowerCase() === wanted);
    if (found !== undefined) return identifier(found);
    throw badLabels(`The corrected labels have no column "${wanted}".`, path, "row,label,corrected", names.slice(0, 8).join(","));
  };
  const [row, label, corrected] = ["row", "label", "corrected"].map(columnNamed);
  const checker = names.find((name) => name.trim().toLowerCase() === "checked_by");
  const checked = checker === undefined ? "NULL" : identifier(checker);
  const cells = await session.rows(
    `SELECT ${row}, ${label}, ${corrected}, ${checked} FROM ${source} WHERE trim(coalesce(${corrected}, '')) NOT IN ('', trim(coalesce(${label}, ''))) OR trim(coalesce(${checked}, '')) <> ''`,
  );
  const seen = new Set<number>();
  return cells.map(([at, was, now, by], line) => {
    const number = /^\d{1,10}$/.test(String(at).trim()) ? Number(at) : Number.NaN;
    if (Number.isNaN(number)) throw badLabels("A row is not numbered.", path, "a whole number from 0", `"${at}" in correction ${line + 1}`);
    if (seen.has(number)) throw badLabels("A row is corrected twice.", path, "each row once", `row ${number}`);
    seen.add(number);
    const label = String(was ?? "");
    return { row: number, label, corrected: String(now ?? "").trim() || label, by: String(by ?? "").trim() };
  });
}

async function store(session: Session, corrections: readonly Correction[]): Promise<void> {
  await session.run(
    "CREATE OR REPLACE TEMP TABLE corrections (number BIGINT, label VARCHAR, corrected VARCHAR, checked BOOLEAN, changes BOOLEAN)",
  );
  for (let from = 0; from < corrections.length; from += 1000) {
    const values = corrections
      .slice(from, from + 1000)
      .map((one) => `(${one.row}, ${literal(one.label)}, ${literal(one.corrected)}, ${one.by !== ""}, ${isChange(one)})`)
      .join(", ");
    await session.run(`INSERT INTO corrections VALUES ${values}`);
  }
}

/** Refuses corrections of other data: rows that are not there, labels that stand otherwise. */
async function compare(
  session: Session,
  parts: readonly Part[],
  info: ColumnInfo,
  place: number,
  path: string,
  rows: number,
): Promise<void> {
  const part = parts.find(({ columns }) => columns.includes(info));
  if (part === undefined) return;
  const label = `t.${targetOf(part, info)}`;
  const table = `read_parquet(${literal(part.path)}, file_row_number=true) t`;
  const [beyond] = await session.rows(`SELECT number FROM corrections WHERE number >= ${rows} ORDER BY number LIMIT 1`);
  if (beyond !== undefined) throw badLabels("A corrected row is not in the data.", path, `rows 0 to ${rows - 1}`, `row ${beyond[0]}`);
  const other = info.type === "number" ? numbersDiffer(label) : namesDiffer(label);
  const [differs] = await session.rows(
    `SELECT c.number, CAST(${label} AS VARCHAR), c.label FROM ${table} JOIN corrections c ON t.file_row_number = c.number WHERE ${other} ORDER BY c.number LIMIT 1`,
  );
  if (differs !== undefined)
    throw badLabels(
      "The review file belongs to other data: a label stands otherwise in it.",
      `${path}, row ${differs[0]}`,
      `"${differs[1] ?? ""}" as in column ${place + 1} of the data`,
      `"${differs[2] ?? ""}"`,
    );
}

/** Refuses classes that nobody has. */
async function refuseStrangers(
  session: Session,
  parts: readonly Part[],
  info: ColumnInfo,
  path: string,
  numbers: readonly number[] | null,
): Promise<void> {
  const part = parts.find(({ columns }) => columns.includes(info));
  if (part === undefined) return;
  const label = `t.${targetOf(part, info)}`;
  const value = "TRY_CAST(corrected AS DOUBLE)";
  const unknown =
    info.type === "number"
      ? `${value} IS NULL OR NOT isfinite(${value})${numbers === null ? "" : ` OR ${value} NOT IN (${numbers.join(", ")})`}`
      : `corrected NOT IN (SELECT DISTINCT CAST(${label} AS VARCHAR) FROM read_parquet(${literal(part.path)}) t WHERE ${label} IS NOT NULL)`;
  const [stranger] = await session.rows(
    `SELECT number, corrected FROM corrections WHERE changes AND corrected <> ${literal(NO_LABEL)} AND (${unknown}) ORDER BY number LIMIT 1`,
  );
  if (stranger === undefined) return;
  const expected = info.type !== "number" ? "a class of the data as it is spelt there" : (shownNumbers(numbers) ?? "a number");
  throw badLabels(
    "A corrected label is none of the data's.",
    `${path}, row ${stranger[0]}`,
    `${expected}, or ${NO_LABEL}`,
    `"${stranger[1]}"`,
  );
}

/** As many classes as a message has room for. */
const SHOWN = 12;

function shownNumbers(numbers: readonly number[] | null): string | null {
  if (numbers === null) return null;
  const more = numbers.length > SHOWN ? ` or one of ${numbers.length - SHOWN} more` : "";
  return more === "" ? `${numbers.slice(0, -1).join(", ")} or ${numbers.at(-1)}` : `${numbers.slice(0, SHOWN).join(", ")}${more}`;
}

function numbersDiffer(label: string): string {
  return `TRY_CAST(c.label AS DOUBLE) IS NULL OR abs(TRY_CAST(c.label AS DOUBLE) - ${label}) > 1e-9 * greatest(1, abs(${label})) OR ${label} IS NULL`;
}

/** The review shows the class; the data may spell it with blanks, a stop or another case. */
function namesDiffer(label: string): string {
  const bare = (text: string) => `lower(regexp_replace(${text}, '[^\\p{L}\\p{N}]', '', 'g'))`;
  return `${label} IS NULL OR (trim(c.label) <> trim(CAST(${label} AS VARCHAR)) AND (${bare("c.label")} <> ${bare(`CAST(${label} AS VARCHAR)`)} OR ${bare("c.label")} = ''))`;
}

function targetOf(part: Part, info: ColumnInfo): string {
  return part.stored[part.columns.indexOf(info)] ?? "";
}

async function rewrite(session: Session, old: Part | undefined, info: ColumnInfo, path: string): Promise<WrittenPart> {
  if (old === undefined) throw new RangeError("no such part");
  const value = info.type === "number" ? "TRY_CAST(c.corrected AS DOUBLE)" : "c.corrected";
  const known = `NULLIF(c.corrected, ${literal(NO_LABEL)})`;
  const columns = old.stored.map((name, place) =>
    old.columns[place]?.name === info.name
      ? `CASE WHEN c.number IS NULL THEN t.${name} WHEN ${known} IS NULL THEN NULL ELSE ${value} END AS ${name}`
      : `t.${name}`,
  );
  const from = `read_parquet(${literal(old.path)}, file_row_number=true) t LEFT JOIN corrections c ON t.file_row_number = c.number`;
  await session.run(copySql(`SELECT ${columns.join(", ")} FROM ${from} ORDER BY t.file_row_number`, path, null));
  const [counted] = await session.rows(`SELECT count(*) FROM read_parquet(${literal(path)})`);
  const rows = Number(counted?.[0] ?? 0);
  const types = old.columns.map(({ type }) => type);
  const facts = await countTyped(session, path, old.stored, types, rows);
  return { columns: old.columns.map((column, index) => ({ ...column, ...facts[index] })), rows };
}

function badLabels(what: string, where: string, expected: string, got: string): OldhandError {
  return new OldhandError("bad-labels", {
    what,
    where,
    expected,
    got,
    fix: "Fill in the columns `corrected` and `checked_by` of the dossier's review.csv and leave the others as they are.",
  });
}
