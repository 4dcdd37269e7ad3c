import type { Frame } from "../core/column.ts";
import type { Executor, FoldRunner, Runner } from "./contracts.ts";
import { doJob } from "./jobs.ts";

/** Does jobs in this thread, one after the other. Between two of them timers and signals are heard. */
export function inProcessExecutor(runFold: FoldRunner, jobs: Runner["jobs"] = {}): Executor {
  const frames = new Map<string, Frame>();
  let last: Promise<unknown> = Promise.resolve();
  return {
    threads: 1,
    share: (version, frame) => {
      frames.set(version, frame);
    },
    run: (job, signal) => {
      const turn = last.then(async () => {
        await new Promise((resolve) => setTimeout(resolve, 0));
        signal?.throwIfAborted();
        const frame = frames.get(job.dataset);
        if (frame === undefined) throw new RangeError(`dataset version ${job.dataset} is not known to the executor`);
        return doJob({ runFold, jobs }, frame, job);
      });
      last = turn.catch(() => undefined);
      return turn;
    },
    close: async () => {
      frames.clear();
    },
  };
}
