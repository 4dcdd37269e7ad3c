/**
 * How often estimates along an order turn from rising to falling or back, each swing beyond noise: from the last extreme to the next one it is `errors` standard errors of the
 * difference at least. A line has none, one hill one, a zig-zag of n estimates n - 2; of random orders two thirds of n - 2 (Bienayme 1874) where nothing is noise.
 *
 * @param variances of the estimates, which are independent
 */
export function turningPoints(estimates: ArrayLike<number>, variances: ArrayLike<number>, errors: number): number {
  let [turns, direction, low, high] = [0, 0, 0, 0];
  const isBeyond = (from: number, to: number) => estimates[to]! - estimates[from]! > errors * Math.sqrt(variances[from]! + variances[to]!);
  for (let at = 1; at < estimates.length; at++) {
    const [rises, falls] = [isBeyond(low, at), isBeyond(at, high)];
    if (direction !== 1 && rises) {
      turns += Number(direction === -1);
      [direction, high] = [1, at];
    } else if (direction !== -1 && falls) {
      turns += Number(direction === 1);
      [direction, low] = [-1, at];
    }
    // The extreme from which the next swing is measured.
    if (estimates[at]! > estimates[high]!) high = at;
    if (estimates[at]! < estimates[low]!) low = at;
  }
  return turns;
}
