import { QualmError } from '@qualm/types';
import { parseYaml } from '../stores/yaml-file.ts';
import { artifactPath, quote } from '../uri/names.ts';
import { readSignature } from './signature.ts';
import type { Signature } from './signature.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What qualm needs from an MLmodel file. */
export interface Mlmodel {
  /** Options by flavor: `onnx`, `tensorflow`, `python_function`. */
  readonly flavors: Readonly<Record<string, Fields>>;
  readonly signature: Signature | null;
  readonly metadata: Fields;
  readonly mlflowVersion: string | null;
  readonly runId: string | null;
  readonly modelId: string | null;
}

/** Reads an MLmodel file.
 * @throws QualmError `registry-invalid` when it is not an MLmodel, `path-outside` when a flavor's
 * `data` leaves the model's folder.
 * @see https://mlflow.org/docs/latest/ml/model/#storage-format
 */
export function readMlmodel(text: string, where: string): Mlmodel {
  const fields = parseYaml(text, where);
  const flavors = fields['flavors'];
  if (!isFields(flavors) || Object.keys(flavors).length === 0)
    throw new QualmError('registry-invalid', `${where}: no flavors; expected an MLmodel file`);
  const known: [string, Fields][] = [];
  for (const [name, options] of Object.entries(flavors)) {
    if (!isFields(options)) continue;
    for (const key of ['data', 'code', 'model_data']) {
      const path = options[key];
      if (typeof path === 'string' && path !== '' && path !== '.')
        artifactPath(path.replace(/\/+$/, ''), `${where}: flavors.${name}.${key}`);
    }
    known.push([name, options]);
  }
  return {
    flavors: Object.fromEntries(known),
    signature: readSignature(fields['signature'], where),
    metadata: isFields(fields['metadata']) ? fields['metadata'] : {},
    mlflowVersion: textOf(fields['mlflow_version']),
    runId: textOf(fields['run_id']),
    modelId: textOf(fields['model_id']),
  };
}

/** What keeps qualm from running a model of these flavors, null where nothing does. */
export function whyNotRunnable({ flavors }: Mlmodel, paths: readonly string[]): string | null {
  if (flavors['onnx'] || flavors['tfjs']) return null;
  const names = Object.keys(flavors).filter((name) => name !== 'python_function');
  const name = names[0] ?? 'python_function';
  if (name === 'tensorflow' || name === 'keras') {
    if (tfjsModel(paths) !== null) return null;
    return `flavor ${name} is a SavedModel or Keras file, which TensorFlow.js cannot read; convert it (tensorflowjs_converter, or tf2onnx), and log that`;
  }
  if (name === 'pytorch')
    return 'flavor pytorch is a pickle, which qualm never opens; export it (torch.onnx.export), and log that';
  return `flavor ${quote(name)} is Python's; export the model to ONNX, and log that`;
}

/** The `model.json` of TensorFlow.js among files, null where there is none. */
export function tfjsModel(paths: readonly string[]): string | null {
  return paths.find((path) => path === 'model.json' || path.endsWith('/model.json')) ?? null;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
