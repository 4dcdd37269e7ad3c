// Node prints the line of an error that nobody caught. In a file without blanks a line is all of it, 78 kB of code before the message.
import { parseSync } from "rolldown/utils";

const WIDTH = 160;

/** Lists of nodes whose every node, or all but the first, may begin a line. Before others a new line could end the statement, as behind `return`. */
const LISTS = {
  body: 0,
  consequent: 0,
  cases: 0,
  arguments: 0,
  elements: 0,
  properties: 0,
  specifiers: 0,
  declarations: 1,
  expressions: 1,
};

/** JavaScript without blanks, with new lines where they change nothing, so that lines have at most WIDTH letters where the text has places to break. */
export function wrapLines(name, code) {
  const { program, errors } = parseSync(name, code, { lang: "js" });
  if (errors.length > 0) throw new Error(`${name}: ${errors[0].message}`);
  const places = [...new Set([0, ...breaksOf(program, []), code.length])].sort((a, b) => a - b);
  let text = "";
  let width = 0;
  for (let i = 1; i < places.length; i++) {
    const piece = code.slice(places[i - 1], places[i]);
    const lines = piece.split("\n");
    if (width > 0 && width + lines[0].length > WIDTH) {
      text += "\n";
      width = 0;
    }
    text += piece;
    width = lines.length > 1 ? lines.at(-1).length : width + piece.length;
  }
  return text;
}

/** Where a new line changes nothing. */
function breaksOf(node, found) {
  for (const [key, value] of Object.entries(node)) {
    if (Array.isArray(value)) {
      const first = LISTS[key];
      value.forEach((child, place) => {
        if (child === null || typeof child !== "object") return;
        if (first !== undefined && place >= first) found.push(child.start);
        breaksOf(child, found);
      });
    } else if (value !== null && typeof value === "object" && typeof value.type === "string") breaksOf(value, found);
  }
  return found;
}
