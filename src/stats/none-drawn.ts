/** Chance that of `all` things, `marked` of them marked, `drawn` that are drawn without putting back hold no marked one (hypergeometric at 0). */
export function noneDrawn(all: number, marked: number, drawn: number): number {
  let chance = 1;
  for (let i = 0; i < marked; i++) chance *= Math.max(0, all - drawn - i) / (all - i);
  return chance;
}
