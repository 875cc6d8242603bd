import { resolve } from 'node:path';
import { Option } from '@commander-js/extra-typings';
import type { Command } from '@commander-js/extra-typings';
import * as options from '../../options/options.ts';
import { createReporter } from '../../terminal/reporter.ts';
import type { Terminal } from '../../terminal/terminal.ts';

const help = `
A worker's bundle has Node, qualm-worker and what they need, from npm's registry and for that platform, whatever this machine is. A
model's has its spec and its files. Both are called after a hash of what is in them, and a folder in them is called the same.

Examples:
  qualm bundle --platform linux-x64 --out bundles
  qualm bundle --model yolox-nano.json --out bundles
  env -i qualm-*/bin/node qualm-*/worker.mjs --model qualm-model-*/spec.json < requests > answers   # anywhere else`;

/** Adds `qualm bundle`: archives of the worker and of models, for machines without either. */
export function addBundleCommand(program: Command, terminal: Terminal): void {
  program
    .command('bundle')
    .description('pack the worker, and models, for the machines of a cluster')
    .addOption(
      new Option('--platform <name>', 'pack the worker for machines of this kind').choices([
        'linux-x64',
        'linux-arm64',
      ] as const),
    )
    .addOption(new Option('--node <version>', 'the version of Node in it').default('22'))
    .addOption(
      new Option(
        '--packages <folder>',
        "archives of qualm's packages, or a built checkout of it (default: npm's registry)",
      ),
    )
    .addOption(new Option('-m, --model <spec...>', 'pack these models: specs, or models in MLflow'))
    .addOption(options.trackingUriOption)
    .addOption(new Option('-o, --out <folder>', 'folder of the archives').default('.', 'here'))
    .addOption(options.jsonOption)
    .addHelpText('after', help)
    .action(async (given) => {
      const reporter = createReporter(terminal, { json: given.json === true });
      const { runBundle } = await import('./run-bundle.ts');
      await runBundle({ ...given, out: resolve(terminal.cwd, given.out) }, terminal, reporter);
    });
}
