/** A signal of two, and how to let go of it. */
export interface EitherSignal {
  readonly signal: AbortSignal;
  /** Takes back the listeners on both; the signal does not abort any more by them. */
  readonly release: () => void;
}

/** Aborts with the reason of the first of the two that does. `AbortSignal.any` is the same from Node 20.3 on. */
export function eitherSignal(one: AbortSignal, other: AbortSignal): EitherSignal {
  const own = new AbortController();
  const removals = [one, other].map((from) => {
    const pass = () => own.abort(from.reason);
    if (from.aborted) pass();
    else from.addEventListener("abort", pass);
    return () => from.removeEventListener("abort", pass);
  });
  const release = () => {
    for (const remove of removals) remove();
  };
  return { signal: own.signal, release };
}
