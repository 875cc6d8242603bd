import { Command, CommanderError } from '@commander-js/extra-typings';
import { addBatchCommand } from './commands/batch.ts';
import { addDoctorCommand } from './commands/doctor.ts';
import { addErrorsCommand } from './commands/errors.ts';
import { addModelsCommand } from './commands/models.ts';
import { addPredictCommand } from './commands/predict.ts';
import { addRankCommand } from './commands/rank.ts';
import { addRenderCommand } from './commands/render.ts';
import { addReportCommand } from './commands/report.ts';
import { addSelectCommand } from './commands/select.ts';
import { addServeCommand } from './commands/serve.ts';
import { addSimulateCommand } from './commands/simulate.ts';
import { addSqlCommand } from './commands/sql.ts';
import { addTrustCommand } from './commands/trust.ts';
import { applyConfig, settingsInForce } from './config.ts';
import type { AppliedSettings } from './config.ts';
import { exitCode } from './exit-code.ts';
import { exitCodeOf } from './exit-code-of.ts';
import { formatError } from './format-error.ts';
import { printableLines } from '@qualm/types';
import type { Terminal } from './terminal.ts';

const description = `Finds the images that a model is unsure about.

  qualm select --images photos --model yolox-nano.json

Data goes to stdout, all else to stderr. Exit codes: 0 fine, 1 failed, 2 usage, 3 a gate, 130 interrupted.`;

/** Runs one command line and gives its exit code; it never throws and never exits.
 * @param args what was typed after `qualm`
 * @example await run(['doctor', '--json'], terminal) // 0
 */
export async function run(args: readonly string[], terminal: Terminal, version: string): Promise<number> {
  const program = createProgram(terminal, version);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCode.fine;
  } catch (error) {
    if (!(error instanceof CommanderError)) {
      terminal.stderr.write(`${formatError(error, Boolean(terminal.env['QUALM_DEBUG']))}\n`);
    }
    return exitCodeOf(error);
  }
}

function createProgram(outside: Terminal, version: string): Command {
  const terminal = { ...outside };
  let settings: AppliedSettings = new Map();
  const program = new Command('qualm')
    .description(description)
    .version(version)
    .option('--no-color', 'no colour and no bar; NO_COLOR and TERM=dumb say the same')
    .on('option:no-color', () => (terminal.env = { ...terminal.env, NO_COLOR: '1' }))
    .hook('preSubcommand', async (program) => {
      settings = await applyConfig(program.commands, terminal);
    })
    .hook('preAction', (_, command) => {
      const said = settingsInForce(command, settings);
      if (said !== null) terminal.stderr.write(`${printableLines(said)}\n`);
    })
    .showSuggestionAfterError()
    .showHelpAfterError('(qualm --help, or qualm <command> --help)')
    .configureOutput({
      writeOut: (text) => void terminal.stdout.write(text),
      writeErr: (text) => void terminal.stderr.write(printableLines(text)),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .exitOverride();
  const add = [
    addSelectCommand,
    addPredictCommand,
    addRankCommand,
    addBatchCommand,
    addErrorsCommand,
    addRenderCommand,
    addReportCommand,
    addServeCommand,
    addSimulateCommand,
    addSqlCommand,
    addModelsCommand,
    addDoctorCommand,
    addTrustCommand,
  ];
  for (const command of add) command(program as Command, terminal);
  return program as Command;
}
