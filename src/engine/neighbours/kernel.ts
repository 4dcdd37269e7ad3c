import { growTo, kernelMemory } from "../../core/kernel-memory.ts";
import { BYTES } from "../wasm/neighbours-bytes.ts";

/** What src/engine/assembly/neighbours.ts exports; addresses are bytes, strides doubles. */
export interface NeighbourKernel {
  squaresFrom(values: number, stride: number, width: number, own: number, pitch: number, first: number, count: number, far: number): void;
  compareAll(
    values: number,
    stride: number,
    width: number,
    least: number,
    count: number,
    others: number,
    points: number,
    kept: number,
    apart: number,
    rows: number,
    limits: number,
    far: number,
  ): void;
}

/** The kernel reads so many points at once. */
const AT_ONCE = 4;

let compiled: WebAssembly.Module | null = null;

/** The kernel over a memory of its own. */
export function openKernel(): { readonly memory: WebAssembly.Memory; readonly kernel: NeighbourKernel } {
  compiled ??= new WebAssembly.Module(Buffer.from(BYTES, "base64"));
  const memory = kernelMemory(1);
  return { memory, kernel: new WebAssembly.Instance(compiled, { env: { memory } }).exports as unknown as NeighbourKernel };
}

/** Doubles from one column of a block to the next. */
export function strideOf(count: number): number {
  return Math.ceil(count / AT_ONCE) * AT_ONCE;
}

/** Rooms of so many doubles, one behind the other: where each begins, and where they end. The memory is made large enough. @throws RangeError when it cannot be. */
export function roomsIn(
  memory: WebAssembly.Memory,
  from: number,
  doubles: readonly number[],
): readonly [begins: readonly number[], end: number] {
  let end = from;
  const begins = doubles.map((count) => {
    const begin = end;
    end += 8 * strideOf(count);
    return begin;
  });
  growTo(memory, end);
  return [begins, end];
}
