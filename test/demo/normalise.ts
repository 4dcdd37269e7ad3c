/** The demo's output without what differs from machine to machine: times, speeds, cost, and the blanks that keep columns in line. */
export function normalise(text: string): string[] {
  return text
    .replaceAll("\r", "")
    .replace(/(\d)\s+(rows\/s|million)/g, "$1 $2")
    .split("\n")
    .map((line) =>
      line
        .replace(/\d[\d.,]*( million)?\s+rows\/s/g, "N rows/s")
        .replace(/\b(p50|p99) [\d.,]+ (ms|s)\b/g, "$1 N ms")
        .replace(/[\d.,]+ (ms|s|min)\b/g, "N ms")
        .replace(/\$[\d.,]+/g, "$N")
        .replace(/on (AWS|GCP|Azure) \S+,/g, "on MACHINE,")
        .replace(/\s+/g, " ")
        .trim(),
    )
    .join(" ")
    .split(/(?<=[.:]) (?=[A-Z*])/)
    .filter((line) => line !== "");
}
