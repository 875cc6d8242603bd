import { resolve } from 'node:path';
import { readModelSpec } from '@qualm/pipeline';
import { QualmError } from '@qualm/types';
import type { TensorInfo } from '@qualm/types';
import { createBackends, openModel } from './open-model.ts';
import type { ModelOptions } from './open-model.ts';
import { createReporter } from './reporter.ts';
import type { Terminal } from './terminal.ts';
import { printableLines } from './printable.ts';
import { withModel } from './with-model.ts';
import { writeData } from './write-data.ts';

/** Loads a model, checks it against its spec, and prints what it takes and gives. */
export async function showModel(
  options: ModelOptions & { readonly json?: true | undefined },
  terminal: Terminal,
): Promise<void> {
  const reporter = createReporter(terminal, { json: false, quiet: options.json === true });
  const { inputs, outputs } = await rawTensors(options, terminal);
  await withModel(openModel(options, 'class_scores', terminal, reporter), async ({ spec, device }) => {
    if (options.json) {
      await writeData(terminal.stdout, `${JSON.stringify({ spec, device, inputs, outputs })}\n`);
      return;
    }
    const lines = [
      `${spec.name}: ${spec.description ?? spec.head.type}`,
      `licence  ${spec.license ?? 'not said'}`,
      `runs on  ${device}`,
      ...inputs.map((info) => `input    ${formatTensor(info)}`),
      ...outputs.map((info) => `output   ${formatTensor(info)}`),
      `head     ${spec.head.type}, ${spec.labels.length} classes: ${classNames(spec.labels)}`,
    ];
    await writeData(terminal.stdout, `${printableLines(lines.join('\n'))}\n`);
  });
}

async function rawTensors(
  options: ModelOptions,
  { cwd }: Terminal,
): Promise<{ inputs: readonly TensorInfo[]; outputs: readonly TensorInfo[] }> {
  const root = options.modelRoot === undefined ? {} : { root: resolve(cwd, options.modelRoot) };
  const { spec, root: folder } = await readModelSpec(resolve(cwd, options.model), root);
  const backend = createBackends(options)[spec.flavor];
  if (!backend) throw new QualmError('unsupported', `models show: no backend for flavor "${spec.flavor}"`);
  const model = await backend.load({ model: resolve(folder, spec.files.model) });
  const { inputs, outputs } = model;
  await model.dispose();
  return { inputs, outputs };
}

function formatTensor({ name, dtype, shape }: TensorInfo): string {
  return `${name}: ${dtype} [${shape.map((size) => size ?? '?').join(', ')}]`;
}

function classNames(labels: readonly { readonly name: string }[]): string {
  const first = labels.slice(0, 8).map(({ name }) => name);
  return first.join(', ') + (labels.length > first.length ? ', ...' : '');
}
