/** Those with the most different values first, equal ones by name: which of many columns are looked at goes by no order of the file. */
export function finestFirst<T extends { readonly name: string }>(columns: readonly T[], distinctOf: (column: T) => number): readonly T[] {
  return columns
    .map((column) => ({ column, distinct: distinctOf(column) }))
    .sort((a, b) => b.distinct - a.distinct || (a.column.name < b.column.name ? -1 : 1))
    .map(({ column }) => column);
}
