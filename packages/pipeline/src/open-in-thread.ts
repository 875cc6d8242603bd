import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { fileLeftBehind, filePlace } from '@qualm/types';
import type { BackendModel, Vision } from '@qualm/types';
import type { InThread } from './image-model.ts';

const ownPart = new URL('../dist/image-part.js', import.meta.url);

/** The way of whole images into the threads of sessions; null where the backend has none, or `vision.module` is not there or gives
 * other functions than `vision`.
 * @throws QualmError `backend-unavailable` where a module that threads import was left behind by a bundler.
 */
export async function openInThread(
  runPart: BackendModel['runPart'],
  vision: Vision,
  imagePart: URL | string = ownPart,
): Promise<InThread | null> {
  const { module } = vision;
  if (!runPart || module === undefined) return null;
  const advice = 'give createPreprocessor and createHead as `vision` without `module`';
  assertThere({ file: 'the module of `vision`', url: module, advice });
  if (!(await isPortable(vision, module))) return null;
  const part = moduleUrl(filePlace('loadModel', 'imagePart', imagePart));
  assertThere({ file: 'image-part.js', url: part, advice: `name its place with \`imagePart\`, or ${advice}` });
  return { runPart, vision: module, part };
}

/** Whether a thread that imports the module gets the same two functions: one that was wrapped or replaced stays here. */
async function isPortable(vision: Vision, module: string): Promise<boolean> {
  const { createPreprocessor, createHead } = (await import(module)) as Partial<Vision>;
  return vision.createPreprocessor === createPreprocessor && vision.createHead === createHead;
}

function assertThere({ file, url, advice }: { file: string; url: string; advice: string }): void {
  if (!url.startsWith('file:') || existsSync(new URL(url))) return;
  throw fileLeftBehind('backend-unavailable', { where: 'loadModel', file, place: url, advice });
}

function moduleUrl(place: URL | string): string {
  return place instanceof URL ? place.href : pathToFileURL(place).href;
}
