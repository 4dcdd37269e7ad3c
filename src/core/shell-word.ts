const PLAIN = /^[\p{L}\p{N}_%+=:,./@-]+$/u;

/** One word of a command as a shell takes it: in quotes where it holds blanks or what means something to a shell. */
export function shellWord(text: string): string {
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
