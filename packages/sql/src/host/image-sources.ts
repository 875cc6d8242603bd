import type { ImagesAnswer, ImagesRequest } from '../protocol.ts';
import { openImageSource } from './open-image-source.ts';
import type { OpenedSource } from './open-image-source.ts';

/** Tables of images that a query reads. */
export interface ImageSources {
  answer(request: ImagesRequest): Promise<ImagesAnswer>;
  /** Forgets all: the statement is over. */
  clear(): void;
}

interface Reading {
  readonly opened: OpenedSource;
  at: number;
}

export function createImageSources(cwd: string): ImageSources {
  const opened = new Map<number, OpenedSource>();
  const readings = new Map<number, Reading>();
  let last = 0;
  return {
    async answer({ open, source = 0, limit = 0 }) {
      if (open) {
        const found = await openImageSource(open.kind, open.values, cwd);
        opened.set(++last, found);
        return { source: last, length: found.length, isDone: false, columns: {} };
      }
      if (limit === 0) {
        const found = opened.get(source)!;
        readings.set(++last, { opened: found, at: 0 });
        return { source: last, length: found.length, isDone: false, columns: {} };
      }
      return readOn(source, readings.get(source)!, limit);
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
  reading.at += length;
  const columns = Object.fromEntries(
    Object.entries(opened.columns).map(([name, column]) => [
      name,
      Array.from({ length }, (_, row) => column.at(at + row)),
    ]),
  );
  return { source, length, isDone: reading.at === opened.length, columns };
}
