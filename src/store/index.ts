export { loadFrame, type LoadOptions } from "./load-frame.ts";
export { openDataset, type OpenOptions } from "./open-dataset.ts";
