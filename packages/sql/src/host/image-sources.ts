import { absolute } from '../engine/image-key.ts';
import type { ImagesAnswer, ImagesRequest } from '../protocol.ts';
import { openImageSource } from './open-image-source.ts';
import type { OpenedSource } from './open-image-source.ts';

/** Tables of images that a query reads. */
export interface ImageSources {
  answer(request: ImagesRequest): Promise<ImagesAnswer>;
  /** What comes after these images, where they are what a query read last of a table of images,
   * and it read of it before. Null where they are not: a query that filters or joins may want
   * others. */
  following(images: readonly (string | Uint8Array)[]): FollowingImages | null;
  /** Forgets all: the statement is over. */
  clear(): void;
}

/** Paths and URIs of images that are not read yet. */
export interface FollowingImages {
  readonly length: number;
  at(index: number): string | undefined;
}

interface Reading {
  readonly opened: OpenedSource;
  /** Where the rows that were read last begin. */
  from: number;
  at: number;
}

export function createImageSources(cwd: string): ImageSources {
  const opened = new Map<number, OpenedSource>();
  const readings = new Map<number, Reading>();
  let last = 0;
  return {
    async answer({ open, source = 0, limit = 0 }) {
      if (limit > 0) return readOn(source, readings.get(source)!, limit);
      const found = opened.get(source) ?? (await openImageSource(open!.kind, open!.values, cwd));
      if (source === 0) opened.set(++last, found);
      else readings.set(++last, { opened: found, from: 0, at: 0 });
      return { source: last, length: found.length, isDone: false, columns: {} };
    },
    following(images) {
      for (const {
        opened: { columns, length },
        from,
        at,
      } of readings.values()) {
        const uriAt = (row: number): string | undefined => uriOf(columns['image']?.at(row), cwd);
        if (from === 0 || at - from !== images.length || !images.every((image, row) => image === uriAt(from + row)))
          continue;
        return { length: length - at, at: (index) => uriAt(at + index) };
      }
      return null;
    },
    clear() {
      opened.clear();
      readings.clear();
    },
  };
}

function readOn(source: number, reading: Reading, limit: number): ImagesAnswer {
  const { opened, at } = reading;
  const length = Math.min(limit, opened.length - at);
  reading.from = at;
  reading.at += length;
  const columns = Object.fromEntries(
    Object.entries(opened.columns).map(([name, column]) => [
      name,
      Array.from({ length }, (_, row) => column.at(at + row)),
    ]),
  );
  return { source, length, isDone: reading.at === opened.length, columns };
}

function uriOf(image: unknown, cwd: string): string | undefined {
  const { uri } = (image ?? {}) as { readonly uri?: string | null };
  return typeof uri === 'string' ? absolute(uri, cwd) : undefined;
}
