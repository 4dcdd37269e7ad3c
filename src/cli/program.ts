import { Command, type CommanderError } from "commander";
import { OldhandError } from "../core/error.ts";
import { nearestName } from "../core/nearest-name.ts";
import { VERSION } from "../core/version.ts";
import { addCommonOptions, addGateOptions, addLoadOptions, collect } from "./options.ts";

type Action = (...args: never[]) => Promise<void>;

/** All commands. Each one's code is loaded only when it is used. */
export function createProgram(): Command {
  const program = new Command("oldhand")
    .description("The experienced machine-learning engineer as software: one command from raw data to a verdict to trust.")
    .version(VERSION, "-V, --version")
    .showSuggestionAfterError()
    .helpCommand(false)
    .addHelpText("after", TOP_HELP);
  addDataCommands(program);
  addDossierCommands(program);
  addHelpCommand(program);
  strict(program);
  for (const command of program.commands) strict(command);
  return program;
}

function addDataCommands(program: Command): void {
  const onData = (name: string, summary: string, example: string, load: () => Promise<{ action: Action }>): Command =>
    addCommonOptions(
      program
        .command(name)
        .argument("<data>", "a file, files by a pattern, a database table or an S3 object; see below")
        .summary(summary)
        .description(summary),
    )
      .addHelpText("after", `\nExample:\n  ${example}\n${DATA_HELP}`)
      .action(lazy(load));
  addGateOptions(
    addLoadOptions(
      onData(
        "run",
        "all four stages: data, model, scale, production -> dossier, report, verdict",
        "oldhand run customers.csv --target churned",
        () => import("./commands/run.ts"),
      ),
    ),
  );
  onData(
    "audit",
    "stage 1 only: what is wrong with the data, and what each trap costs",
    "oldhand audit customers.csv --target churned --json -",
    () => import("./commands/audit.ts"),
  );
  onData(
    "prepare",
    "stage 1, and writes the mended data and its recipe; of a dossier that was looked at, the mended data alone",
    "oldhand prepare customers.csv --target churned --out mended\n  oldhand prepare mended --undo post-outcome:duration",
    () => import("./commands/prepare.ts"),
  ).option("--undo <step>", "leave a step out: its number, the id of a finding, or all (may be given again)", collect);
  addDiffCommand(program);
  onData(
    "choose",
    "stages 1 and 2: which model, judged honestly",
    "oldhand choose customers.csv --target churned --budget 5m",
    () => import("./commands/choose.ts"),
  );
}

function addDiffCommand(program: Command): void {
  const summary = "what two tables differ in: columns, rows, cells, distributions. Of one dossier: its data and the mended table";
  program
    .command("diff")
    .argument("<before>", "data; or a dossier: the data as it was read, DOSSIER#mended, DOSSIER#VERSION")
    .argument("[after]", "named likewise")
    .summary(summary)
    .description(summary)
    .option("--key <column>", "tells which row is which; default: found (may be given again)", collect)
    .option("--memory <size>", "memory for tables; default: a quarter of the machine's")
    .option("--threads <n>", "threads; default: all cores")
    .option("--json <file>", "write the result as JSON to a file, or - for standard output")
    .addHelpText("after", `\nExample:\n  oldhand diff january.csv february.csv --key customer\n${DATA_HELP}`)
    .action(lazy(() => import("./commands/diff.ts")));
}

type AddCommand = (spec: string, summary: string, example: string, load: () => Promise<{ action: Action }>) => Command;

function addDossierCommands(program: Command): void {
  const on: AddCommand = (spec, summary, example, load) =>
    program
      .command(spec)
      .summary(summary)
      .description(summary)
      .option("--json <file>", "write the result as JSON to a file, or - for standard output")
      .option("--quiet", "no progress")
      .addHelpText("after", `\nExample:\n  ${example}`)
      .action(lazy(load));
  addStageCommands(on);
  addModelCommands(on);
  addLookingBackCommands(on);
}

function addStageCommands(on: AddCommand): void {
  addLoadOptions(
    on(
      "plan <dossier>",
      "stage 3: samples, speed, capacity and cost for a load you state",
      "oldhand plan oldhand-customers --load 50M",
      () => import("./commands/plan.ts"),
    ),
  );
  addGateOptions(
    on(
      "prove <dossier>",
      "stage 4: every gate again; writes proof.json and proof.junit.xml",
      "oldhand prove oldhand-customers",
      () => import("./commands/prove.ts"),
    ),
    "as when it was run",
  );
}

function addModelCommands(on: AddCommand): void {
  on(
    "predict <model> <data>",
    "scores a file; MODEL is a dossier or its model folder. Of two classes the positive one is predicted from the model's threshold on (best F1 out of fold)",
    "oldhand predict oldhand-customers new.csv --out scored.csv",
    () => import("./commands/predict.ts"),
  )
    .option("--out <file>", "file to write: .csv or .parquet; - or nothing: CSV on standard output")
    .option("--keep <column>", "a column to copy beside the prediction, e.g. a key (may be given again)", collect)
    .option("--memory <size>", "memory for reading and writing", "512MB")
    .option("--threads <n>", "threads");
  on(
    "serve <model>",
    "answers over HTTP, by the model's threshold (see /metadata)",
    "oldhand serve oldhand-customers --port 8080",
    () => import("./commands/serve.ts"),
  )
    .option("--port <n>", "port; 0 = a free one", "8080")
    .option("--host <address>", "address to listen on", "127.0.0.1")
    .option("--log <file>", "append every request and answer as JSON lines (for watch)");
}

