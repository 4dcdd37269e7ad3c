import type { JourneyResult } from "../../core/verdict.ts";
import { parseWhole } from "../quantities.ts";

interface StudioOptions {
  readonly port: string;
}

export async function action(folder: string, options: StudioOptions): Promise<void> {
  const port = parseWhole(options.port, "--port", 0, 65535);
  const [{ openDossier }, { serveStudio }] = await Promise.all([import("../../store/index.ts"), import("../../studio/index.ts")]);
  const dossier = openDossier(folder, { create: false, lock: false });
  const result = () => dossier.readJson("result.json") as JourneyResult;
  result();
  const { address, close } = await serveStudio(result, port);
  process.stdout.write(
    `Studio of ${folder}: ${address}\nIt shows the report and the result as JSON. Comparing runs and trying rows by hand are not there yet.\nCtrl-C ends it.\n`,
  );
  process.once("SIGINT", () => void close()).once("SIGTERM", () => void close());
}
