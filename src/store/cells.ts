/** How cells are written in a delimited text. `quote` "" means that no character quotes. */
export interface CellSyntax {
  readonly delimiter: string;
  readonly quote: string;
  /** Spaces after a delimiter are not part of the cell. */
  readonly initialSpace: boolean;
}

export interface ParsedRecord {
  readonly cells: string[];
  /** The record ended inside quotes. */
  readonly open: boolean;
  /** Text followed a closing quote. */
  readonly stray: boolean;
  /** Where the next record begins. */
  readonly next: number;
}

/**
 * One record of a delimited text (RFC 4180): a quote opens a cell only at its start and is doubled inside it.
 * Line ends are \n, \r\n or \r.
 */
export function parseRecord(text: string, start: number, syntax: CellSyntax): ParsedRecord {
  const cells: string[] = [];
  let at = start;
  let stray = false;
  for (;;) {
    if (syntax.initialSpace) while (text[at] === " ") at++;
    if (syntax.quote !== "" && text[at] === syntax.quote) {
      const quoted = parseQuoted(text, at + 1, syntax.quote);
      if (quoted === null) return { cells: [...cells, text.slice(at + 1)], open: true, stray, next: text.length };
      const end = endOfCell(text, quoted.next, syntax.delimiter);
      stray ||= text.slice(quoted.next, end).trim() !== "";
      cells.push(quoted.cell + (stray ? text.slice(quoted.next, end) : ""));
      at = end;
    } else {
      const end = endOfCell(text, at, syntax.delimiter);
      cells.push(text.slice(at, end));
      at = end;
    }
    if (text[at] === syntax.delimiter) {
      at++;
      continue;
    }
    if (text[at] === "\r" && text[at + 1] === "\n") at++;
    return { cells, open: false, stray, next: at + 1 };
  }
}

function parseQuoted(text: string, start: number, quote: string): { cell: string; next: number } | null {
  let cell = "";
  let from = start;
  for (;;) {
    const close = text.indexOf(quote, from);
    if (close < 0) return null;
    if (text[close + 1] !== quote) return { cell: cell + text.slice(from, close), next: close + 1 };
    cell += text.slice(from, close + 1);
    from = close + 2;
  }
}

const [LINE_FEED, RETURN] = [10, 13];

function endOfCell(text: string, start: number, delimiter: string): number {
  const end = delimiter.charCodeAt(0);
  let at = start;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === end || code === LINE_FEED || code === RETURN) break;
  }
  return at;
}

/** The first complete records of a text; blank lines are left out. `whole`: the text ends where the file ends. */
export function parseRecords(text: string, syntax: CellSyntax, limit: number, whole: boolean): ParsedRecord[] {
  const records: ParsedRecord[] = [];
  let at = 0;
  while (at < text.length && records.length < limit) {
    const record = parseRecord(text, at, syntax);
    if (!whole && record.next >= text.length) break;
    if (record.cells.length > 1 || (record.cells[0] ?? "").trim() !== "") records.push(record);
    at = record.next;
  }
  return records;
}
