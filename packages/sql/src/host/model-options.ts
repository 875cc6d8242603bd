import { QualmError } from '@qualm/types';
import type { OutputForm } from '@qualm/types';

/** The options of `CREATE MODEL` as values. */
export interface ParsedOptions {
  readonly batchSize?: number;
  readonly numWorkers?: number;
  readonly minScore?: number;
  readonly topK?: number;
  readonly device?: string;
  readonly form?: OutputForm;
  /** The folder of the model's files; that of the spec by default. */
  readonly root?: string;
}

/** Where the models of our backends run. */
const devices: readonly string[] = [
  ...['auto', 'cpu', 'cuda', 'tensorrt', 'webgpu', 'coreml', 'dml', 'wasm', 'node', 'node-gpu'],
];

/** @throws QualmError `query-invalid` that names the option, what came and what is expected. */
export function parseOptions(options: Readonly<Record<string, string>>): ParsedOptions {
  const { batch_size, num_workers, min_score, top_k, device, form, root } = options;
  if (device !== undefined && !devices.includes(device)) throw wrong('device', device, `one of ${devices.join(', ')}`);
  if (form !== undefined && form !== 'detections' && form !== 'class_scores')
    throw wrong('form', form, 'detections or class_scores');
  return {
    ...(batch_size !== undefined && { batchSize: whole('batch_size', batch_size) }),
    ...(num_workers !== undefined && { numWorkers: whole('num_workers', num_workers) }),
    ...(min_score !== undefined && { minScore: share('min_score', min_score) }),
    ...(top_k !== undefined && { topK: whole('top_k', top_k) }),
    ...(device !== undefined && { device }),
    ...(form !== undefined && { form }),
    ...(root !== undefined && { root }),
  };
}

function whole(name: string, text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isSafeInteger(value) && value >= 1) return value;
  throw wrong(name, text, 'a whole number from 1');
}

function share(name: string, text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && value <= 1) return value;
  throw wrong(name, text, 'a number from 0 to 1');
}

function wrong(name: string, value: string, wanted: string): QualmError {
  return new QualmError('query-invalid', `sql: the option "${name}" is ${JSON.stringify(value)}; expected ${wanted}`);
}
