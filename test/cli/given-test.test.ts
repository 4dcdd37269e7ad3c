import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Finding, FindingsFile } from "../../src/core/finding.ts";
import { createRandom } from "../../src/core/random.ts";
import type { JourneyResult } from "../../src/core/verdict.ts";
import { crowding } from "./command.ts";
import { folderFor } from "./folder.ts";
import { here, type Printed } from "./here.ts";

const TRAIN = 400;
const TEST = 200;

/** Age and hours tell the label; `call_duration` knows it; the rows of the test set are written by `label`. */
function csv(rows: number, stream: string, label: (positive: boolean, row: number) => string): string {
  const random = createRandom(1, stream);
  const lines = Array.from({ length: rows }, (_, row) => {
    const [age, hours] = [random.normal(), random.normal()];
    const positive = random.next() < 1 / (1 + Math.exp(-(1.5 * age + hours)));
    const call = Number(positive) * 1.6 + random.normal();
    return [
      age.toFixed(3),
      hours.toFixed(3),
      random.next() < 0.1 ? "" : random.normal().toFixed(3),
      call.toFixed(3),
      label(positive, row),
    ].join(",");
  });
  return ["age,hours,score,call_duration,income", ...lines, ""].join("\n");
}

/** Folds once: repeats would only train longer. */
const ABOUT = ["--target", "income", "--split", "blocks", "--json", "-", "--quiet", "--threads", "1"];

const train = csv(TRAIN, "train", (positive) => (positive ? ">50K" : "<=50K"));

/** What traps cost is not asked. */
const UNPRICED = ["--budget", "0s"];

async function audited(
  folder: string,
  test: string,
  name: string,
  ...more: string[]
): Promise<{ file: FindingsFile; code: Printed["code"] }> {
  writeFileSync(join(folder, "train.csv"), train);
  writeFileSync(join(folder, `${name}.csv`), test);
  const flags = [...ABOUT, "--test", `${name}.csv`, "--out", name, ...more];
  const { code, stdout, stderr } = await here(["audit", "train.csv", ...flags], folder);
  expect(stderr).toBe("");
  return { file: JSON.parse(stdout) as FindingsFile, code };
}

let plainOne: ReturnType<typeof audited> | null = null;
/** With the test set as the training rows are written. */
function plainly(): ReturnType<typeof audited> {
  plainOne ??= audited(
    folderFor(),
    csv(TEST, "test", (positive) => (positive ? ">50K" : "<=50K")),
    "plain",
  );
  return plainOne;
}

const SPLIT_TRAPS = [
  "split-overlap",
  "split-group-overlap",
  "split-time-overlap",
  "covariate-shift",
  "new-category",
  "sampling-bias",
  "concept-shift",
  "reused-test",
  "label-variant",
];

/** Experiments on the test set are named by the data, so only those of the training rows have the same names. */
const aboutTraining = ({ findings }: FindingsFile): readonly Finding[] => findings.filter(({ trap }) => !SPLIT_TRAPS.includes(trap));

test("shuffled labels of the test rows change nothing but what is said about the split", { timeout: 120_000 }, async () => {
  const folder = folderFor();
  const labels = createRandom(2, "shuffle").shuffle(
    csv(TEST, "test", (positive) => (positive ? ">50K" : "<=50K"))
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => line.split(",").at(-1) ?? ""),
  );
  const as = await plainly();
  const shuffled = await audited(
    folder,
    csv(TEST, "test", (_, row) => labels[row] ?? ""),
    "shuffled",
  );
  const one = await audited(
    folder,
    csv(TEST, "test", () => ">50K"),
    "one-class",
  );
  expect(aboutTraining(as.file).map(({ trap }) => trap)).toContain("post-outcome");
  expect(aboutTraining(as.file).some(({ harm }) => harm !== null)).toBe(true);
  expect(aboutTraining(shuffled.file)).toEqual(aboutTraining(as.file));
  expect(aboutTraining(one.file)).toEqual(aboutTraining(as.file));
  expect(one.file.dataset.task).toEqual(as.file.dataset.task);
  expect(one.file.dataset.roles).toEqual(as.file.dataset.roles);
  expect(one.file.findings.map(({ trap }) => trap)).toContain("sampling-bias");
});

test("labels that the test set spells otherwise are read as the training rows write them", { timeout: 120_000 }, async () => {
  const folder = folderFor();
  const plain = await plainly();
  const dotted = await audited(
    folder,
    csv(TEST, "test", (positive) => (positive ? ">50K." : "<=50K.")),
    "dotted",
  );
  const found = dotted.file.findings.find(({ trap }) => trap === "label-variant");
  const step = { op: "read-labels", target: "income", spelt: { "<=50K.": "<=50K", ">50K.": ">50K" }, unknown: [] };
  expect(found).toMatchObject({ state: "mended", severity: "blocker", rows: { count: TEST }, fix: { steps: [step] } });
  expect(dotted.file.dataset.task).toMatchObject({ kind: "binary", classes: ["<=50K", ">50K"] });
  expect(aboutTraining(dotted.file)).toHaveLength(aboutTraining(plain.file).length);
  const budget = ["--budget", `${Math.ceil(20 * crowding())}s`];
  const flags = [...ABOUT, "--test", "dotted.csv", "--out", "dotted"];
  const chosen = await here(["choose", "train.csv", ...flags, ...budget], folder);
  const { candidates } = JSON.parse(chosen.stdout) as { candidates: { score: { value: number } }[] };
  expect(Math.max(...candidates.map(({ score }) => score.value))).toBeGreaterThan(0.75);
  const strange = await audited(
    folder,
    csv(TEST, "test", (positive, row) => (row < 40 ? "unheard" : positive ? ">50K" : "<=50K")),
    "strange",
    ...UNPRICED,
  );
  expect(strange.file.findings.find(({ trap }) => trap === "label-variant")).toMatchObject({ state: "open", severity: "blocker" });
  expect(strange.code).toBe(1);
});

