// Run under `ulimit -f`: every write beyond the limit fails like on a full disk. Prints the code of the error of each step.
import { openDataset, openDossier, openWriter } from "../../../src/store/index.ts";

const [, , source, folder] = process.argv;
const limits = { memoryBytes: 512 * 1024 * 1024, threads: 1, seed: 1 };
const codes = {};
const attempt = async (name, work) => {
  try {
    await work();
    codes[name] = "no error";
  } catch (error) {
    codes[name] = error.code ?? String(error);
  }
};

const dossier = openDossier(folder, { create: true });
await attempt("openDataset", () => openDataset(source, { ...limits, dataFolder: dossier.dataFolder }));
await attempt("writeText", () => dossier.writeText("report.html", "x".repeat(2e6)));
await attempt("writeBlob", () => dossier.writeBlob("big", new Float64Array(2e5)));
const log = dossier.openLog("ledger.jsonl");
log.append({ number: 1 });
await attempt("append", () => log.append({ padding: "x".repeat(2e6) }));
log.close();
await attempt("openWriter", async () => {
  const writer = openWriter(`${folder}/out.csv`);
  const values = new Float64Array(3e5).fill(Math.PI);
  writer.write({ rows: values.length, columns: [{ name: "p", type: "number", values }] });
  await writer.close();
});
dossier.close();
console.log(JSON.stringify(codes));
