/** The bytes of a text in an encoding of one byte per character. */
export function encoded(text: string, label: string): Uint8Array {
  const all = new TextDecoder(label).decode(Uint8Array.from({ length: 256 }, (_, byte) => byte));
  return Uint8Array.from(text, (one) => all.indexOf(one));
}
