import { closeSync, openSync, writeSync } from "node:fs";
import { ByteWriter } from "hyparquet-writer/src/bytewriter.js";
import { writeMetadata } from "hyparquet-writer/src/metadata.js";
import { serializeTCompactProtocol } from "hyparquet-writer/src/thrift.js";

type FileMetaData = Parameters<typeof writeMetadata>[1];
type RowGroup = FileMetaData["row_groups"][number];
type SchemaElement = FileMetaData["schema"][number];

export interface FileColumn {
  readonly name: string;
  readonly isText: boolean;
}

/** The cells of a column in one group of rows, as the bytes of their pages. */
export interface ColumnChunk {
  readonly rows: number;
  readonly present: number;
  /** Which rows hold a value: definition levels, in the hybrid of runs and packed bits. */
  readonly levels: Uint8Array;
  /** Plain values, or the width of a code and packed codes of those in `dictionary`. */
  readonly values: readonly Uint8Array[];
  readonly dictionary: { readonly bytes: Uint8Array; readonly entries: number } | null;
  /** The smallest and the largest number; null for texts and where there is none. */
  readonly range: { readonly least: number; readonly most: number } | null;
}

/** A Parquet file that is written group by group. */
export interface ParquetFile {
  /** The chunks of one group of rows: columns in their order. A chunk is written before the next is asked for. */
  add(rows: number, chunks: Iterable<ColumnChunk>): void;
  /** Writes the end. */
  end(): void;
  /** Closes the file; without `end` it is not whole. */
  close(): void;
}

const MARK = Buffer.from("PAR1");
/** Of the format: types of pages, and encodings. */
const PAGE = { data: 0, dictionary: 2 } as const;
const ENCODING = { plain: 0, levels: 3, codes: 8 } as const;

/** Doubles and texts (UTF-8), any of which may be missing; not compressed: where values repeat, a dictionary is. */
export function parquetFile(path: string, columns: readonly FileColumn[]): ParquetFile {
  const file = openSync(path, "w");
  const groups: RowGroup[] = [];
  let offset = 0;
  let total = 0;
  const write = (bytes: Uint8Array) => {
    for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written, bytes.length - written);
    offset += bytes.length;
  };
  write(MARK);
  return {
    add: (rows, chunks) => {
      const begin = offset;
      const metas = [];
      let place = 0;
      for (const chunk of chunks) {
        const column = columns[place++];
        if (column !== undefined) metas.push(writeChunk(column, chunk, write, () => offset));
      }
      groups.push({ columns: metas, total_byte_size: BigInt(offset - begin), num_rows: BigInt(rows) });
      total += rows;
    },
    end: () => {
      const writer = new ByteWriter();
      writeMetadata(writer, footerOf(columns, groups, total));
      write(writer.getBytes());
      write(MARK);
    },
    close: () => closeSync(file),
  };
}

function writeChunk(
  column: FileColumn,
  chunk: ColumnChunk,
  write: (bytes: Uint8Array) => void,
  offset: () => number,
): RowGroup["columns"][number] {
  const begin = offset();
  const { rows, present, levels, values, dictionary, range } = chunk;
  if (dictionary !== null) {
    write(headerOf(PAGE.dictionary, dictionary.bytes.length, { field_7: { field_1: dictionary.entries, field_2: ENCODING.plain } }));
    write(dictionary.bytes);
  }
  const dataAt = offset();
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, levels.length, true);
  const parts = [length, levels, ...values];
  const encoding = dictionary === null ? ENCODING.plain : ENCODING.codes;
  const described = { field_1: rows, field_2: encoding, field_3: ENCODING.levels, field_4: ENCODING.levels };
  write(
    headerOf(
      PAGE.data,
      parts.reduce((sum, part) => sum + part.length, 0),
      { field_5: described },
    ),
  );
  for (const part of parts) write(part);
  const size = BigInt(offset() - begin);
  return {
    file_offset: BigInt(begin),
    meta_data: {
      type: column.isText ? "BYTE_ARRAY" : "DOUBLE",
      encodings: dictionary === null ? ["PLAIN", "RLE"] : ["PLAIN", "RLE", "RLE_DICTIONARY"],
      path_in_schema: [column.name],
      codec: "UNCOMPRESSED",
      num_values: BigInt(rows),
      total_uncompressed_size: size,
      total_compressed_size: size,
      data_page_offset: BigInt(dataAt),
      ...(dictionary === null ? {} : { dictionary_page_offset: BigInt(begin) }),
      statistics: {
        null_count: BigInt(rows - present),
        ...(range === null ? {} : { min_value: range.least, max_value: range.most }),
      },
    },
  };
}

/** The header of a page. `described`: its own header, by the number of its field. */
function headerOf(type: number, bytes: number, described: Record<`field_${number}`, object>): Uint8Array {
  const writer = new ByteWriter(64);
  serializeTCompactProtocol(writer, { field_1: type, field_2: bytes, field_3: bytes, ...described });
  return writer.getBytes();
}

function footerOf(columns: readonly FileColumn[], groups: RowGroup[], rows: number): FileMetaData {
  const schema: SchemaElement[] = [
    { name: "schema", num_children: columns.length },
    ...columns.map(
      ({ name, isText }): SchemaElement => ({
        name,
        repetition_type: "OPTIONAL",
        ...(isText ? { type: "BYTE_ARRAY", converted_type: "UTF8", logical_type: { type: "STRING" } } : { type: "DOUBLE" }),
      }),
    ),
  ];
  return { version: 2, schema, num_rows: BigInt(rows), row_groups: groups, created_by: "oldhand", metadata_length: 0 };
}
