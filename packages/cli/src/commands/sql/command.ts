import { Argument, Option } from '@commander-js/extra-typings';
import type { Command } from '@commander-js/extra-typings';
import { wholeNumber } from '../../options/option-values.ts';
import * as options from '../../options/options.ts';
import * as pageOptions from '../../options/page-options.ts';
import { addFunction } from './function-argument.ts';
import type { NamedFunction } from './function-argument.ts';
import { addModel } from './model-argument.ts';
import type { NamedModel } from './model-argument.ts';
import type { Terminal } from '../../terminal/terminal.ts';

const help = `
Examples:
  qualm sql -c "SELECT image_id FROM read_images('photos') LIMIT 5"
  qualm sql --model yolox=yolox-nano.json -c "
    SELECT image, found.label, margin(found.scores) AS margin
    FROM (SELECT image, unnest(ML_PREDICT(yolox, image)) AS found FROM read_images('photos'))
    ORDER BY margin LIMIT 20"
  qualm sql work.duckdb -f queries.sql --csv > rows.csv
  qualm sql --spark sc://spark.example.com:15002 -c "SELECT count(*) FROM photos"
  qualm sql                                        # a shell, where .help lists what can be typed

ML_PREDICT(name, image) runs a model that --model names, or CREATE MODEL name USING 'spec.json'.`;

/** Adds `qualm sql`: SQL over images, in a shell or not. */
export function addSqlCommand(program: Command, terminal: Terminal): void {
  program
    .command('sql')
    .description('run SQL over images, with models as functions; a shell where no statements are given')
    .addArgument(new Argument('[database]', 'a DuckDB file, created if it is missing (default: in memory)'))
    .addOption(new Option('-c, --command <text>', 'statements to run').conflicts('file'))
    .addOption(new Option('-f, --file <path>', 'a file of statements to run; - is stdin'))
    .addOption(
      new Option(
        '-m, --model <name=spec>',
        'a model that statements can name: a spec file, or one in MLflow; may be repeated; without a name it has that of its file',
      ).argParser((text: string, before: readonly NamedModel[] | undefined) => addModel(text, before)),
    )
    .addOption(
      new Option(
        '--function <name=file>',
        'a function of yours that statements can call, such as spread=./mine.ts#spread; may be repeated',
      ).argParser((text: string, before: readonly NamedFunction[] | undefined) => addFunction(text, before)),
    )
    .addOption(options.allowOption)
    .addOption(options.allowPrivateOption)
    .addOption(options.modelRootOption)
    .addOption(options.headOption)
    .addOption(options.backendOption)
    .addOption(options.trackingUriOption)
    .addOption(options.deviceOption)
    .addOption(options.sessionsOption)
    .addOption(options.threadsOption)
    .addOption(options.graphCacheOption)
    .addOption(
      new Option('--dialect <name>', 'what statements are written in (default: duckdb)').choices([
        'duckdb',
        'spark',
      ] as const),
    )
    .addOption(
      new Option(
        '--spark <address>',
        'run statements on Spark by Spark Connect, such as sc://host:15002, in place of DuckDB',
      ),
    )
    .addOption(new Option('--readonly', 'change nothing in the database'))
    .addOption(new Option('--cache <folder>', 'keep predictions there, so that later sessions predict nothing again'))
    .addOption(
      new Option('--on-error <what>', 'what the prediction of an image that fails is: NULL with a warning, or an error')
        .choices(['null', 'fail'] as const)
        .default('null' as const),
    )
    .addOption(new Option('--json', 'a JSON array of rows on stdout').conflicts(['csv', 'ndjson']))
    .addOption(new Option('--ndjson', 'a JSON object a line on stdout').conflicts(['csv', 'json']))
    .addOption(new Option('--csv', 'CSV on stdout').conflicts(['json', 'ndjson']))
    .addOption(options.rawOption)
    .addOption(new Option('--limit <n>', 'rows to print (default: all; of a table 100)').argParser(wholeNumber(1)))
    .addOption(new Option('--timing', 'say how long each statement took'))
    .addOption(options.strictOption)
    .addOption(new Option('--report <path>', 'write rows with images and boxes as a page to explore'))
    .addOption(new Option('--cells <n>', 'rows that the report shows').argParser(wholeNumber(1)).default(1000))
    .addOption(pageOptions.titleOption)
    .addOption(options.forceOption)
    .addHelpText('after', help)
    .action(async (database, given) => {
      const { runSql } = await import('./run-sql.ts');
      await runSql({ ...given, database }, terminal);
    });
}
