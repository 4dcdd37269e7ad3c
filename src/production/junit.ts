import type { GateResult, Proof } from "../core/proof.ts";

/** The gates as JUnit XML, which build servers read: one test case per gate. */
export function junitXml({ gates, rubric }: Proof): string {
  const tally = (status: GateResult["status"]) => gates.filter((gate) => gate.status === status).length;
  const seconds = gates.reduce((sum, { tookMs }) => sum + tookMs, 0) / 1000;
  const counts = `tests="${gates.length}" failures="${tally("failed")}" errors="0" skipped="${tally("skipped") + tally("not-run") + tally("undecided")}" time="${seconds.toFixed(3)}"`;
  const sums = rubric.sections.map(({ section, score }) => `    <property name="ml-test-score.${section}" value="${score}"/>`);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="oldhand" ${counts}>`,
    `  <testsuite name="gates" ${counts}>`,
    `  <properties>`,
    `    <property name="ml-test-score" value="${rubric.score}"/>`,
    ...sums,
    `  </properties>`,
    ...gates.map(testCase),
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

function testCase({ gate, title, status, why, tookMs }: GateResult): string {
  const open = `  <testcase classname="oldhand.gates" name="${escaped(`${gate}: ${title}`)}" time="${(tookMs / 1000).toFixed(3)}"`;
  if (status === "failed") return `${open}><failure message="${escaped(why)}">${escaped(why)}</failure></testcase>`;
  // JUnit has no such state: a build server shows it as not passed and not failed.
  if (status === "undecided") return `${open}><skipped message="${escaped(`undecided: ${why}`)}"/></testcase>`;
  if (status === "skipped" || status === "not-run") return `${open}><skipped message="${escaped(why)}"/></testcase>`;
  return `${open}><system-out>${escaped(why)}</system-out></testcase>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
  "\n": "&#10;",
  "\t": "&#9;",
  "\r": "&#13;",
};

/** XML 1.0 has no place for most control characters, lone surrogates, U+FFFE and U+FFFF: they become U+FFFD. */
function escaped(text: string): string {
  return Array.from(text, (char) => (isXmlChar(char.codePointAt(0) ?? 0) ? (ENTITIES[char] ?? char) : "\ufffd")).join("");
}

function isXmlChar(code: number): boolean {
  if (code < 0x20) return code === 0x9 || code === 0xa || code === 0xd;
  return !(code >= 0xd800 && code <= 0xdfff) && code !== 0xfffe && code !== 0xffff;
}
