import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { fileLeftBehind, filePlace } from '@qualm/types';
import type { BackendModel, HeadDefinition, Vision } from '@qualm/types';
import type { ImportedHead, InThread } from './image-model.ts';

const ownPart = new URL('../dist/image-part.js', import.meta.url);

/** What is needed to take images all the way in the threads of sessions. */
export interface InThreadParts {
  readonly runPart: BackendModel['runPart'];
  readonly vision: Vision;
  readonly imagePart: URL | string | undefined;
  readonly customHead: HeadDefinition | null;
}

/** The way of whole images into the threads of sessions; null where the backend has none, or where
 * `vision.module` is not there or gives other functions than `vision`, or where the head is one of
 * the caller's that its `module` does not export.
 * @throws QualmError `backend-unavailable` where a module that threads import was left behind by a
 * bundler.
 */
export async function openInThread(parts: InThreadParts): Promise<InThread | null> {
  const { runPart, vision, imagePart = ownPart, customHead } = parts;
  const { module } = vision;
  if (!runPart || module === undefined) return null;
  const advice = 'give createPreprocessor and createHead as `vision` without `module`';
  assertThere({ file: 'the module of `vision`', url: module, advice });
  if (!(await isPortable(vision, module))) return null;
  const head = customHead && (await importedHead(customHead));
  if (customHead && !head) return null;
  const part = moduleUrl(filePlace('loadModel', 'imagePart', imagePart));
  assertThere({ file: 'image-part.js', url: part, advice: `name its place with \`imagePart\`, or ${advice}` });
  return { runPart, vision: module, part, head };
}

/** Whether a thread that imports the module gets the same two functions: one that was wrapped or
 * replaced stays here.
 */
async function isPortable(vision: Vision, module: string): Promise<boolean> {
  const { createPreprocessor, createHead } = (await import(module)) as Partial<Vision>;
  return vision.createPreprocessor === createPreprocessor && vision.createHead === createHead;
}

/** Where a thread gets the same head; null where its module is not said, cannot be imported
 * (TypeScript, on a Node that does not read it), or does not export it. */
async function importedHead(head: HeadDefinition): Promise<ImportedHead | null> {
  const { type, module } = head;
  if (module === undefined) return null;
  const advice = 'leave `module` out of the head, whose outputs are then read on the thread that calls';
  assertThere({ file: `the module of head "${type}"`, url: module, advice });
  if (isTypeScript(module) && !readsTypeScript()) return null;
  const imported = (await import(module).catch(() => ({}))) as Readonly<Record<string, unknown>>;
  const exported = Object.keys(imported).find((name) => imported[name] === head);
  return exported === undefined ? null : { module, exported };
}

/** Of a module that a thread may not read, though this one does by a loader such as tsx: threads
 * are started without it.
 */
function isTypeScript(module: string): boolean {
  return /\.[cm]?ts$/.test(module.replace(/[?#].*/, ''));
}

function readsTypeScript(): boolean {
  return 'typescript' in process.features && Boolean(process.features.typescript);
}

function assertThere({ file, url, advice }: { file: string; url: string; advice: string }): void {
  if (!url.startsWith('file:') || existsSync(new URL(url))) return;
  throw fileLeftBehind('backend-unavailable', { where: 'loadModel', file, place: url, advice });
}

function moduleUrl(place: URL | string): string {
  return place instanceof URL ? place.href : pathToFileURL(place).href;
}
