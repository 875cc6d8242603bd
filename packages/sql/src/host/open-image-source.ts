import { stat } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import { glob } from 'tinyglobby';
import { openFolder, readCoco } from '@qualm/datasets';
import { QualmError } from '@qualm/types';
import type { Column, Image } from '@qualm/types';

/** A table of images: its columns, made when they are read. */
export interface OpenedSource {
  readonly length: number;
  readonly columns: Readonly<Record<string, Column<unknown>>>;
}

/** The images that a folder, files, a pattern or a COCO file name.
 * @throws QualmError `io`, `dataset-invalid` where there are none, `query-invalid` for a wrong
 * argument. */
export async function openImageSource(
  kind: 'images' | 'coco',
  values: Readonly<Record<string, unknown>>,
  cwd: string,
): Promise<OpenedSource> {
  const limit = limitOf(kind, values['limit']);
  return kind === 'coco'
    ? first(await openCoco(values, cwd), limit)
    : first(await openPaths(values['paths'], values['recursive'] !== false, cwd), limit);
}

function limitOf(kind: string, limit: unknown): number {
  if (limit === undefined) return Infinity;
  if (typeof limit === 'number' && Number.isInteger(limit) && limit >= 0) return limit;
  throw new QualmError('query-invalid', `read_${kind}: limit is ${String(limit)}; expected a whole number from 0`);
}

function first({ length, columns }: OpenedSource, limit: number): OpenedSource {
  return { length: Math.min(length, limit), columns };
}

async function openPaths(paths: unknown, recursive: boolean, cwd: string): Promise<OpenedSource> {
  const list = Array.isArray(paths) ? (paths as unknown[]) : [paths];
  if (list.length === 0)
    throw new QualmError('query-invalid', 'read_images: the list of paths is empty; expected at least one path');
  const rows: { readonly id: string; readonly uri: string }[] = [];
  for (const path of list)
    rows.push(...(await openPath(textOf(path, 'read_images', 'a folder, a file or a pattern'), recursive, cwd)));
  if (rows.length === 0)
    throw new QualmError('dataset-invalid', `read_images: there is no image in ${list.join(', ')}; check the path`);
  return {
    length: rows.length,
    columns: {
      image_id: columnOf(rows, ({ id }) => id),
      image: columnOf(rows, ({ uri }) => ({ uri, data: null })),
    },
  };
}

function textOf(path: unknown, where: string, expected: string): string {
  if (typeof path === 'string' && path !== '') return path;
  const given = path === '' ? 'an empty text' : String(path);
  throw new QualmError('query-invalid', `${where}: a path is ${given}; expected ${expected}`);
}

/** A pattern, a folder, or a file. */
async function openPath(
  path: string,
  recursive: boolean,
  cwd: string,
): Promise<readonly { readonly id: string; readonly uri: string }[]> {
  const whole = resolve(cwd, path);
  const found = await stat(whole).catch(() => null);
  if (found?.isDirectory()) {
    const source = await openFolder(whole, { recursive });
    return Array.from(source, ({ image_id, image }) => ({ id: String(image_id), uri: image.uri! }));
  }
  if (found) return [{ id: path, uri: whole }];
  if (!/[*?[{]/.test(path))
    throw new QualmError(
      'io',
      `read_images: "${path}" is not there; expected a folder, a file or a pattern such as photos/**`,
    );
  const files = await glob(path, { cwd, absolute: true, onlyFiles: true, expandDirectories: false });
  return files
    .filter(isImageFile)
    .sort()
    .map((file) => ({ id: relative(cwd, file).split(sep).join('/'), uri: file }));
}

function isImageFile(path: string): boolean {
  return /\.(jpe?g|jpe|jfif|png|webp|gif|tiff?|avif)$/i.test(path);
}

async function openCoco(values: Readonly<Record<string, unknown>>, cwd: string): Promise<OpenedSource> {
  const file = resolve(cwd, textOf(values['file'], 'read_coco', 'a JSON file'));
  const folder = values['images'];
  const { length, columns } = await readCoco(file, {
    segmentations: 'drop',
    ...(typeof folder === 'string' && { images: resolve(cwd, folder) }),
  });
  return {
    length,
    columns: {
      image_id: mapped(columns.image_id, idOf),
      image: mapped(columns.image, (image: Image) => ({ uri: image.uri, data: null })),
      ...{ file_name: columns.file_name, width: columns.width, height: columns.height },
      annotations: mapped(columns.annotations, (list) =>
        list.map(({ ann_id, label_id, label, area, bbox, iscrowd }) => ({
          ...{ ann_id, label_id, label: label ?? null, area, iscrowd },
          bbox: bbox && { xmin: bbox.xmin, ymin: bbox.ymin, xmax: bbox.xmax, ymax: bbox.ymax },
        })),
      ),
    },
  };
}

function idOf(id: string | number): number {
  const value = Number(id);
  if (Number.isSafeInteger(value)) return value;
  throw new QualmError(
    'dataset-invalid',
    `read_coco: an image has the id ${JSON.stringify(id)}; expected a whole number`,
  );
}

function columnOf<T>(rows: readonly T[], read: (row: T) => unknown): Column<unknown> {
  return lazy(rows.length, (row) => read(rows[row]!));
}

function mapped<T>(column: Column<T>, read: (value: T) => unknown): Column<unknown> {
  return lazy(column.length, (row) => read(column.at(row) as T));
}

function lazy(length: number, at: (row: number) => unknown): Column<unknown> {
  return {
    length,
    at,
    *[Symbol.iterator]() {
      for (let row = 0; row < length; row++) yield at(row);
    },
  } as Column<unknown>;
}
