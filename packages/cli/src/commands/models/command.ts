import { resolve } from 'node:path';
import { Argument, InvalidArgumentError, Option } from '@commander-js/extra-typings';
import type { Command } from '@commander-js/extra-typings';
import { isUri } from '../../input/is-uri.ts';
import * as options from '../../options/options.ts';
import { createReporter } from '../../terminal/reporter.ts';
import type { Terminal } from '../../terminal/terminal.ts';

const logHelp = `
Examples:
  qualm models log yolox-nano.json --name yolox --alias champion
  qualm models log ssd.json --name ssd --form detections --tracking-uri http://localhost:5000

The model is loaded first, and its inputs and outputs become the signature. Python loads what was logged, by
mlflow.onnx.load_model and mlflow.pyfunc.load_model.`;

const draftHelp = `
Examples:
  qualm models draft best.onnx photos
  qualm predict --images photos --model best.spec.json --out predictions

A reading that is wrong finds less, and other things in the mirror image. Look at best.spec.draft.jpg
before you trust the first one.`;

/** Adds `qualm models`: what specs say, and models in MLflow. */
export function addModelsCommand(program: Command, terminal: Terminal): void {
  const models = program.command('models').description('look at model specs, and at models in MLflow');
  models
    .command('ls')
    .description('list registered models, the versions of one (mlflow:/name), or the model specs of a folder')
    .addArgument(new Argument('[place]', 'mlflow:/name, or a folder of specs'))
    .addOption(options.trackingUriOption)
    .addOption(options.jsonDocumentOption)
    .action(async (place, given) => {
      if (place !== undefined && !isUri(place)) {
        const { listModels } = await import('./list-models.ts');
        await listModels(resolve(terminal.cwd, place), given.json === true, terminal);
        return;
      }
      const { listRegistered } = await import('./list-registered.ts');
      await listRegistered(place ?? null, given, terminal);
    });
  models
    .command('show')
    .description('what a model is: of a spec file after loading it, of a model in MLflow without')
    .addArgument(new Argument('<model>', 'model spec, a JSON file; or mlflow:/name'))
    .addOption(options.modelRootOption)
    .addOption(options.headOption)
    .addOption(options.backendOption)
    .addOption(options.specOption)
    .addOption(options.trackingUriOption)
    .addOption(options.deviceOption)
    .addOption(options.jsonDocumentOption)
    .action(async (model, given) => {
      if (isUri(model)) {
        const { showRegistered } = await import('./show-registered.ts');
        await showRegistered({ ...given, model }, terminal);
        return;
      }
      const { showModel } = await import('./show-model.ts');
      await showModel({ ...given, model }, terminal);
    });
  models
    .command('draft')
    .description("write a model's spec from its file, and try what that leaves open on photographs")
    .addArgument(new Argument('<file>', 'an .onnx file, or the model.json of TF.js'))
    .addArgument(
      new Argument('[photos...]', 'a folder of images, or image files; 16 of them are used, 64 of a classifier'),
    )
    .addOption(new Option('-o, --out <spec>', 'the spec, beside the file (default: its name, .spec.json)'))
    .addOption(options.headOption)
    .addOption(options.forceOption)
    .addOption(options.jsonDocumentOption)
    .addHelpText('after', draftHelp)
    .action(async (model, photos, given) => {
      const { draftModel } = await import('./draft-model.ts');
      const reporter = createReporter(terminal, { json: false, quiet: given.json === true });
      await draftModel({ ...given, model, photos }, terminal, reporter);
    });
  models
    .command('log')
    .description('log a model to MLflow, and register it')
    .addArgument(new Argument('<spec>', 'model spec, a JSON file'))
    .addOption(options.modelRootOption)
    .addOption(options.headOption)
    .addOption(options.backendOption)
    .addOption(new Option('--name <name>', 'register it under this name; without it, it is only logged'))
    .addOption(new Option('--alias <alias...>', 'aliases of the new version'))
    .addOption(
      new Option('--form <name>', 'what it is registered to give').choices(['class_scores', 'detections'] as const),
    )
    .addOption(new Option('--file <path...>', 'more files that travel with it'))
    .addOption(new Option('--tag <key=value...>', 'tags of model and version').argParser(keyValue))
    .addOption(new Option('--param <key=value...>', 'params of the model').argParser(keyValue))
    .addOption(new Option('--description <text>', 'of the version'))
    .addOption(new Option('--experiment <name>', 'where it is logged (default: Default)'))
    .addOption(options.trackingUriOption)
    .addOption(options.jsonDocumentOption)
    .addHelpText('after', logHelp)
    .action(async (spec, given) => {
      const { logModel } = await import('./log-model.ts');
      await logModel(spec, given, terminal, createReporter(terminal, { json: false }));
    });
  models
    .command('pull')
    .description('fetch the files of a model in MLflow, and print their folder')
    .addArgument(new Argument('<uri>', 'mlflow:/name, models:/m-<id>, runs:/<id>/path'))
    .addOption(new Option('-o, --out <folder>', 'copy them there, to be used with no MLflow'))
    .addOption(new Option('--verify', 'hash again what was fetched earlier'))
    .addOption(options.trackingUriOption)
    .action(async (uri, given) => {
      const { pullModel } = await import('./pull-model.ts');
      await pullModel(uri, given, terminal, createReporter(terminal, { json: false }));
    });
  models
    .command('alias')
    .description('point an alias at a version')
    .addArgument(new Argument('<uri>', 'mlflow:/name/3; mlflow:/name is its highest version'))
    .addArgument(new Argument('<alias>', 'such as champion'))
    .addOption(new Option('--delete', 'take the alias away'))
    .addOption(options.trackingUriOption)
    .action(async (uri, alias, given) => {
      const { aliasModel } = await import('./change-registered.ts');
      await aliasModel(uri, alias, given, terminal, createReporter(terminal, { json: false }));
    });
  models
    .command('rm')
    .description('delete a version; what was logged stays')
    .addArgument(new Argument('<uri>', 'mlflow:/name/3, or mlflow:/name with --all'))
    .addOption(new Option('--all', 'the name with all its versions'))
    .addOption(options.trackingUriOption)
    .action(async (uri, given) => {
      const { removeModel } = await import('./change-registered.ts');
      await removeModel(uri, given, terminal, createReporter(terminal, { json: false }));
    });
}

/** Adds `key=value` to those before; for commander's `argParser`. */
function keyValue(text: string, before?: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('expected key=value');
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
}
