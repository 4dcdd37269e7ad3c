/** The demo's output without what differs from machine to machine: times, speeds, cost, warnings of other load, and where lines are broken. */
export function normalise(text: string): string[] {
  return text
    .replace(/\s+/g, " ")
    .replace(/\d[\d.,]*( million)? rows\/s/g, "N rows/s")
    .replace(/\b(p50|p99) [\d.,]+ (ms|s)\b/g, "$1 N ms")
    .replace(/[\d.,]+ (ms|s|min)\b/g, "N ms")
    .replace(/about [\d.,]+ MB of memory/g, "about N MB of memory")
    .replace(/\$[\d.,]+/g, "$N")
    .replace(/on (\d+ )?(AWS|GCP|Azure) \S+, [^;]*;/g, "on MACHINE;")
    .replace(/ ?Other programs used this machine[^.:]*[.:][^.]*\./g, "")
    .trim()
    .split(/(?<=[.:]) (?=[A-Z*])/);
}
