// The thread behind `plainPassBeside`: makes one pass after the other, as it is asked.
import { parentPort } from "node:worker_threads";
import type { PlainAnswer, PlainAsk } from "./plain-beside.ts";
import { plainPass } from "./plain-pass.ts";

parentPort?.on("message", async ({ lines, kept, to }: PlainAsk) => {
  const answer: PlainAnswer = await plainPass(lines, kept, to).then(
    (result) => ({ result }),
    (error: unknown) => ({ error }),
  );
  parentPort?.postMessage(answer);
});
