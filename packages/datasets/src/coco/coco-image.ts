import { isAbsolute, resolve, win32 } from 'node:path';
import type { RowError, Size } from '@qualm/types';
import { isInside } from '../files/is-inside.ts';
import { isId, show } from './coco-annotation.ts';
import type { ProblemList } from './problem-list.ts';
import { withSlashes } from './with-slashes.ts';

/** One image of the file. */
export interface CocoImage {
  readonly image_id: number | string;
  readonly file_name: string | null;
  readonly size: Size | null;
  readonly date_captured: string | null;
  /** Why it must not be opened. */
  readonly error: RowError | null;
}

/** Reads an entry of `images`; null, and a problem, for one without an id. */
export function readImage(raw: unknown, where: string, folder: string, problems: ProblemList): CocoImage | null {
  const entry = (typeof raw === 'object' && raw !== null ? raw : {}) as Record<string, unknown>;
  const id = entry['id'];
  if (!isId(id)) {
    problems.add(
      'dataset-invalid',
      `${where}: id is ${show(id)}; expected a whole number or text; the image is left out`,
    );
    return null;
  }
  const fileName = entry['file_name'];
  return {
    image_id: id,
    file_name: typeof fileName === 'string' ? fileName : null,
    size: readSize(entry, `${where} (id ${show(id)})`, problems),
    date_captured: entry['date_captured'] == null ? null : String(entry['date_captured']),
    error: checkFileName(fileName, `${where} (id ${show(id)})`, folder, problems),
  };
}

function readSize({ width, height }: Record<string, unknown>, where: string, problems: ProblemList): Size | null {
  if (Number.isInteger(width) && Number.isInteger(height) && Number(width) > 0 && Number(height) > 0) {
    return { width: Number(width), height: Number(height) };
  }
  problems.add('dataset-invalid', `${where}: width and height are ${show(width)} and ${show(height)}; expected pixels`);
  return null;
}

function checkFileName(name: unknown, where: string, folder: string, problems: ProblemList): RowError | null {
  if (typeof name !== 'string' || name === '' || name.includes('\0')) {
    return problems.add('dataset-invalid', `${where}: file_name is ${show(name)}; expected a path in "${folder}"`);
  }
  const isRooted = isAbsolute(name) || win32.isAbsolute(name);
  if (!isRooted && isInside(resolve(folder), resolve(folder, withSlashes(name)))) return null;
  return problems.add('path-outside', `${where}: file_name ${show(name)} leaves the folder of images "${folder}"`);
}
