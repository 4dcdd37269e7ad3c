import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { notInstalled } from "../../src/cli/not-installed.ts";

test("a package that is absent is no defect of the program: it is named, with what to do", () => {
  const required = (() => {
    try {
      return createRequire(import.meta.url)("@no/such");
    } catch (error) {
      return error;
    }
  })();
  expect(notInstalled(required)).toMatchObject({ code: "not-installed", message: expect.stringContaining("no @no/such") });
  expect(
    notInstalled(Object.assign(new Error("Cannot find package 'pg' imported from x.js"), { code: "ERR_MODULE_NOT_FOUND" }))?.message,
  ).toMatch(/no pg\n.*npm ci/s);
  expect([notInstalled(new Error("Cannot find module 'x'")), notInstalled("x")]).toEqual([null, null]);
});
