import type { Progress } from "../lab/index.ts";
import { colours } from "./terminal.ts";

const SPACING_MS = 100;

/**
 * One line on a terminal that is written over; elsewhere a line per stage and note. `leftMs` of a progress is shown as an estimate.
 */
export function progressLine(stream: NodeJS.WriteStream, quiet: boolean): { update: (progress: Progress) => void; end: () => void } {
  if (quiet) return { update: () => {}, end: () => {} };
  const paint = colours(stream);
  const live = stream.isTTY === true && process.env.TERM !== "dumb";
  let last = 0;
  let shown = "";
  let open = false;
  const live_ = (progress: Progress): void => {
    const now = performance.now();
    if (now - last < SPACING_MS) return;
    last = now;
    open = true;
    stream.write(`\r\u001b[2K${paint.dim(describe(progress).slice(0, (stream.columns ?? 80) - 1))}`);
  };
  const plain = (progress: Progress): void => {
    const key = `${progress.stage}: ${progress.note}`;
    if (key === shown || progress.note === "") return;
    shown = key;
    stream.write(`${describe(progress)}\n`);
  };
  return {
    update: live ? live_ : plain,
    end: () => {
      if (open) stream.write("\r\u001b[2K");
      open = false;
    },
  };
}

function describe({ stage, done, planned, note, leftMs }: Progress): string {
  const count = planned > 0 ? ` ${done}/${planned} experiments` : "";
  const left = leftMs === null || leftMs === undefined ? "" : `, about ${seconds(leftMs)} left`;
  return `${stage}:${count}${left}${note === "" ? "" : ` ${note}`}`;
}

function seconds(milliseconds: number): string {
  const whole = Math.max(1, Math.round(milliseconds / 1000));
  return whole < 90 ? `${whole} s` : `${Math.round(whole / 60)} min`;
}
