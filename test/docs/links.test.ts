import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ROOT } from "../architecture/sources.ts";
import { anchorsOf, linksOf, pages, pathsOf } from "./links.ts";

const all = pages();

describe.each(all)("$path", (page) => {
  test("links to files that are there", () => {
    expect(linksOf(page).filter(({ target }) => !existsSync(join(ROOT, target)))).toEqual([]);
  });

  test("links to headings that are there", () => {
    const wrong = linksOf(page).filter(
      ({ target, anchor }) => anchor !== null && !anchorsOf(readFileSync(join(ROOT, target), "utf8")).includes(anchor),
    );
    expect(wrong).toEqual([]);
  });

  test("names files that are there", () => {
    expect(pathsOf(page).filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });
});

test("the index lists every page", () => {
  const listed = new Set(linksOf(all.find(({ path }) => path === "docs/index.md") ?? { path: "", text: "" }).map(({ target }) => target));
  const wanted = all.map(({ path }) => path).filter((path) => path.startsWith("docs/") && path !== "docs/index.md");
  expect(wanted.filter((path) => !listed.has(path))).toEqual([]);
});

test("a broken link, anchor and path are seen", () => {
  const page = {
    path: "docs/x.md",
    text: "[a](no.md) [b](#nowhere) `src/no/such.ts` `src/<any>.ts`\n```\n[c](in-a-fence.md)\n```\n## A `b`, c\n",
  };
  expect(linksOf(page)).toEqual([
    { target: "docs/no.md", anchor: null },
    { target: "docs/x.md", anchor: "nowhere" },
  ]);
  expect(pathsOf(page)).toEqual(["src/no/such.ts"]);
  expect(anchorsOf(page.text)).toEqual(["a-b-c"]);
});
