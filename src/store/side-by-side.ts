import type { Session } from "./session.ts";

/**
 * The results of `work` for 0..count-1, in that order, as many at a time as there are lanes. After a failure nothing new begins; what runs is waited for, and the
 * failure of the lowest number is thrown.
 */
export async function sideBySide<T>(count: number, lanes: number, work: (index: number, lane: number) => Promise<T>): Promise<T[]> {
  const results = new Map<number, T>();
  const failures = new Map<number, unknown>();
  let next = 0;
  const run = async (lane: number): Promise<void> => {
    while (next < count && failures.size === 0) {
      const index = next++;
      try {
        results.set(index, await work(index, lane));
      } catch (error) {
        failures.set(index, error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(lanes, count) }, (_, lane) => run(lane)));
  if (failures.size > 0) throw failures.get(Math.min(...failures.keys()));
  return Array.from({ length: count }, (_, index) => results.get(index) as T);
}

export interface Lane {
  readonly session: Session;
  /** It has done nothing yet. */
  readonly isFirst: boolean;
  /** There is no other. */
  readonly isAlone: boolean;
}

/** The same in sessions side by side, as many as the database has room for. */
export async function inLanes<T>(session: Session, count: number, work: (index: number, lane: Lane) => Promise<T>): Promise<T[]> {
  if (count <= 1) return await sideBySide(count, 1, (index) => work(index, { session, isFirst: true, isAlone: true }));
  const lanes = await session.lanes(count);
  const used = new Set<number>();
  const isAlone = lanes.sessions.length === 1;
  try {
    return await sideBySide(count, lanes.sessions.length, (index, lane) => {
      const isFirst = !used.has(lane);
      used.add(lane);
      return work(index, { session: lanes.sessions[lane] ?? session, isFirst, isAlone });
    });
  } finally {
    await lanes.close();
  }
}
