import { expect, test } from "vitest";
import { findChromium } from "./find-chromium.ts";

const only =
  (...paths: string[]) =>
  (path: string) =>
    paths.includes(path);

test("CHROMIUM_PATH goes before the system's", () => {
  expect(findChromium({ CHROMIUM_PATH: "/own" }, only("/own", "/usr/bin/chromium"))).toEqual({ path: "/own" });
  expect(findChromium({}, only("/usr/bin/google-chrome"))).toEqual({ path: "/usr/bin/google-chrome" });
});

test("a CHROMIUM_PATH that leads nowhere is a mistake", () => {
  expect(() => findChromium({ CHROMIUM_PATH: "/gone" }, only("/usr/bin/chromium"))).toThrow(
    "CHROMIUM_PATH is /gone, and nothing is there.",
  );
});

test("without Chromium the browser's tests are skipped, and say why and what to do", () => {
  for (const env of [{}, { CI: "" }, { CI: "false" }])
    expect(findChromium(env, only())).toEqual({ skipped: expect.stringContaining("apt-get install chromium") });
});

test("in CI nothing is skipped", () => {
  for (const CI of ["1", "true"])
    expect(() => findChromium({ CI }, only())).toThrow(/^CI is set, and no Chromium was found: .*apt-get install chromium/);
  expect(findChromium({ CI: "1" }, only("/usr/bin/chromium"))).toEqual({ path: "/usr/bin/chromium" });
});
