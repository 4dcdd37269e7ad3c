// Appends numbered lines to the log given as argument until it is killed; then a line is half-written by hand.
import { openLog } from "../../../src/store/index.ts";

const log = openLog(process.argv[2]);
for (let number = 0; ; number++) {
  log.append({ number, padding: "x".repeat(number % 5000) });
  if (number === 20) process.stdout.write("ready\n");
}
