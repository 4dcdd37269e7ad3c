import type { Suspicion } from "../../core/finding.ts";
import { float64From } from "../../core/typed-from.ts";
import { quantile } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import type { NumberColumn } from "../columns/counts.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { amount, counted, namedColumns, percent } from "../findings/phrase.ts";
import { type Conversion, conversionsFor } from "../meaning/units.ts";
import { type BrokenIdentity, brokenIdentities, CLOSE, type CodesOf, LEAST_BROKEN } from "./broken-identities.ts";

/** Of the rows that break the identity so many do so by a known factor: else they are of another kind. */
const LEAST_EXPLAINED = 0.7;
/** A pair whose ratio is 1 says the same twice: a dozen of things costs twelve times one of them. */
const LEAST_RATIO = 0.05;
const SURE = 0.8;

interface UnitRows {
  readonly column: NumberColumn;
  readonly conversion: Conversion;
  readonly areLarger: boolean;
  readonly rows: readonly number[];
}

/** Numbers that break what holds of their row's other columns (a body mass index, a rate) by the factor of two units: kilograms in pounds, whose heap overlaps the others. told: columns that are told otherwise. */
export function unitsByIdentity(context: AuditContext, told: ReadonlySet<string>, codesOf: CodesOf): readonly Suspicion[] {
  const said = new Set(told);
  return brokenIdentities(context, codesOf).flatMap((identity) => {
    if (identity.columns.length === 2 && Math.abs(identity.constant) < LEAST_RATIO) return [];
    const found = unitRows(context, identity);
    const explained = found.reduce((sum, { rows }) => sum + rows.length, 0);
    if (explained < LEAST_EXPLAINED * identity.broken.length) return [];
    return found.flatMap((one) => {
      if (one.rows.length < LEAST_BROKEN || said.has(one.column.name)) return [];
      said.add(one.column.name);
      return [suspicion(context, identity, one)];
    });
  });
}

/** Of each column and factor the rows that are off by it, where the column itself lies so much higher or lower there. Each row once. */
function unitRows({ roles }: AuditContext, identity: BrokenIdentity): readonly UnitRows[] {
  const { columns, powers, broken, off } = identity;
  const tried = columns.flatMap((column, i) => {
    const meaning = roles.meanings[column.name];
    const { conversions } = conversionsFor(column.name, meaning?.type ?? null, meaning?.unit ?? null);
    return conversions
      .filter(({ offset, factor }) => offset === 0 && factor < 1)
      .flatMap((conversion) => [true, false].map((areLarger) => ({ column, power: powers[i] ?? 0, conversion, areLarger })));
  });
  const found = tried.flatMap(({ column, power, conversion, areLarger }): UnitRows[] => {
    const shift = (areLarger ? -1 : 1) * Math.log(conversion.factor);
    const rows = [...broken].filter((_, place) => Math.abs((off[place] ?? 0) - power * shift) <= Math.abs(power) * 2 * CLOSE);
    return rows.length > 0 && isMoved(column, identity, rows, shift) ? [{ column, conversion, areLarger, rows }] : [];
  });
  const taken = new Set<number>();
  return found
    .toSorted((a, b) => b.rows.length - a.rows.length)
    .map((one) => {
      const rows = one.rows.filter((row) => !taken.has(row));
      for (const row of rows) taken.add(row);
      return { ...one, rows };
    });
}

/** The median of these rows is nearer to that of the others once it is moved back, and that of no other column lies as far off. */
function isMoved(column: NumberColumn, { columns, held }: BrokenIdentity, rows: readonly number[], shift: number): boolean {
  const apart = ({ values }: NumberColumn) => {
    const median = (own: ArrayLike<number>) =>
      quantile(
        float64From(own, (row) => Math.log(values[row] ?? Number.NaN)),
        0.5,
      );
    return median(rows) - median(held);
  };
  const isOwn = Math.abs(apart(column) - shift) < Math.abs(apart(column));
  return isOwn && columns.every((other) => other === column || Math.abs(apart(other)) < Math.abs(shift) / 2);
}

function suspicion(
  context: AuditContext,
  { columns, compared, held }: BrokenIdentity,
  { column, conversion, areLarger, rows }: UnitRows,
): Suspicion {
  const own = new Set(rows);
  const others = columns.filter((other) => other !== column).map(({ name }) => name);
  const factor = areLarger ? conversion.factor : 1 / conversion.factor;
  const times = amount(Number((1 / factor).toPrecision(4)));
  return {
    trap: "unit-mix",
    columns: [column.name, ...others],
    rows: affectedRows(context, (row) => own.has(row)),
    severity: "costly",
    confidence: SURE,
    evidence: { kind: "by identity", units: conversion.words, factor, rows: rows.length, comparedRows: compared, heldRows: held.length },
    fix: {
      action: "advice",
      text: `Multiply \`${column.name}\` by ${amount(Number(factor.toPrecision(4)))} at its source in these rows (${conversion.words}).`,
    },
    counterfactual: null,
    unmeasured: "No step of a recipe converts the rows in which other columns disagree.",
    question: null,
    why: `${namedColumns([column.name, ...others])} give one another in ${percent(held.length / compared)} of the rows. In ${counted(rows.length, "row")} \`${column.name}\` is ${times} times what the others make it, the factor of ${conversion.words}: it is in another unit there.`,
  };
}
