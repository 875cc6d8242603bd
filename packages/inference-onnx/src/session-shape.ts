import { availableParallelism } from 'node:os';
import { assertOptions, assertText, assertWhole, QualmError, wrongArgument } from '@qualm/types';
import type { OnnxBackendOptions, OnnxDevice, OnnxModelOptions } from './onnx-backend-options.ts';

const devices = ['auto', 'cuda', 'tensorrt', 'webgpu', 'coreml', 'dml', 'cpu'];
const optimizations = ['disabled', 'basic', 'extended', 'layout', 'all'];

/** How many sessions of how many threads: all the cores, unless the options say otherwise. */
export function sessionShape(
  { sessions, threads }: OnnxModelOptions,
  device: OnnxDevice,
  cores: number = availableParallelism(),
): { readonly sessions: number; readonly threads: number } {
  if (device !== 'cpu') return { sessions: sessions ?? 1, threads: threads ?? 1 };
  const width = threads ?? (sessions === undefined ? 1 : share(cores, sessions));
  return { sessions: sessions ?? share(cores, width), threads: width };
}

/** The options that a spec carries.
 * @throws QualmError `spec-invalid` for an unknown name or a wrong value.
 */
export function readModelOptions(backendOptions: Readonly<Record<string, unknown>>): OnnxModelOptions {
  for (const [name, value] of Object.entries(backendOptions)) {
    const wanted = wantedValue(name, value);
    if (wanted !== null) {
      throw new QualmError('spec-invalid', `load: backendOptions.${name} is ${JSON.stringify(value)}, ${wanted}`);
    }
  }
  return backendOptions;
}

/** @throws RangeError for what is not an object, counts that are not positive whole numbers, and
 * values that an option does not have.
 */
export function checkOptions(options: OnnxBackendOptions): void {
  assertOptions('createOnnxBackend', options, "{ device: 'cpu' }");
  for (const name of ['sessions', 'threads'] as const) {
    if (options[name] !== undefined && !isCount(options[name])) {
      throw new RangeError(
        `createOnnxBackend: ${name} is ${String(options[name])}, expected a whole number of 1 or more`,
      );
    }
  }
  const { device = 'auto', graphOptimization = 'all', runtime = 'onnxruntime-node' } = options;
  const { deviceId = 0, coreMlFlags = 0 } = options;
  assertChoice('device', device, devices);
  assertChoice('graphOptimization', graphOptimization, optimizations);
  assertWhole('createOnnxBackend', 'deviceId', deviceId, 0);
  assertWhole('createOnnxBackend', 'coreMlFlags', coreMlFlags, 0);
  assertText('createOnnxBackend', 'runtime', runtime, "a module, such as 'onnxruntime-node'");
  if (options.graphCache !== undefined)
    assertText('createOnnxBackend', 'graphCache', options.graphCache, "a folder, such as '/home/me/.cache/graphs'");
}

function assertChoice(name: string, value: string, choices: readonly string[]): void {
  if (!choices.includes(value)) throw wrongArgument('createOnnxBackend', name, value, `one of ${choices.join(', ')}`);
}

/** What a value of `backendOptions` should be; null where it is so. */
function wantedValue(name: string, value: unknown): string | null {
  if (!Object.hasOwn(modelOptions, name)) {
    return `which ONNX models do not have; they have ${Object.keys(modelOptions).join(', ')}`;
  }
  const wanted = modelOptions[name as keyof OnnxModelOptions];
  if (typeof wanted !== 'number')
    return wanted.includes(value as string) ? null : `expected one of ${wanted.join(', ')}`;
  return Number.isInteger(value) && (value as number) >= wanted ? null : `expected a whole number of ${wanted} or more`;
}

/** What a spec may say: one of these words, or a whole number from so much on. */
const modelOptions: Readonly<Record<keyof OnnxModelOptions, readonly string[] | number>> = {
  ...{ sessions: 1, threads: 1, graphOptimization: optimizations },
  ...{ device: devices, deviceId: 0, coreMlFlags: 0 },
};

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 1;
}

function share(cores: number, parts: number): number {
  return Math.max(1, Math.floor(cores / parts));
}
