import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { ROOT } from "../architecture/sources.ts";

export interface Page {
  /** From the root of the repository. */
  readonly path: string;
  readonly text: string;
}

/** Everything that is written for people: docs/, and the pages at the root that are there. */
export function pages(): Page[] {
  const docs = readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" }).map((path) => `docs/${path.replaceAll("\\", "/")}`);
  return [...docs.filter((path) => path.endsWith(".md")).sort(), "README.md", "CONTRIBUTING.md"]
    .filter((path) => existsSync(join(ROOT, path)))
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), "utf8") }));
}

/** Targets of links into the repository: path from its root, and the anchor without #, or null. */
export function linksOf({ path, text }: Page): { readonly target: string; readonly anchor: string | null }[] {
  return [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)|^\[[^\]]+\]:\s*(\S+)/gm)]
    .map(([, inline, reference]) => inline ?? reference ?? "")
    .filter((link) => !/^[a-z]+:/i.test(link))
    .map((link) => {
      const [file = "", anchor] = link.split("#");
      const target = file === "" ? path : relative(ROOT, join(ROOT, dirname(path), decodeURIComponent(file)));
      return { target, anchor: anchor ?? null };
    });
}

/** Paths between backticks that name a file or folder of the repository; patterns with a placeholder are left out. */
export function pathsOf({ text }: Page): string[] {
  return [...withoutFences(text).matchAll(/`((?:src|test|bench|docs|examples|scripts)\/[^`\s]*)`/g)]
    .map(([, path = ""]) => path)
    .filter((path) => !/[<>*{}]|[A-Z]{3,}|NNNN/.test(path));
}

/** Anchors of the headings, as GitHub makes them. */
export function anchorsOf(text: string): string[] {
  return [...withoutFences(text).matchAll(/^#{1,6}\s+(.*)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .trim()
      .replace(/\s/g, "-"),
  );
}

function withoutFences(text: string): string {
  return text.replace(/^```[\s\S]*?^```/gm, "");
}

function withoutCode(text: string): string {
  return withoutFences(text).replace(/`[^`\n]*`/g, "");
}
