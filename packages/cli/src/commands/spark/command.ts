import { Option } from '@commander-js/extra-typings';
import type { Command } from '@commander-js/extra-typings';
import { unitNumber, wholeNumber } from '../../options/option-values.ts';
import * as options from '../../options/options.ts';
import { createReporter } from '../../terminal/reporter.ts';
import type { Terminal } from '../../terminal/terminal.ts';

const help = `
Examples:
  qualm spark doctor --remote sc://spark.example.com:15002 --worker qualm-1a2b3c.tgz
  qualm spark predict --remote sc://spark.example.com:15002 --worker qualm-1a2b3c.tgz \\
    --model-files qualm-model-4d5e6f.tgz --from photos --into predictions

SPARK_REMOTE is the default of --remote, and SPARK_CONNECT_AUTHENTICATE_TOKEN is the token of the address.
Workers and models come from archives of qualm bundle: a .tgz here is sent, archive:name is one that the server was
started with (--archives name.tgz#name), and an absolute folder is one of each executor.`;

/** Adds `qualm spark`: the same prediction on an existing Apache Spark. */
export function addSparkCommand(program: Command, terminal: Terminal): void {
  const spark = program.command('spark').description('predict the images of a table on an Apache Spark');
  spark.addHelpText('after', help);

  spark
    .command('predict')
    .description('predict each image of a table into a new one, which appears when it is whole')
    .addOption(remoteOption())
    .addOption(workerOption())
    .addOption(workerCommandOption())
    .addOption(
      new Option('-m, --model <spec>', 'the spec, within --model-files (default: spec.json), or as executors see it'),
    )
    .addOption(new Option('--model-files <place>', 'where the model comes from: a .tgz, archive:name or a folder'))
    .addOption(new Option('--hash <hex>', 'refuse a model with another fingerprint'))
    .addOption(new Option('--from <table>', 'the table or view of images').makeOptionMandatory())
    .addOption(new Option('--id <column>', 'its column of ids, each there once').default('image_id'))
    .addOption(new Option('--image <column>', 'its column of paths, URIs or pictures').default('image'))
    .addOption(new Option('--into <table>', 'the table that is made').makeOptionMandatory())
    .addOption(new Option('--rows <what>', 'one row for each of them').choices(['images', 'boxes'] as const))
    .addOption(
      new Option('--form <form>', 'boxes with all their class scores, or with the best class').choices([
        'class-scores',
        'detections',
      ] as const),
    )
    .addOption(new Option('--min-score <p>', 'leave out boxes that score below p').argParser(unitNumber))
    .addOption(
      new Option('--top-k <k>', 'keep the k best classes of each box, or the k best detections').argParser(
        wholeNumber(1),
      ),
    )
    .addOption(new Option('--measure <strategy...>', 'measure images on the executors: entropy, /opt/mine.js#score'))
    .addOption(new Option('--images-per-partition <n>', 'images of one task').argParser(wholeNumber(1)).default(500))
    .addOption(options.jsonOption)
    .action(async (given) => {
      const reporter = createReporter(terminal, { json: given.json === true });
      const { runSparkPredict } = await import('./run-spark-predict.ts');
      await runSparkPredict(given, terminal, reporter);
    });

  spark
    .command('doctor')
    .description('try what predictions need there, and say what to mend')
    .addOption(remoteOption())
    .addOption(workerOption())
    .addOption(workerCommandOption())
    .addOption(options.jsonOption)
    .action(async (given) => {
      const { runSparkDoctor } = await import('./run-spark-doctor.ts');
      await runSparkDoctor(given, terminal);
    });
}

function remoteOption() {
  return new Option('--remote <address>', 'the Spark Connect server, such as sc://host:15002').env('SPARK_REMOTE');
}

function workerOption() {
  return new Option('--worker <place>', 'where the worker comes from: a .tgz, archive:name or a folder');
}

function workerCommandOption() {
  return new Option('--worker-command <text>', 'a command that runs qualm-worker on executors').conflicts('worker');
}
