import type { Finding } from "../../core/finding.ts";
import type { Roles } from "../../core/role.ts";
import { namedColumns } from "../findings/phrase.ts";

/** What becomes of columns that tell what others tell: another finding may leave them out, and a time or a key is no feature. With fewer than two features there is nothing to choose. */
export function withWhatBecomes(findings: readonly Finding[], after: Roles): readonly Finding[] {
  const features = new Set(after.features);
  const left = findings.filter((one) => !isOutWithAnother(one, findings));
  return left.map((one): Finding => {
    const { trap, fix, columns, state } = one;
    if (trap !== "derived-column" || fix.action !== "advice" || state !== "open") return one;
    const known = columns.filter((name) => features.has(name));
    const away = sentencesOf(
      columns.filter((name) => !features.has(name)),
      after,
    );
    const stay = known.length === 0 ? [] : [away.length > 0 ? `${namedColumns(known)} ${areOrIs(known)} left in.` : "They are left in."];
    const text = [...(known.length < 2 ? [] : [fix.text]), ...away, ...stay].join(" ");
    return { ...one, fix: { action: "advice", text } };
  });
}

/** Columns that nearly say the same share their importance: all of them left out together, they share none. */
function isOutWithAnother({ trap, evidence, columns }: Finding, findings: readonly Finding[]): boolean {
  const isOf = ({ state, fix }: Finding) =>
    state === "mended" &&
    fix.action === "steps" &&
    fix.steps.some((step) => step.op === "drop" && columns.every((name) => step.columns.includes(name)));
  return trap === "derived-column" && evidence.kind === "nearly-same-order" && findings.some(isOf);
}

const areOrIs = (names: readonly string[]) => (names.length === 1 ? "is" : "are");

/** What the columns are that are no features: each reason once. */
function sentencesOf(names: readonly string[], { time, group, ids, why }: Roles): readonly string[] {
  const becomes = (name: string) => {
    if (name === time) return "the time of the rows and no feature";
    if (name === group) return "the group of the rows and no feature";
    if (ids.includes(name)) return "a key and no feature";
    return why[name]?.startsWith("left out") ? "left out for another reason" : "no feature";
  };
  return [...new Set(names.map(becomes))].map((what) => {
    const own = names.filter((name) => becomes(name) === what);
    return `${namedColumns(own)} ${areOrIs(own)} ${what}.`;
  });
}
