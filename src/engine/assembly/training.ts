/** Sum of 64-bit cells: parent - child. */
export function subtract(parent: usize, child: usize, cells: i32): void {
  for (let i: usize = 0, end: usize = <usize>cells << 3; i < end; i += 16) {
    v128.store(parent + i, v128.sub<i64>(v128.load(parent + i), v128.load(child + i)));
  }
}
