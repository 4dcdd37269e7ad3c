// The thread behind `beginApart`: waits for the checks that it is to make, makes them one after the other, answers once, and ends.
import { parentPort } from "node:worker_threads";
import { type ApartAnswer, type ApartWork, take } from "./apart-messages.ts";
import type { AuditContext } from "./check.ts";
import { CHECKS } from "./checks/index.ts";
import { inspectAll, type Looked } from "./inspect.ts";
import { pauses } from "./pause.ts";
import { withShared } from "./with-shared.ts";

function inOwnThread(): never {
  throw new Error("only the thread that has the database can be asked that");
}

async function answer({ context: given, traps, taken, leftMs }: ApartWork): Promise<ApartAnswer> {
  const end = leftMs === null ? Number.POSITIVE_INFINITY : performance.now() + leftMs;
  const left = () => end - performance.now();
  const whole = new Proxy({}, { get: inOwnThread }) as AuditContext["whole"];
  const context = withShared({ ...given, duplicates: inOwnThread, testOverlap: inOwnThread, whole, pause: pauses(null, left) });
  const found: (Looked | null)[] = [];
  for (const [place, trap] of traps.entries()) {
    const own = CHECKS.filter((check) => check.trap === trap);
    found.push(take(taken, place) ? await inspectAll(context, own, { leftMs: left }) : null);
  }
  return found;
}

parentPort?.once("message", (work: ApartWork) => {
  answer(work).then(
    (found) => parentPort?.postMessage(found),
    (error: unknown) => {
      throw error;
    },
  );
});
