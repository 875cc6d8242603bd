import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { fileLeftBehind, filePlace } from '@qualm/types';
import type { HeadDefinition, Vision } from '@qualm/types';
import type { ImportedHead } from './image-thread.ts';

const ownPart = new URL('../dist/image-part.js', import.meta.url);

/** What threads run and import to take images all the way. */
export interface ImageEntry {
  readonly url: URL;
  /** The URL of the module that makes both ends of the model. */
  readonly vision: string;
  readonly advice: string;
}

/** What threads of sessions run to take images all the way; null where `vision.module` is not there
 * or gives other functions than `vision`.
 * @throws QualmError `backend-unavailable` where a module that threads import was left behind by a
 * bundler.
 */
export async function imageEntry(vision: Vision, imagePart: URL | string = ownPart): Promise<ImageEntry | null> {
  const { module } = vision;
  if (module === undefined) return null;
  const without = 'give createPreprocessor and createHead as `vision` without `module`';
  assertThere({ file: 'the module of `vision`', url: module, advice: without });
  if (!(await isPortable(vision, module))) return null;
  const advice = `name its place with \`imagePart\`, or ${without}`;
  const url = moduleUrl(filePlace('loadModel', 'imagePart', imagePart));
  assertThere({ file: 'image-part.js', url: url.href, advice });
  return { url, vision: module, advice };
}

/** Whether a thread that imports the module gets the same functions: one that was wrapped or
 * replaced stays here. */
async function isPortable(vision: Vision, module: string): Promise<boolean> {
  const found = (await import(module)) as Partial<Vision>;
  const names = ['createPreprocessor', 'createHead', 'createVectorHead'] as const;
  return names.every((name) => vision[name] === undefined || vision[name] === found[name]);
}

/** Where a thread gets the same head; null where its module is not said, cannot be imported
 * (TypeScript, on a Node that does not read it), or does not export it. */
export async function importedHead(head: HeadDefinition): Promise<ImportedHead | null> {
  const { type, module } = head;
  if (module === undefined) return null;
  const advice = 'leave `module` out of the head, whose outputs are then read on the calling thread';
  assertThere({ file: `the module of head "${type}"`, url: module, advice });
  if (isTypeScript(module) && !readsTypeScript()) return null;
  const imported = (await import(module).catch(() => ({}))) as Readonly<Record<string, unknown>>;
  const exported = Object.keys(imported).find((name) => imported[name] === head);
  return exported === undefined ? null : { module, exported };
}

/** Of a module that a thread may not read, though this one does by a loader such as tsx: threads
 * are started without it. */
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

function moduleUrl(place: URL | string): URL {
  return place instanceof URL ? place : pathToFileURL(place);
}
