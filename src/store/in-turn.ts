/** Runs what it is given one after the other, in the order given, whatever fails. */
export function inTurn(): <T>(task: () => Promise<T>) => Promise<T> {
  let before: Promise<unknown> = Promise.resolve();
  return (task) => {
    const result = before.then(task);
    before = result.catch(() => undefined);
    return result;
  };
}
