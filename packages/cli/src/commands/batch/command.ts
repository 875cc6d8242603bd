import { resolve } from 'node:path';
import { Argument, InvalidArgumentError, Option } from '@commander-js/extra-typings';
import type { Command } from '@commander-js/extra-typings';
import { notNegative, positiveNumber, wholeNumber } from '../../options/option-values.ts';
import * as options from '../../options/options.ts';
import type { Terminal } from '../../terminal/terminal.ts';

const help = `
An image counts for the class of the box that its number comes from; of its least sure box, where that is made of all.
Each pick has its reason beside it.

Examples:
  qualm batch predictions --count 100 --group-by folder
  qualm batch predictions --count 100 --group-by '^(video-\\d+)' --max-per-group 2 --balance
  qualm batch predictions --quota person=10:40 --quota dog=10: --labelled done.txt --out batch.csv
  qualm batch predictions --count 100 --diverse                  # by colours and edges, without a model
  qualm batch predictions --count 100 --diverse clip.json --candidates 2000
  qualm batch predictions --count 100 --diverse clip.parquet --diverse-by typical
  qualm batch predictions --count 500 --budget 3600 --cost-per-image 10 --cost-per-box 7`;

type Quota = Readonly<Record<string, { readonly min: number; readonly max: number }>>;

/** Adds `qualm batch`: stored predictions to a batch of images to label. */
export function addBatchCommand(program: Command, terminal: Terminal): void {
  program
    .command('batch')
    .description('choose a batch of images to label from stored predictions, and say why each is in it')
    .addArgument(new Argument('<predictions>', 'folder that predict or select wrote'))
    .addOption(options.strategyOption)
    .addOption(options.aggregateOption)
    .addOption(options.emptyOption)
    .addOption(options.minScoreOption)
    .addOption(options.seedOption)
    .addOption(new Option('--count <n>', 'images to choose').argParser(wholeNumber(1)).default(100))
    .addOption(
      new Option('--group-by <what>', 'folder, or a regular expression that finds the video, say, in a file name'),
    )
    .addOption(
      new Option(
        '--max-per-group <n>',
        'images of one group at most (default: 1; of folders, as many as fill the batch from all of them)',
      ).argParser(wholeNumber(1)),
    )
    .addOption(new Option('--balance', 'as many images of each class, as near as can be').conflicts('quota'))
    .addOption(
      new Option('--quota <class=min:max>', 'images of a class, at least and at most; may be repeated').argParser(
        addQuota,
      ),
    )
    .addOption(
      new Option(
        '--diverse [what]',
        'images that differ, by the vectors of qualm embed (.parquet), by a model that makes them (its spec), or by pictures: their colours and edges, without a model (the default)',
      )
        .preset('pictures')
        .conflicts(['balance']),
    )
    .addOption(
      new Option(
        '--diverse-by <method>',
        'k-center: the farthest from those before; typical: of clusters without a label; coverage: near to which most others lie (default: k-center)',
      ).choices(['k-center', 'typical', 'coverage']),
    )
    .addOption(
      new Option(
        '--candidates <n>',
        'images that --diverse picks from, the least sure first (default: ten times --count)',
      ).argParser(wholeNumber(1)),
    )
    .addOption(options.modelRootOption)
    .addOption(options.trackingUriOption)
    .addOption(options.deviceOption)
    .addOption(new Option('--budget <n>', 'the most that all images together may cost').argParser(positiveNumber))
    .addOption(new Option('--cost-per-image <n>', 'of --budget, such as seconds').argParser(notNegative).default(1))
    .addOption(new Option('--cost-per-box <n>', 'of --budget').argParser(notNegative).default(0))
    .addOption(
      new Option('--labelled <file>', 'images to leave out: ids one a line, marks or CSV of the report, or COCO'),
    )
    .addOption(new Option('-o, --out <file>', '.csv, .json or .parquet; - is stdout').default('-'))
    .addOption(new Option('--json', 'JSON instead of CSV on stdout'))
    .addOption(options.rawOption)
    .addOption(options.forceOption)
    .addHelpText('after', help)
    .action(async (predictions, given) => {
      const { runBatch } = await import('./run-batch.ts');
      await runBatch({ ...given, predictions: resolve(terminal.cwd, predictions) }, terminal);
    });
}

function addQuota(text: string, before: Quota | undefined): Quota {
  const parts = /^(.+)=(\d*)(?::(\d*))?$/.exec(text);
  const [, name = '', first = '', second] = parts ?? [];
  // One number is a maximum.
  const [min, max] = second === undefined ? ['', first] : [first, second];
  if (!parts || (min === '' && max === ''))
    throw new InvalidArgumentError('expected class=max, class=min:max or class=min:');
  const quota = { min: Number(min), max: max === '' ? Infinity : Number(max) };
  if (quota.min > quota.max) throw new InvalidArgumentError(`the minimum ${min} is above the maximum ${max}`);
  return { ...before, [name]: quota };
}
