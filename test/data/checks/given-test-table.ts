import { type Cells, contextOf } from "./context.ts";

export const ROWS = 1000;

export const TEST = 300;

export const isTest = (row: number) => row >= ROWS - TEST;

export const given = (columns: Record<string, Cells>, target = "y") => contextOf({ columns, target, testRows: TEST });
