import type { AuditContext } from "../check.ts";

/** Frame rows before the given test set, and the test rows; null without one. */
export function givenTest(context: AuditContext): { readonly train: Int32Array; readonly test: Int32Array } | null {
  const { testRows, frame } = context;
  if (testRows === null || testRows.length === 0) return null;
  return context.shared("given-test", () => {
    const inTest = new Uint8Array(frame.rows);
    for (const row of testRows) inTest[row] = 1;
    const train = new Int32Array(frame.rows - testRows.length);
    let at = 0;
    for (let row = 0; row < frame.rows; row++) if (inTest[row] === 0) train[at++] = row;
    return { train, test: testRows };
  });
}
