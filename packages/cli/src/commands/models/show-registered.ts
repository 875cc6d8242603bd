import type { MlflowModel } from '@qualm/registry-mlflow';
import { classNames, formatTensor } from './format-model.ts';
import { withRegistry } from '../../input/open-registry.ts';
import { countText, formOf, hasLabels, printableLines } from '@qualm/types';
import { readSpecOption } from '../../input/resolve-model.ts';
import type { ModelPlace } from '../../input/resolve-model.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { writeData } from '../../output/write-data.ts';

/** Prints what MLflow and a model's own files say of it; nothing large is fetched. */
export async function showRegistered(
  place: ModelPlace & { readonly json?: true | undefined },
  terminal: Terminal,
): Promise<void> {
  const { signal, stdout, cwd } = terminal;
  const given = await readSpecOption(place.spec, cwd);
  const model = await withRegistry(place, terminal, (registry) => registry.describe(place.model, { signal, ...given }));
  await writeData(stdout, place.json ? `${JSON.stringify(model)}\n` : `${printableLines(linesOf(model).join('\n'))}\n`);
}

function linesOf({
  uri,
  version,
  registered,
  modelId,
  runId,
  spec,
  specFrom,
  why,
  rikai,
  mlmodel,
  ...model
}: MlflowModel): string[] {
  const { files, tags, params } = model;
  const bytes = files.reduce((sum, { size }) => sum + (size ?? 0), 0);
  const { inputs = [], outputs = [] } = mlmodel?.signature ?? {};
  const line = (label: string, value: string | null | undefined): string[] =>
    value ? [`${label.padEnd(10)} ${value}`] : [];
  return [
    `${uri}: ${version?.description ?? registered?.description ?? spec?.description ?? spec?.name ?? 'no description'}`,
    ...line('aliases', version?.aliases.join(', ')),
    ...line('stage', version && version.stage !== 'None' ? version.stage : null),
    ...line('logged as', [modelId, runId && `run ${runId}`].filter(Boolean).join(', ')),
    ...line('flavors', mlmodel && Object.keys(mlmodel.flavors).join(', ')),
    ...line(
      'files',
      `${countText(files.length)}, ${(bytes / 1e6).toFixed(2)} MB: ${files.map(({ path }) => path).join(', ')}`,
    ),
    ...inputs.flatMap((tensor) => line('takes', formatTensor(tensor))),
    ...outputs.flatMap((tensor) => line('gives', formatTensor(tensor))),
    ...(spec
      ? [
          ...line(
            'spec',
            `${specFrom}: ${spec.flavor}, ${spec.head.type}, ${hasLabels(spec.head.type) ? formOf(spec) : 'vectors'}`,
          ),
          ...line(
            'classes',
            spec.labels.length > 0 ? `${countText(spec.labels.length)}: ${classNames(spec.labels)}` : null,
          ),
          ...line('licence', spec.license),
        ]
      : line('cannot run', why)),
    ...(rikai
      ? [
          ...line(
            'Rikai',
            [rikai.flavor, rikai.modelType, `spec ${rikai.specVersion ?? '?'}`].filter(Boolean).join(', '),
          ),
          ...line('schema', rikai.schema),
          ...line('labels', rikai.labelUri ?? rikai.labelFunction),
          ...Object.entries(rikai.options).flatMap(([key, value]) => line('option', `${key} = ${value}`)),
        ]
      : []),
    ...Object.entries(tags)
      .filter(([key]) => !/^(qualm|rikai|mlflow)\./.test(key))
      .flatMap(([key, value]) => line('tag', `${key} = ${value}`)),
    ...Object.entries(params).flatMap(([key, value]) => line('param', `${key} = ${value}`)),
  ];
}