test("labels of the test set that are no class of a training target in numbers are a blocker, for audit and run alike", async () => {
  const folder = folderFor();
  const numbers = csv(TRAIN, "train", (positive) => (positive ? "1" : "0"));
  writeFileSync(join(folder, "numbers.csv"), numbers);
  const write = (name: string, label: (positive: boolean) => string) =>
    writeFileSync(join(folder, `${name}.csv`), csv(TEST, "test", label));
  write("words", (positive) => (positive ? "yes" : "no"));
  write("others", (positive) => (positive ? "2" : "1"));
  write("same", (positive) => (positive ? "1" : "0"));
  const work = (command: string, name: string, ...more: string[]) =>
    here([command, "numbers.csv", ...ABOUT, "--test", `${name}.csv`, "--out", `${command}-${name}`, ...more], folder);
  const variantOf = (found: readonly Finding[]) => found.find(({ trap }) => trap === "label-variant");
  const audited = await work("audit", "words");
  const words = variantOf((JSON.parse(audited.stdout) as FindingsFile).findings);
  expect(words).toMatchObject({
    state: "open",
    severity: "blocker",
    rows: { count: TEST },
    evidence: { unknownLabels: ["yes", "no"], share: 1 },
  });
  expect(words?.why).toContain('"yes", "no"; the training rows have "0", "1"');
  expect(audited.code).toBe(1);
  const ran = await work("run", "words");
  const { findings, verdict, whyNoModel } = JSON.parse(ran.stdout) as JourneyResult;
  expect(whyNoModel).toContain("no label of the given test rows is one that the training rows have");
  expect([ran.code, ran.stderr, verdict.decision]).toEqual([1, "", "no-go"]);
  expect(variantOf(findings.findings)).toEqual(words);
  expect(verdict.next.join(" ")).toContain("Write the labels of the test set as the training rows do");
  expect(verdict.next.join(" ")).not.toContain("--budget");
  const others = variantOf((JSON.parse((await work("audit", "others", ...UNPRICED)).stdout) as FindingsFile).findings);
  expect(others).toMatchObject({ severity: "blocker", evidence: { unknownLabels: ["2"] } });
  expect(variantOf((JSON.parse((await work("audit", "same", ...UNPRICED)).stdout) as FindingsFile).findings)).toBeUndefined();
});

test("the data once more as its test set is a blocker, and no model is judged", async () => {
  const folder = folderFor();
  const lines = train.trim().split("\n");
  // Copies within the data are mended by a step that leaves the test set nothing to be trained for.
  writeFileSync(join(folder, "twice.csv"), [...lines, ...lines.slice(1, 80), ""].join("\n"));
  const flags = [...ABOUT, "--test", "twice.csv"];
  const { code, stdout, stderr } = await here(["run", "twice.csv", ...flags], folder);
  const { findings, verdict, whyNoModel } = JSON.parse(stdout) as JourneyResult;
  expect([code, stderr, verdict.decision]).toEqual([1, "", "no-go"]);
  expect(findings.findings.map(({ trap, state }) => `${trap} ${state}`)).toEqual(
    expect.arrayContaining(["split-overlap open", "duplicate-row mended"]),
  );
  expect(verdict.reasons[0]).toContain("479 of 479 test rows (100 %)");
  expect(whyNoModel).toContain("every training row also stands in the given test set");
  expect(verdict.next.join(" ")).toContain("Give a test set whose rows do not stand in the training data");
});

test(
  "of tables so large that a sample is looked at, every test row that stands in the training rows is counted",
  async () => {
    const folder = folderFor();
    const random = createRandom(5, "large");
    const drawn = (rows: number) => Array.from({ length: rows }, () => `${random.normal().toFixed(7)},${random.normal().toFixed(7)}`);
    const trained = drawn(110_000);
    const tested = drawn(40_000).map((row, place) => (place % 4000 === 7 ? trained[2 * place + 1]! : row));
    const table = (rows: readonly string[]) =>
      ["a,b,y", ...rows.map((row) => `${row},${random.integer(2) === 0 ? "no" : "yes"}`)].join("\n");
    writeFileSync(join(folder, "train.csv"), table(trained));
    writeFileSync(join(folder, "test.csv"), table(tested));
    const flags = ["--target", "y", "--test", "test.csv", "--budget", "0s", "--json", "-", "--quiet", "--threads", "1", "--out", "large"];
    const { stdout, stderr } = await here(["audit", "train.csv", ...flags], folder);
    expect(stderr).toBe("");
    const found = (JSON.parse(stdout) as FindingsFile).findings.find(({ trap }) => trap === "split-overlap");
    const sample = Array.from({ length: 10 }, (_, place) => 110_007 + 4000 * place);
    expect(found).toMatchObject({ rows: { count: 10, sample }, evidence: { overlappingTestRows: 10, testRows: 40_000 } });
    expect(found!.rows).not.toHaveProperty("estimated");
    expect(found!.why).toMatch(/^10 of 40,000 test rows /);
  },
  60_000 * crowding(),
);
