import type { Feature } from "../../../core/matrix.ts";
import type { TreeEnsemble } from "../ensemble.ts";
import { createKernelMemory, growTo, type KernelMemory } from "./kernel.ts";
import { type Program, programOf } from "./program.ts";

/** Where the parts of a block lie in the kernel's memory, and how many rows it takes. */
export interface BlockLayout {
  readonly rows: number;
  readonly input: number;
  /** Bytes per input column. */
  readonly stride: number;
  readonly work: number;
  readonly out: number;
  readonly end: number;
}

const GROUP = 64;
/** A block's inputs, ranks and scores should stay in the second-level cache. */
const BLOCK_BYTES = 512 * 1024;
const MOST_ROWS = 1024;
const SCRATCH_BYTES = 960;
/** The first kilobyte is the compiler's. */
export const PROGRAM_AT = 1024;

export function blockLayout({ inputs, rankColumns }: Program, outputs: number, at: number): BlockLayout {
  const rowBytes = 8 * inputs.length + rankColumns + 8 * outputs;
  const rows = Math.min(MOST_ROWS, Math.max(1, Math.floor(BLOCK_BYTES / rowBytes / GROUP)) * GROUP);
  const stride = 8 * rows;
  const work = at + stride * inputs.length;
  const out = Math.ceil((work + SCRATCH_BYTES + rankColumns * rows) / 16) * 16;
  return { rows, input: at, stride, work, out, end: out + 8 * outputs * rows };
}

/** Copies rows [begin, end) of the columns in use into a block. */
export function fillInputs(
  buffer: ArrayBufferLike,
  layout: BlockLayout,
  inputs: Int32Array,
  columns: readonly Feature[],
  begin: number,
  end: number,
): void {
  let at = layout.input;
  for (const place of inputs) {
    const column = columns[place]!;
    if (column.kind === "numeric") new Float64Array(buffer, at, end - begin).set(column.values.subarray(begin, end));
    else new Int32Array(buffer, at, end - begin).set(column.codes.subarray(begin, end));
    at += layout.stride;
  }
}

/** A memory that grew beyond this is given back after use. */
const KEPT_BYTES = 64 * 1024 * 1024;
let kept: KernelMemory | null = null;

/** Raw scores of all rows, rows x outputs, by the kernel in this thread. Columns: one per feature of the ensemble. */
export function predictBatch(ensemble: TreeEnsemble, columns: readonly Feature[], rows: number, raw: Float64Array): void {
  const { outputs } = ensemble;
  const program = programOf(ensemble);
  const layout = blockLayout(program, outputs, PROGRAM_AT + program.bytes.length);
  const { memory, kernel } = memoryFor(layout.end);
  new Uint8Array(memory.buffer, PROGRAM_AT).set(program.bytes);
  for (let begin = 0; begin < rows; begin += layout.rows) {
    const end = Math.min(rows, begin + layout.rows);
    fillInputs(memory.buffer, layout, program.inputs, columns, begin, end);
    kernel.predictBlock(PROGRAM_AT, layout.input, layout.stride, layout.work, layout.out, end - begin);
    raw.set(new Float64Array(memory.buffer, layout.out, (end - begin) * outputs), begin * outputs);
  }
}

function memoryFor(bytes: number): KernelMemory {
  const used = kept ?? createKernelMemory(bytes);
  growTo(used.memory, bytes);
  kept = bytes > KEPT_BYTES ? null : used;
  return used;
}
