// Given to node by --import: writes the peak of resident memory in bytes to the file that RECORD_MEMORY names.
import { writeFileSync } from "node:fs";

process.on("exit", () => writeFileSync(process.env.RECORD_MEMORY, String(process.resourceUsage().maxRSS * 1024)));
