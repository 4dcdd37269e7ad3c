import { expect, test } from "vitest";
import { OldhandError } from "../../src/core/error.ts";

test("names of the user cannot act on the terminal that shows the message, nor add lines to it", () => {
  const name = "\u001b[31mred\u202e\nwhere:    elsewhere";
  const { message } = new OldhandError("unknown-column", { what: `No ${name}.`, where: name, expected: name, got: name, fix: name });
  for (const character of ["\u001b", "\u202e"]) expect(message).not.toContain(character);
  expect(message.split("\n")).toHaveLength(5);
  expect(message.split("\n")[0]).toBe("No \ufffd[31mred\ufffd where:    elsewhere. [unknown-column]");
});
