// Opens the dataset given as first argument with the options given as JSON.
import { openDataset } from "../../../src/store/index.ts";

await openDataset(process.argv[2], JSON.parse(process.argv[3]));
