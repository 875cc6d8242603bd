import { createSessionPool } from '@qualm/threads';
import type { Backend, BackendModel, HeadDefinition, ModelFiles, Vision, Warning } from '@qualm/types';
import { imageEntry, importedHead } from './image-entry.ts';
import type { AskThreads } from './image-road.ts';
import type { ImageThreadData } from './image-thread.ts';

/** What a model is opened from, and what threads need to take images all the way. */
export interface OpenModelOptions extends Omit<ImageThreadData, 'vision' | 'head'> {
  readonly backend: Backend;
  readonly files: ModelFiles;
  readonly vision: Vision;
  readonly imagePart: URL | string | undefined;
  readonly customHead: HeadDefinition | null;
  readonly signal: AbortSignal | undefined;
}

/** A model that runs tensors, and what takes images all the way where its sessions stand; null
 * where nothing does.
 */
export interface OpenedModel {
  readonly runtime: BackendModel;
  readonly ask: AskThreads | null;
  readonly warnings: readonly Warning[];
}

/** The model in threads of ours where they can take images all the way, else as its backend loads
 * it.
 * @throws QualmError what the backend throws; `backend-unavailable` where a module that threads
 * import was left behind by a bundler.
 */
export async function openModel(options: OpenModelOptions): Promise<OpenedModel> {
  const { backend, files, vision, imagePart, customHead, signal, spec, form, headOptions } = options;
  const entry = backend.planSessions ? await imageEntry(vision, imagePart) : null;
  if (!backend.planSessions || entry === null) {
    const runtime = await backend.load(files, signal && { signal });
    return { runtime, ask: null, warnings: runtime.warnings };
  }
  const head = customHead && (await importedHead(customHead));
  const { name, head: headSpec, labels, input, scoreKind } = spec;
  const own = { name, head: headSpec, labels, input, ...(scoreKind && { scoreKind }) };
  const data: ImageThreadData = { vision: entry.vision, head, spec: own, form, headOptions };
  const { url, advice: entryAdvice } = entry;
  const pool = await createSessionPool(await backend.planSessions(files), { entry: url, entryAdvice, data, signal });
  const { ask, isOnThread, warnings } = pool;
  if (!isOnThread) return { runtime: pool, ask: null, warnings };
  if (customHead && !head) return { runtime: pool, ask: null, warnings: [...warnings, onCaller(customHead)] };
  return { runtime: pool, ask, warnings };
}

function onCaller({ type }: HeadDefinition): Warning {
  const message =
    `head ${type}: outputs are read on the calling thread, which is slower; ` +
    'give it `module`, the URL of a built module that exports it (import.meta.url there)';
  return { code: 'head-on-caller', message };
}
