import { Option } from '@commander-js/extra-typings';
import type { Command } from '@commander-js/extra-typings';
import * as options from '../../options/options.ts';
import type { Terminal } from '../../terminal/terminal.ts';

/** Adds `qualm doctor`: what this machine can run. */
export function addDoctorCommand(program: Command, terminal: Terminal): void {
  program
    .command('doctor')
    .description('say what this machine can run, and what to install where it cannot')
    .addOption(
      new Option(
        '-m, --model <spec>',
        'measure this model on each device, for a second each: a model spec, a JSON file',
      ),
    )
    .addOption(options.modelRootOption)
    .addOption(options.backendOption)
    .addOption(options.jsonOption)
    .action(async (given) => {
      const { runDoctor } = await import('./run-doctor.ts');
      await runDoctor(given, terminal);
    });
}
