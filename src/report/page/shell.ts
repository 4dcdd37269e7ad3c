import { createHash } from "node:crypto";
import { html, type Markup, raw } from "../markup.ts";
import { STYLE } from "./style.ts";
import { THEME_SCRIPT } from "./theme-script.ts";

export interface Page {
  readonly title: string;
  readonly contents: Markup;
  readonly main: Markup;
  readonly footer: Markup;
}

/** Nothing may be loaded, and no script may run but the one whose hash is given: names of columns cannot do harm even if one got through. */
const POLICY = `default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-${createHash("sha256").update(THEME_SCRIPT).digest("base64")}'; base-uri 'none'; form-action 'none'`;

/** The document around the sections. Everything is inside: styles, drawings, and the script of the theme button. */
export function pageText({ title, contents, main, footer }: Page): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="Oldhand">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${raw(STYLE)}</style>
</head>
<body>
<a class="skip" href="#verdict">Skip to the verdict</a>
<header class="top"><span class="brand">Oldhand</span><button id="theme" type="button" hidden>Theme</button></header>
<div class="page">
${contents}
<main>${main}</main>
</div>
<footer>${footer}</footer>
<script>${raw(THEME_SCRIPT)}</script>
</body>
</html>
`.markup;
}
