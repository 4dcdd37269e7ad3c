import {
  BELOW_MAX_DEPTH,
  BELOW_MIN_DATA,
  BELOW_MIN_HESSIAN,
  BELOW_NODE,
  BELOW_RECORDS,
  GROWN_BEGIN,
  GROWN_BYTES,
  GROWN_COLUMN,
  GROWN_DEPTH,
  GROWN_END,
  GROWN_G,
  GROWN_H,
  GROWN_SET,
  NODE_H_UNIT,
} from "./_layout";
import { number, put, putWord, word } from "./_words";

// Nodes that are grown in one call.

let block: usize = 0;
let node: usize = 0;
let records: usize = 0;

export function openRecords(from: usize): void {
  block = from;
  node = <usize>number(block, BELOW_NODE);
  records = <usize>number(block, BELOW_RECORDS);
}

// @ts-ignore: decorator
@inline
export function record(i: i32): usize {
  return records + <usize>i * <usize>GROWN_BYTES;
}

export function addChild(parent: usize, child: i32, begin: i32, end: i32, g: f64, h: f64): void {
  const about = record(child);
  putWord(about, GROWN_COLUMN, -1);
  putWord(about, GROWN_SET, -1);
  putWord(about, GROWN_DEPTH, word(parent, GROWN_DEPTH) + 1);
  putWord(about, GROWN_BEGIN, begin);
  putWord(about, GROWN_END, end);
  put(about, GROWN_G, g);
  put(about, GROWN_H, h);
}

export function canOpen(about: usize): bool {
  const maxDepth = number(block, BELOW_MAX_DEPTH);
  if (maxDepth > 0 && <f64>word(about, GROWN_DEPTH) >= maxDepth) return false;
  if (<f64>(word(about, GROWN_END) - word(about, GROWN_BEGIN)) < 2 * number(block, BELOW_MIN_DATA)) return false;
  return number(about, GROWN_H) * number(node, NODE_H_UNIT) >= 2 * number(block, BELOW_MIN_HESSIAN);
}
