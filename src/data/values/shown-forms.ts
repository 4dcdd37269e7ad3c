/** Three examples, of each way of writing if there are two or three. */
export function shownForms(levels: readonly string[]): readonly string[] {
  const forms = new Map<string, string[]>();
  for (const level of levels) {
    const form = level.replace(/\d+/g, "9");
    forms.set(form, [...(forms.get(form) ?? []), level]);
  }
  const each = [3, 2, 1][Math.min(2, forms.size - 1)] ?? 3;
  return [...forms.values()].slice(0, 3).flatMap((texts) => texts.slice(0, each));
}
