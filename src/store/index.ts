export type { Blob, BlobArray } from "./blob.ts";
export { type Dossier, type DossierOptions, openDossier } from "./dossier.ts";
export { readJsonFile } from "./json-file.ts";
export { type LoadOptions, loadFrame } from "./load-frame.ts";
export { type Log, openLog } from "./log.ts";
export { type OpenOptions, openDataset } from "./open-dataset.ts";
export { readVersion } from "./version.ts";
