import type { Frame } from "../core/column.ts";
import type { Executor, FoldRunner } from "./contracts.ts";

/** Computes folds in this thread, one after the other. Between two of them timers and signals are heard. */
export function inProcessExecutor(runner: FoldRunner): Executor {
  const frames = new Map<string, Frame>();
  let last: Promise<unknown> = Promise.resolve();
  return {
    threads: 1,
    share: (version, frame) => {
      frames.set(version, frame);
    },
    run: (experiment, fold, validation, signal) => {
      const turn = last.then(async () => {
        await new Promise((resolve) => setTimeout(resolve, 0));
        signal?.throwIfAborted();
        const frame = frames.get(experiment.dataset);
        if (frame === undefined) throw new RangeError(`dataset version ${experiment.dataset} is not known to the executor`);
        return runner(frame, experiment, fold, validation);
      });
      last = turn.catch(() => undefined);
      return turn;
    },
    close: async () => {
      frames.clear();
    },
  };
}
