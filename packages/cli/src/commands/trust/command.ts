import { resolve } from 'node:path';
import { Argument, Option } from '@commander-js/extra-typings';
import type { Command } from '@commander-js/extra-typings';
import type { Terminal } from '../../terminal/terminal.ts';

const help = `
A settings file in a folder may set what is harmless: numbers, choices, strategies of qualm, paths inside of the folder. Modules, addresses,
other paths and --force it may set only where it was trusted, as direnv does it; a file that is changed afterwards is not trusted any more.`;

/** Adds `qualm trust`: settings of a folder that may run code. */
export function addTrustCommand(program: Command, terminal: Terminal): void {
  program
    .command('trust')
    .description('let the settings file of a folder name modules and addresses')
    .addArgument(new Argument('[folder]', 'where qualm.config.yaml is').default('.', 'here'))
    .addOption(new Option('--remove', 'trust it no longer'))
    .addHelpText('after', help)
    .action(async (folder, given) => {
      const { runTrust } = await import('./run-trust.ts');
      await runTrust(resolve(terminal.cwd, folder), given, terminal);
    });
}
