export { OldhandError } from "./core/error.ts";
