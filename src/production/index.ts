export type { Answer } from "./answer.ts";
export { answersOf, predictionColumns } from "./answer.ts";
export type { Gate, GateContext, GateVerdict, Parity, RubricEntry } from "./gates/gate.ts";
export { GATES } from "./gates/index.ts";
export { junitXml } from "./junit.ts";
export { prove } from "./prove.ts";
