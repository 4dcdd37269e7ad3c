import { createWriteStream, openSync, type WriteStream } from "node:fs";

/**
 * A stream into a file that is not there yet and stands there when this returns: a stream that opens it by itself may do so after it was given up, when whoever
 * removes what it left has looked already. Throws where the file cannot be made.
 */
export function newFile(path: string): WriteStream {
  return createWriteStream(path, { fd: openSync(path, "wx") });
}
