import { resolve } from 'node:path';
import { Option } from '@commander-js/extra-typings';
import type { Command } from '@commander-js/extra-typings';
import { addModelRun } from '../../options/option-groups.ts';
import * as options from '../../options/options.ts';
import { parseGate } from '../../output/gates.ts';
import { UsageError } from '../../terminal/exit-code.ts';
import { createReporter } from '../../terminal/reporter.ts';
import type { Terminal } from '../../terminal/terminal.ts';

const help = `
The model is an encoder whose spec has the head "embedding" (CLIP, DINOv2), or any model of which --output names a layer.

Examples:
  qualm embed --images photos --model clip.json --out embeddings.parquet
  qualm embed --images photos --model resnet18.json --output features --out features.npz
  qualm batch predictions --count 100 --diverse embeddings.parquet
  qualm embed --boxes predictions --model clip.json --out boxes.parquet
  qualm report predictions --embeddings boxes.parquet`;

/** Adds `qualm embed`: images, or boxes, to vectors, in one file. */
export function addEmbedCommand(program: Command, terminal: Terminal): void {
  const command = program
    .command('embed')
    .description('make a vector of each image, or of each box, for diversity and search');
  addModelRun(command)
    .addOption(new Option('--output <name>', "the model's output to take (default: as the head of its spec says)"))
    .addOption(
      new Option('--pool <how>', 'how a map or tokens of --output become one vector (default: mean)').choices([
        'mean',
        'max',
        'first',
        'none',
      ] as const),
    )
    .addOption(
      new Option('--boxes <predictions>', 'make a vector of each box of stored predictions, cut out of its image'),
    )
    .addOption(options.minScoreOption)
    .addOption(new Option('-o, --out <file>', '.parquet, .npz or .arrow').default('embeddings.parquet'))
    .addOption(options.strictOption)
    .addOption(
      new Option('--fail-on <condition>', 'end with exit code 3 when it holds: "failed>5%"').argParser(parseGate),
    )
    .addOption(options.dryRunOption)
    .addOption(options.jsonOption)
    .addHelpText('after', help)
    .action(async (given, asked) => {
      // QUALM_IMAGES and a settings file say images to all commands.
      const isSaid = (name: 'images' | 'minScore'): boolean => asked.getOptionValueSource(name) === 'cli';
      if (given.boxes === undefined && isSaid('minScore')) throw new UsageError('--min-score is for --boxes');
      if (given.boxes !== undefined && (isSaid('images') || given.coco !== undefined))
        throw new UsageError('--boxes: its predictions name their images; leave out --images and --coco');
      const { runEmbed } = await import('./run-embed.ts');
      const reporter = createReporter(terminal, { json: given.json === true });
      await runEmbed({ ...given, out: resolve(terminal.cwd, given.out) }, terminal, reporter);
    });
}
