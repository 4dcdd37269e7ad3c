import type { Finding, Suspicion } from "../../core/finding.ts";
import type { Json } from "../../core/json.ts";
import type { Roles } from "../../core/role.ts";
import { logAdvice, straightWords, tailWords } from "../findings/log-words.ts";

/** What is told of columns for the sake of linear models, and how many columns it takes. */
const LEAST_COLUMNS: Partial<Record<Suspicion["trap"], number>> = { skewed: 1, scale: 1, multicollinear: 2, outlier: 1 };

/** Whether so few of the columns are features that a linear model suffers no more. What is said of the target stands. */
export function concernsNoFeature(
  { trap, columns }: Pick<Suspicion, "trap" | "columns">,
  features: readonly string[],
  target: string,
): boolean {
  const least = LEAST_COLUMNS[trap];
  return least !== undefined && !columns.includes(target) && columns.filter((name) => features.includes(name)).length < least;
}

/** No advice is given for columns that another finding leaves out: they are not named in it, and one about no other column is not told. */
export function adviceForFeatures(findings: readonly Finding[], { features, target }: Roles): readonly Finding[] {
  return findings.flatMap((one): Finding[] => {
    if (one.trap !== "skewed" || one.state !== "open" || one.fix.action !== "advice" || one.columns.includes(target)) return [one];
    if (concernsNoFeature(one, features, target)) return [];
    const columns = one.columns.filter((name) => features.includes(name));
    return [columns.length === one.columns.length ? one : ofColumns(one, columns, target)];
  });
}

function ofColumns(one: Finding, columns: readonly string[], target: string): Finding {
  const { kind } = one.evidence;
  const evidence = Object.fromEntries(
    Object.entries(one.evidence).map(([name, value]) => [name, isByColumn(value) ? only(value, columns) : value]),
  );
  const largest = Math.max(...columns.map((name) => numberAt(one.evidence.ofSquares, name)));
  const gain = (name: string) => numberAt(one.evidence.toldByLogs, name) - numberAt(one.evidence.told, name);
  const [told, toldByLogs] = [one.evidence.told, one.evidence.toldByLogs] as Record<string, number>[];
  const why =
    kind === "straight-in-logs"
      ? straightWords(
          target,
          columns.toSorted((a, b) => gain(b) - gain(a)),
          { told: told ?? {}, toldByLogs: toldByLogs ?? {} },
        )
      : tailWords(columns, largest);
  return { ...one, columns, evidence, fix: { action: "advice", text: logAdvice(columns) }, why };
}

function isByColumn(value: Json | undefined): value is Readonly<Record<string, Json>> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function only(value: Readonly<Record<string, Json>>, columns: readonly string[]): Json {
  return Object.fromEntries(Object.entries(value).filter(([name]) => columns.includes(name)));
}

function numberAt(value: Json | undefined, name: string): number {
  const found = isByColumn(value) ? value[name] : undefined;
  return typeof found === "number" ? found : 0;
}
