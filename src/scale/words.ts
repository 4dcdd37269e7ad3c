/** Whole number with thousands separators. */
export function wholeText(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}

/** A score with as many decimals as its resolution has to two digits; at most 6. */
export function scoreText(value: number, resolution: number): string {
  const decimals = resolution > 0 && Number.isFinite(resolution) ? 1 - Math.floor(Math.log10(resolution)) : 3;
  const shown = Math.min(6, Math.max(0, decimals));
  return value.toLocaleString("en-US", { minimumFractionDigits: shown, maximumFractionDigits: shown });
}

/** Three significant digits. */
export function shortText(value: number): string {
  return value.toLocaleString("en-US", { maximumSignificantDigits: 3 });
}
