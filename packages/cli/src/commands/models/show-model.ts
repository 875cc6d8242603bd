import type { Embedder, ImageModel } from '@qualm/pipeline';
import { classNames, formatTensor } from './format-model.ts';
import { openAnyModel } from '../../input/open-model.ts';
import type { ModelOptions } from '../../input/open-model.ts';
import { rawTensors } from '../predict/raw-tensors.ts';
import { resolveModel } from '../../input/resolve-model.ts';
import { createReporter } from '../../terminal/reporter.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { counted, printableLines } from '@qualm/types';
import { withModel } from '../../input/with-model.ts';
import { writeData } from '../../output/write-data.ts';

/** Loads a model, checks it against its spec, and prints what it takes and gives. */
export async function showModel(
  options: ModelOptions & { readonly json?: true | undefined },
  terminal: Terminal,
): Promise<void> {
  const reporter = createReporter(terminal, { json: false, quiet: options.json === true });
  const { inputs, outputs } = await rawTensors(await resolveModel(options, terminal, reporter), options, terminal.cwd);
  await withModel(openAnyModel(options, 'fullest', terminal, reporter), async (model) => {
    const { spec, device } = model;
    if (options.json) {
      await writeData(terminal.stdout, `${JSON.stringify({ spec, device, inputs, outputs })}\n`);
      return;
    }
    const lines = [
      `${spec.name}: ${spec.description ?? spec.head.type}`,
      `licence  ${spec.license ?? 'not stated'}`,
      `runs on  ${device}`,
      ...inputs.map((info) => `input    ${formatTensor(info)}`),
      ...outputs.map((info) => `output   ${formatTensor(info)}`),
      `head     ${spec.head.type}, ${givenBy(model)}`,
    ];
    await writeData(terminal.stdout, `${printableLines(lines.join('\n'))}\n`);
  });
}

function givenBy(model: ImageModel | Embedder): string {
  if (model.form === 'embedding') return `vectors of ${counted(model.dimensions, 'number')}`;
  return `${counted(model.labels.length, 'class', 'classes')}: ${classNames(model.labels)}`;
}
