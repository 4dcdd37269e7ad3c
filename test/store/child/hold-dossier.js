// Opens the dossier given as argument and waits to be killed.
import { openDossier } from "../../../dist/store/index.js";

openDossier(process.argv[2], { create: true });
process.stdout.write("ready\n");
setInterval(() => undefined, 1000);
