/** Bytes per page of WebAssembly memory. */
const PAGE = 65_536;
const MOST_PAGES = 65_536;

/** Memory of a WebAssembly kernel that threads may share. @throws RangeError when the machine gives no such memory. */
export function kernelMemory(bytes: number): WebAssembly.Memory {
  return new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE), maximum: MOST_PAGES, shared: true });
}

/** Grows the memory to at least this size. @throws RangeError when it cannot. */
export function growTo(memory: WebAssembly.Memory, bytes: number): void {
  const more = Math.ceil((bytes - memory.buffer.byteLength) / PAGE);
  if (more > 0) memory.grow(more);
}
