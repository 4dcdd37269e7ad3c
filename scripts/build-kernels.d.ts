/** Kernels that have a bytes file, as ROOM/NAME. */
export function kernelNames(): string[];
/** Folder of the sources of a room. */
export function sourcesOf(room: string): string;
/** Path of the bytes file of a kernel. */
export function bytesFile(name: string): string;
/** Text of the bytes file that the source gives. */
export function compileKernel(name: string): Promise<string>;
export function buildKernels(): Promise<void>;
