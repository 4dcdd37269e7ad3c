// f64 numbers and i32 words of a block, by place.

// @ts-ignore: decorator
@inline
export function number(from: usize, place: i32): f64 {
  return load<f64>(from + (<usize>place << 3));
}

// @ts-ignore: decorator
@inline
export function put(to: usize, place: i32, value: f64): void {
  store<f64>(to + (<usize>place << 3), value);
}

// @ts-ignore: decorator
@inline
export function word(from: usize, place: i32): i32 {
  return load<i32>(from + (<usize>place << 2));
}

// @ts-ignore: decorator
@inline
export function putWord(to: usize, place: i32, value: i32): void {
  store<i32>(to + (<usize>place << 2), value);
}
