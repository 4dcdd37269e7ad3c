import type { ColumnInfo, Dataset } from "../core/dataset.ts";
import { contentHash } from "../core/json.ts";
import { withoutPasswords } from "../core/place.ts";
import { encodingOf, saidOfFile, toldOf } from "../core/reading-note.ts";
import { count, list } from "./column-names.ts";
import { copySql } from "./copy-sql.ts";
import { countTyped } from "./count-typed.ts";
import { matchColumns, readAs } from "./match-columns.ts";
import { deskOf, type OpenOptions } from "./open-dataset.ts";
import { openSource } from "./open-source.ts";
import type { RawTable } from "./raw-table.ts";
import { literal, type Session, withSession } from "./session.ts";
import { explained, originOf } from "./source.ts";
import { stage } from "./stage-part.ts";
import { ALL_PARSED, mergeUnparsed, unparsedOf } from "./unparsed.ts";
import { type Part, partsOf, readVersion, spillFolder } from "./version.ts";
import { type WrittenPart, writeParts } from "./write-version.ts";

/**
 * One version with the rows of `train` and then those of a test file (the last `result.rows - train.rows`), read with the types of
 * `train`. `parent` is the version of `train`. Columns that only the test file
 * has are left out with a note. @throws OldhandError schema-mismatch when one of train's columns is missing, or as openDataset.
 */
export async function concatDatasets(train: Dataset, testPath: string, options: OpenOptions): Promise<Dataset> {
  const spill = spillFolder(options.dataFolder);
  const encoding = encodingOf(train.noticed);
  const source = await openSource(
    testPath,
    {
      ...deskOf(options),
      ...(train.shifted === undefined ? {} : { shifted: train.shifted }),
      ...(encoding === undefined ? {} : { encoding }),
    },
    train.columns.map((column) => column.name),
  );
  try {
    const version = contentHash({ concat: train.version, bytes: source.contentHash, how: source.how }, 16);
    const known = readVersion(options.dataFolder, version);
    if (known !== null) return known;
    return await withSession(options, spill, async (session) => {
      const { raw, notes } = await source.table(session);
      const { columns, extra } = await matchColumns(session, raw, train.columns, withoutPasswords(testPath));
      const matched = { ...raw, columns };
      const told = toldOf(notes.map((note) => saidOfFile(note, source.name, train.rows)));
      const head = {
        version,
        source: {
          ...originOf(source),
          name: `${train.source.name} + ${source.name}`,
          bytes: train.source.bytes + source.bytes,
          format: train.source.format,
          dialect: train.source.dialect,
        },
        notes: [...train.notes, ...told.notes, ...extraNote(extra, source.name)],
        noticed: [...(train.noticed ?? []), ...(told.noticed ?? [])],
        ...(train.shifted === undefined ? {} : { shifted: train.shifted }),
        parent: train.version,
      };
      const olds = partsOf(options.dataFolder, train.version, train.columns);
      return writeParts(options.dataFolder, head, olds.length, (part, path) => appendPart(session, train.rows, olds[part], matched, path));
    });
  } catch (error) {
    throw await explained(error, source);
  } finally {
    source.close();
  }
}

export function extraNote(extra: readonly string[], name: string): string[] {
  if (extra.length === 0) return [];
  return [
    `${name}: ${count(extra.length, "column", "columns")} unknown to the training data left out: ${list(extra.map((column) => `"${column}"`))}.`,
  ];
}

async function appendPart(session: Session, trainRows: number, old: Part | undefined, test: RawTable, path: string): Promise<WrittenPart> {
  if (old === undefined) throw new RangeError("no such part");
  const infos = old.columns;
  const raws = infos.flatMap((info) => test.columns.filter((column) => column.name === info.name));
  const expressions = infos.map((info, index) => stagedSql(raws[index], info, test.decimal));
  const names = infos.map((_, index) => `v${index}`);
  const testRows = await stage(session, test.relation, expressions, names);
  const typed = infos.map((info, index) => {
    const raw = raws[index];
    return raw === undefined || expressions[index] !== raw.text ? (names[index] ?? "") : readAs(raw, info, test.decimal, names[index]);
  });
  const select = `SELECT ${old.stored.join(", ")} FROM read_parquet(${literal(old.path)}) UNION ALL SELECT ${typed.join(", ")} FROM raw`;
  await session.run(copySql(select, path, trainRows + testRows));
  const rows = trainRows + testRows;
  const facts = await countTyped(
    session,
    path,
    old.stored,
    infos.map((info) => info.type),
    rows,
  );
  const columns: ColumnInfo[] = [];
  for (const [index, info] of infos.entries()) {
    const cell = names[index] ?? "";
    const unparsed = typed[index] === cell ? ALL_PARSED : await unparsedOf(session, cell, typed[index] ?? cell, info.dateFormat);
    // Notes were counted in the training rows alone.
    const { noted: _, ...known } = info;
    columns.push({ ...known, ...facts[index], ...mergeUnparsed(info, unparsed) });
  }
  return { columns, rows };
}

/** Text where a cell may fail to parse, so that it can be reported; else the value itself. */
function stagedSql(raw: RawTable["columns"][number] | undefined, info: ColumnInfo, decimal: "." | ","): string {
  if (raw === undefined) return "NULL";
  return raw.kind === info.type ? readAs(raw, info, decimal) : raw.text;
}
