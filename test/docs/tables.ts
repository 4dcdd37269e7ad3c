/** Rows of the first table under a heading of level 2, by the heads of its columns. */
export function tableUnder(page: string, heading: string): Record<string, string>[] {
  const section = page.split(/^## /m).find((part) => part.startsWith(`${heading}\n`));
  if (section === undefined) throw new RangeError(`no heading "${heading}"`);
  const lines = section.split("\n");
  const first = lines.findIndex((line) => line.startsWith("|"));
  const length = lines.slice(first).findIndex((line) => !line.startsWith("|"));
  const [heads = [], , ...rows] = lines.slice(first, length < 0 ? undefined : first + length).map(cellsOf);
  return rows.map((cells) => Object.fromEntries(heads.map((head, i) => [head, cells[i] ?? ""])));
}

function cellsOf(line: string): string[] {
  return line
    .slice(1, -1)
    .split("|")
    .map((cell) => cell.trim());
}
