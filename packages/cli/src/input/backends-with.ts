import { resolve } from 'node:path';
import { createOnnxBackend } from '@qualm/inference-onnx';
import type { OnnxDevice } from '@qualm/inference-onnx';
import { createTfjsBackend } from '@qualm/inference-tfjs';
import type { Backend, Backends } from '@qualm/types';
import { importNamed } from '../options/import-export.ts';
import { guardBackend } from './guard-backend.ts';
import { UsageError } from '../terminal/exit-code.ts';

/** Where models run, and who runs them. */
export interface BackendOptions {
  readonly device?: OnnxDevice | 'auto' | undefined;
  readonly sessions?: number | undefined;
  readonly threads?: number | undefined;
  /** A folder that keeps graphs of ONNX as they were optimised. */
  readonly graphCache?: string | undefined;
  /** A backend of the user's own, or a set of them, as a module and its export. */
  readonly backend?: string | undefined;
  /** Backends beside ours, by flavor. */
  readonly backends?: Backends | undefined;
}

/** Our backends, those that are given, and what `--backend ./mine.ts#mine` names: a backend, whose
 * flavor is its `name`, or an object of backends by flavor. One of ours gives way to another of its
 * flavor.
 * @throws UsageError where it cannot be imported, or is no backend.
 */
export async function backendsWith(options: BackendOptions, cwd: string): Promise<Backends> {
  const { backend, backends } = options;
  const named = backend === undefined ? {} : backendsOf(await importNamed('--backend', backend, cwd), backend);
  return { ...ownBackends(options, cwd), ...backends, ...named };
}

function ownBackends({ device, sessions, threads, graphCache }: BackendOptions, cwd: string): Backends {
  const pool = sessions === undefined ? {} : { sessions };
  return {
    onnx: createOnnxBackend({
      ...pool,
      ...(device && { device }),
      ...(threads !== undefined && { threads }),
      ...(graphCache !== undefined && { graphCache: resolve(cwd, graphCache) }),
    }),
    tfjs: createTfjsBackend(pool),
  };
}

function backendsOf(value: unknown, text: string): Backends {
  if (isBackend(value)) return { [value.name]: guardBackend(value, text) };
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const found = entries.filter((entry): entry is [string, Backend] => isBackend(entry[1]));
  if (found.length > 0 && found.length === entries.length)
    return Object.fromEntries(found.map(([flavor, backend]) => [flavor, guardBackend(backend, text)]));
  const wanted = 'expected a backend, { name, load }, or an object of backends by flavor; see docs/backends.md';
  const advice = typeof value === 'function' ? '; export what the function returns' : '';
  throw new UsageError(`--backend: "${text}" is ${kindOf(value)}, ${wanted}${advice}`);
}

function isBackend(value: unknown): value is Backend {
  const { name, load } = (value ?? {}) as Partial<Backend>;
  return typeof name === 'string' && name !== '' && typeof load === 'function';
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === 'object') return `an object of ${Object.keys(value).slice(0, 5).join(', ') || 'nothing'}`;
  return `a ${typeof value}`;
}
