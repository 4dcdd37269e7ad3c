/** A WebAssembly kernel of this room over a memory of its own, which only grows. */
export interface Kernel<T> {
  readonly memory: WebAssembly.Memory;
  readonly exports: T;
  /** Makes the memory as large as that, if it is not. */
  reserve(bytes: number): void;
}

/** Bytes per page of WebAssembly memory. */
const PAGE = 65_536;
const MOST_PAGES = 65_536;

/** @param bytes of the module, in Base64. T: what src/store/assembly exports; addresses are bytes. */
export function openKernel<T>(bytes: string): Kernel<T> {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: MOST_PAGES, shared: true });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(bytes, "base64")), { env: { memory } });
  return {
    memory,
    exports: exports as unknown as T,
    reserve: (wanted) => {
      const more = Math.ceil((wanted - memory.buffer.byteLength) / PAGE);
      if (more > 0) memory.grow(more);
    },
  };
}
