/** The code with lines of at most 160 letters where it has places to break. */
export function wrapLines(name: string, code: string): string;
