// Opens the dossier given as argument and waits to be killed.
import { openDossier } from "../../../src/store/index.ts";

openDossier(process.argv[2], { create: true });
process.stdout.write("ready\n");
setInterval(() => undefined, 1000);
