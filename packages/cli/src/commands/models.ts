import { resolve } from 'node:path';
import { Argument } from '@commander-js/extra-typings';
import type { Command } from '@commander-js/extra-typings';
import * as options from '../options.ts';
import type { Terminal } from '../terminal.ts';

/** Adds `qualm models`: what specs say, and whether their files agree. */
export function addModelsCommand(program: Command, terminal: Terminal): void {
  const models = program.command('models').description('look at model specs');
  models
    .command('ls')
    .description('list the model specs of a folder')
    .addArgument(new Argument('[folder]', 'where to look').default('.'))
    .addOption(options.jsonOption)
    .action(async (folder, given) => {
      const { listModels } = await import('../list-models.ts');
      await listModels(resolve(terminal.cwd, folder), given.json === true, terminal);
    });
  models
    .command('show')
    .description('load a model, check it against its spec, and show its inputs and outputs')
    .addArgument(new Argument('<spec>', 'model spec, a JSON file'))
    .addOption(options.modelRootOption)
    .addOption(options.deviceOption)
    .addOption(options.jsonOption)
    .action(async (spec, given) => {
      const { showModel } = await import('../show-model.ts');
      await showModel({ ...given, model: spec }, terminal);
    });
}
