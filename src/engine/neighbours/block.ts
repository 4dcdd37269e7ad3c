import { openKernel, roomsIn, strideOf } from "./kernel.ts";

/** Some points, of which is told how far they are from one other. */
export interface Block {
  /** Numbers of the points, column by column, `stride` from one to the next: to be filled. */
  readonly values: Float64Array;
  readonly stride: number;
  /** Numbers of the other one: to be filled. */
  readonly own: Float64Array;
  /** Squares of how far the first `count` points are from it; Infinity of equal ones. Lost with the next call. */
  squares(count: number): Float64Array;
}

/** Room for `most` points of `width` numbers each. */
export function createBlock(most: number, width: number): Block {
  const { memory, kernel } = openKernel();
  const stride = strideOf(most);
  const [[first, own, far]] = roomsIn(memory, 0, [stride * width, width, stride]);
  const [values, other] = [new Float64Array(memory.buffer, first, stride * width), new Float64Array(memory.buffer, own, width)];
  const squares = new Float64Array(memory.buffer, far, stride);
  return {
    values,
    stride,
    own: other,
    squares: (count) => {
      kernel.squaresFrom(values.byteOffset, stride, width, other.byteOffset, other.BYTES_PER_ELEMENT, 0, count, squares.byteOffset);
      return squares;
    },
  };
}
