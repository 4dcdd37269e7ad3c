export { reportHtml } from "./html.ts";