function addLookingBackCommands(on: AddCommand): void {
  on(
    "watch <dossier>",
    "compares what was served with the training data: drift and skew",
    "oldhand watch oldhand-customers --log served.jsonl",
    () => import("./commands/watch.ts"),
  )
    .option("--log <file>", "log written by serve --log")
    .option("--data <file>", "a file with the same columns");
  on(
    "autopsy <dossier>",
    "why it failed, stage by stage: which omission caused how much",
    "oldhand autopsy oldhand-customers",
    () => import("./commands/autopsy.ts"),
  ).option("--budget <time>", "stop after this time, e.g. 60s, 5m");
  on(
    "replay <id>",
    "runs one experiment of a dossier's ledger again and compares",
    "oldhand replay 3fa85f64b0c1 --dossier oldhand-customers",
    () => import("./commands/replay.ts"),
  ).option("--dossier <folder>", "dossier; default: the only one in this folder");
  on(
    "studio <dossier>",
    "shows the dossier in a local web page",
    "oldhand studio oldhand-customers",
    () => import("./commands/studio.ts"),
  ).option("--port <n>", "port; 0 = a free one", "4173");
}

function lazy(load: () => Promise<{ action: Action }>): (...args: unknown[]) => Promise<void> {
  return async (...args) => {
    const { action } = await load();
    await (action as (...args: unknown[]) => Promise<void>)(...args);
  };
}

/** Wrong use is an OldhandError like any other: one message, exit code 2. */
function addHelpCommand(program: Command): void {
  program
    .command("help")
    .argument("[command]")
    .description("show help of a command")
    .action((name?: string) => {
      const wanted = name === undefined ? program : program.commands.find((one) => one.name() === name);
      if (wanted !== undefined) wanted.help();
      const nearest = nearestName(
        name ?? "",
        program.commands.map((one) => one.name()),
      );
      throw new OldhandError("unknown-command", {
        what: `Unknown command '${name}'.`,
        fix: `${nearest === null ? "" : `Did you mean ${nearest}? `}See 'oldhand --help'.`,
      });
    });
}

/** An option that takes one value: the last would win without a word. */
function refuseTwice(command: Command): void {
  for (const option of command.options) {
    if (option.isBoolean() || option.negate || option.parseArg !== undefined) continue;
    const name = option.long ?? option.flags;
    let given: string | null = null;
    command.on(`option:${option.name()}`, (value: string) => {
      if (given !== null)
        throw new OldhandError("bad-option", {
          what: `${name} is given twice, and takes one value.`,
          where: `${name} ${given} ${name} ${value}`,
          expected: `${name} once`,
          fix: `Leave out one of them. See 'oldhand ${command.name()} --help'.`,
        });
      given = value;
    });
  }
}

function strict(command: Command): void {
  refuseTwice(command);
  command.exitOverride((error) => {
    throw translate(error, command);
  });
  command.configureOutput({ outputError: () => {} });
}

function translate(error: CommanderError, command: Command): Error {
  if (error.exitCode === 0) return error;
  if (error.code === "commander.help") return error;
  const text = error.message.replace(/^error: /, "");
  const [what = text, suggestion] = text.split("\n");
  const quoted =
    error.code === "commander.excessArguments"
      ? `Put names and values with blanks in quotes, as in --target "name of a column", and patterns for several files, as in 'parts/*.csv'. `
      : "";
  const code = error.code === "commander.unknownCommand" ? "unknown-command" : "bad-option";
  const name = command.name() === "oldhand" ? "" : ` ${command.name()}`;
  return new OldhandError(code, {
    what: `${what.charAt(0).toUpperCase()}${what.slice(1).replace(/\.$/, "")}.`,
    fix: `${quoted}${suggestion === undefined ? "" : `${suggestion.replace(/^\(|\)$/g, "")} `}See 'oldhand${name} --help'.`,
  });
}

const DATA_HELP = `
Data:
  customers.csv  sales.parquet  events.jsonl.gz    CSV, TSV, Parquet, JSONL, ARFF; also .gz and .zst
  'parts/*.parquet'                                several files with the same columns, in quotes
  book.xlsx#Sheet                                  a sheet of an Excel workbook
  app.db#orders                                    a table of an SQLite database
  postgres://user@host/shop#orders                 a table of Postgres; the password in PGPASSWORD
  'app.db#SELECT ... FROM ...'                     the rows of a query, of SQLite or Postgres
  s3://bucket/key.parquet                          an object of S3; AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY say who reads`;

const TOP_HELP = `
Examples:
  oldhand run customers.csv --target churned
  oldhand run sales.parquet --target amount --time sold_at --budget 10m
  oldhand serve oldhand-customers --port 8080

Exit codes:
  0 go   1 no-go   2 wrong use or unusable input   3 no answer yet   70 internal error
  130 stopped by Ctrl-C   143 stopped by SIGTERM; the same command goes on from there
  No answer yet: the budget ended, a gate had no time, a check broke down, or an open question decides whether a model is worth it.`;
