import type { Progress } from "../lab/index.ts";
import { colours } from "./terminal.ts";

export interface ProgressLine {
  update(progress: Progress): void;
  /** Takes the line off the terminal; a later update draws it again. */
  end(): void;
}

/** On a terminal one line that is written over; elsewhere a few lines, as for a log. */
export function progressLine(stream: NodeJS.WriteStream, quiet: boolean): ProgressLine {
  if (quiet) return { update: () => {}, end: () => {} };
  return stream.isTTY === true && process.env.TERM !== "dumb" ? liveLine(stream) : fewLines((line) => stream.write(`${line}\n`));
}

const REDRAW_MS = 100;

function liveLine(stream: NodeJS.WriteStream): ProgressLine {
  const paint = colours(stream);
  let drawnAt = Number.NEGATIVE_INFINITY;
  let note = "";
  let isOpen = false;
  return {
    update: (progress) => {
      const now = performance.now();
      if (progress.note === note && now - drawnAt < REDRAW_MS) return;
      [drawnAt, note, isOpen] = [now, progress.note, true];
      stream.write(`\r\u001b[2K${paint.dim(progressText(progress).slice(0, (stream.columns ?? 80) - 1))}`);
    },
    end: () => {
      if (isOpen) stream.write("\r\u001b[2K");
      isOpen = false;
    },
  };
}

/** Least time between two lines of a stage, and its growth with the time that has passed: some ten lines in a minute, some fifty in a day. */
const SPACING_MS = 6000;
const SPACING_SHARE = 1 / 5;

/** A line when a stage begins, then one now and then, so that a log shows that something goes on without being filled. */
export function fewLines(write: (line: string) => void, now: () => number = () => performance.now()): ProgressLine {
  const began = now();
  let stage = "";
  let writtenAt = Number.NEGATIVE_INFINITY;
  return {
    update: (progress) => {
      const isNew = progress.stage !== stage;
      if (progress.note === "" || (!isNew && now() - writtenAt < Math.max(SPACING_MS, SPACING_SHARE * (now() - began)))) return;
      [stage, writtenAt] = [progress.stage, now()];
      write(progressText(progress));
    },
    end: () => {},
  };
}

/** e.g. "model: judging random forest, 31 of 50 trainings, this stage about 3 s more". */
export function progressText({ stage, done, planned, note, unit, leftMs, slower }: Progress): string {
  const count = planned > 0 ? `${done} of ${planned}${unit === undefined ? "" : ` ${unit}`}` : "";
  const isSlower = slower === true ? " (slower than foreseen)" : "";
  const left = leftMs === null || leftMs === undefined || done >= planned ? "" : `this stage about ${timeText(leftMs)} more${isSlower}`;
  return `${stage}: ${[note, count, left].filter((part) => part !== "").join(", ")}`;
}

function timeText(milliseconds: number): string {
  const whole = Math.max(1, Math.round(milliseconds / 1000));
  if (whole < 90) return `${whole} s`;
  return whole < 5400 ? `${Math.round(whole / 60)} min` : `${Math.round(whole / 3600)} h`;
}
