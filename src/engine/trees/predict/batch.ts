import { growTo } from "../../../core/kernel-memory.ts";
import type { Feature } from "../../../core/matrix.ts";
import type { TreeEnsemble } from "../ensemble.ts";
import { type Crew, createCrew, MOST_HELPERS, PROGRAM_AT, SLOTS_EACH } from "./crew.ts";
import { createKernelMemory, type KernelMemory } from "./kernel.ts";
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

function blockLayout({ inputs, rankColumns }: Program, outputs: number, at: number): BlockLayout {
  const rowBytes = 8 * inputs.length + rankColumns + 8 * outputs;
  const rows = Math.min(MOST_ROWS, Math.max(1, Math.floor(BLOCK_BYTES / rowBytes / GROUP)) * GROUP);
  const stride = 8 * rows;
  const work = at + stride * inputs.length;
  const out = Math.ceil((work + SCRATCH_BYTES + rankColumns * rows) / 16) * 16;
  return { rows, input: at, stride, work, out, end: out + 8 * outputs * rows };
}

/** Copies rows [begin, end) of the columns in use into a block. */
function fillInputs(
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

interface Kept {
  readonly kernelMemory: KernelMemory;
  readonly crew: Crew | null;
}

let kept: Kept | null = null;

/**
 * Raw scores of all rows, rows x outputs, by the kernel. Columns: one per feature of the ensemble. threads: this one and up to 16 workers, which
 * stay for the next call.
 * @throws RangeError when the machine gives no such memory.
 */
export function predictBatch(ensemble: TreeEnsemble, columns: readonly Feature[], rows: number, raw: Float64Array, threads = 1): void {
  const { outputs } = ensemble;
  const program = programOf(ensemble);
  const helpers = Math.min(MOST_HELPERS, threads - 1);
  const layouts = [blockLayout(program, outputs, PROGRAM_AT + program.bytes.length)];
  for (let slot = 0; slot < helpers * SLOTS_EACH; slot++) layouts.push(blockLayout(program, outputs, layouts.at(-1)!.end));
  const { kernelMemory, crew } = reserve(layouts.at(-1)!.end, helpers);
  const { memory, kernel } = kernelMemory;
  new Uint8Array(memory.buffer, PROGRAM_AT).set(program.bytes);
  let next = 0;
  const take = (layout: BlockLayout): Block => {
    const block = { layout, begin: next, end: Math.min(rows, next + layout.rows) };
    fillInputs(memory.buffer, layout, program.inputs, columns, block.begin, block.end);
    next = block.end;
    return block;
  };
  const collect = ({ layout, begin, end }: Block) =>
    raw.set(new Float64Array(memory.buffer, layout.out, (end - begin) * outputs), begin * outputs);
  const shared = crew === null ? null : shareBlocks(crew, layouts.slice(1), take, collect, () => next < rows);
  while (next < rows) {
    shared?.handOut();
    if (next >= rows) break;
    const block = take(layouts[0]!);
    kernel.predictBlock(...argumentsOf(block));
    collect(block);
  }
  shared?.finish();
  if (layouts.at(-1)!.end > KEPT_BYTES) giveBack();
}

function giveBack(): void {
  kept?.crew?.close();
  kept = null;
}

interface Block {
  readonly layout: BlockLayout;
  readonly begin: number;
  readonly end: number;
}

function argumentsOf({ layout, begin, end }: Block): [number, number, number, number, number, number] {
  return [PROGRAM_AT, layout.input, layout.stride, layout.work, layout.out, end - begin];
}

/** Blocks to the crew's slots while there are rows; this thread only copies. */
function shareBlocks(
  crew: Crew,
  layouts: readonly BlockLayout[],
  take: (layout: BlockLayout) => Block,
  collect: (block: Block) => void,
  isMore: () => boolean,
) {
  const pending: (Block | null)[] = layouts.map(() => null);
  const finish = (slot: number): void => {
    const block = pending[slot];
    if (block === null || block === undefined) return;
    crew.wait(slot);
    collect(block);
    pending[slot] = null;
    crew.release(slot);
  };
  return {
    handOut: () => {
      for (const [slot, layout] of layouts.entries()) {
        if (crew.isDone(slot)) finish(slot);
        if (!isMore() || !crew.isFree(slot)) continue;
        const block = take(layout);
        pending[slot] = block;
        crew.start(slot, argumentsOf(block));
      }
    },
    finish: () => {
      for (let slot = 0; slot < layouts.length; slot++) finish(slot);
    },
  };
}

/** The memory of the last call if it suits. One with workers is not grown under them but replaced, with room to spare. */
function reserve(bytes: number, helpers: number): Kept {
  const { kernelMemory, crew } = kept ?? { kernelMemory: null, crew: null };
  const isLarge = kernelMemory !== null && kernelMemory.memory.buffer.byteLength >= bytes;
  if (kernelMemory !== null && crew === null && helpers === 0) {
    growTo(kernelMemory.memory, bytes);
    return { kernelMemory, crew };
  }
  if (kernelMemory !== null && isLarge && (helpers === 0 || crew?.helpers === helpers))
    return { kernelMemory, crew: helpers === 0 ? null : crew };
  giveBack();
  const made = createKernelMemory(helpers === 0 ? bytes : 2 * bytes);
  kept = { kernelMemory: made, crew: helpers === 0 ? null : createCrew(made, helpers) };
  return kept;
}
