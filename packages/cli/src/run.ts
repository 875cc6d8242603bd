import { Command, CommanderError } from '@commander-js/extra-typings';
import { addBatchCommand } from './commands/batch/command.ts';
import { addBundleCommand } from './commands/bundle/command.ts';
import { addCompletionCommand } from './commands/completion/command.ts';
import { addDoctorCommand } from './commands/doctor/command.ts';
import { addEmbedCommand } from './commands/embed/command.ts';
import { addErrorsCommand } from './commands/errors/command.ts';
import { addMergeCommand } from './commands/merge/command.ts';
import { addModelsCommand } from './commands/models/command.ts';
import { addPredictCommand } from './commands/predict/command.ts';
import { addRankCommand } from './commands/rank/command.ts';
import { addRenderCommand } from './commands/render/command.ts';
import { addReportCommand } from './commands/report/command.ts';
import { addSelectCommand } from './commands/select/command.ts';
import { addServeCommand } from './commands/serve/command.ts';
import { addSimulateCommand } from './commands/simulate/command.ts';
import { addSparkCommand } from './commands/spark/command.ts';
import { addSqlCommand } from './commands/sql/command.ts';
import { addTrustCommand } from './commands/trust/command.ts';
import { groupHelp } from './options/help-groups.ts';
import { applyConfig, settingsInForce } from './settings/config.ts';
import type { AppliedSettings } from './settings/config.ts';
import { exitCode } from './terminal/exit-code.ts';
import { exitCodeOf } from './terminal/exit-code-of.ts';
import { formatError } from './terminal/format-error.ts';
import { styledText } from './terminal/styled-text.ts';
import { wantsEscapes } from './terminal/terminal.ts';
import { printableLines } from '@qualm/types';
import type { Terminal } from './terminal/terminal.ts';

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
      const text = formatError(error, Boolean(terminal.env['QUALM_DEBUG']));
      const [prefix, rest] = [text.slice(0, 'qualm:'.length), text.slice('qualm:'.length)];
      const shown = styledText([{ style: 'red', text: prefix }, rest], wantsEscapes(terminal, 'stderr'));
      terminal.stderr.write(`${shown}\n`);
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
    .option('--no-color', 'no colour and no bar; NO_COLOR and TERM=dumb do the same')
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
    addMergeCommand,
    addRankCommand,
    addEmbedCommand,
    addBatchCommand,
    addErrorsCommand,
    addRenderCommand,
    addReportCommand,
    addServeCommand,
    addSimulateCommand,
    addSqlCommand,
    addSparkCommand,
    addModelsCommand,
    addBundleCommand,
    addDoctorCommand,
    addTrustCommand,
    addCompletionCommand,
  ];
  for (const command of add) command(program as Command, terminal);
  groupHelp(program);
  return program as Command;
}
