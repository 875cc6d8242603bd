import { basename } from 'node:path';
import type { Column } from '@qualm/types';

interface LabelledColumns {
  readonly image_id: Column<string | number>;
  readonly file_name: Column<string | null>;
}

/** Which row of a COCO file an image of the predictions is: by its id, else by its file name, whole
 * or, where one image alone has it, its last part, and each once. Null where it is none; `byName`
 * counts those that ids did not find.
 */
export interface ImageMatch {
  readonly byName: number;
  row(id: string | number, uri: string | null): number | null;
}

export function matchImages({ image_id, file_name }: LabelledColumns): ImageMatch {
  const byId = new Map(Array.from(image_id, (id, row) => [String(id), row]));
  const names = Array.from(file_name, (name) => (name ?? '').normalize());
  const byFile = new Map(names.map((name, row) => [name, row]));
  const byLast = new Map<string, number | null>();
  const used = new Set<number>();
  names.forEach((name, row) => byLast.set(basename(name), byLast.has(basename(name)) ? null : row));
  let byName = 0;
  return {
    get byName() {
      return byName;
    },
    row(id, uri) {
      const found = byId.get(String(id));
      if (found !== undefined) return found;
      const text = String(id).normalize();
      const last = typeof id === 'string' ? basename(text) : lastPart(uri);
      const named = byFile.get(text) ?? (last === null ? null : (byLast.get(last) ?? null));
      if (named === null || used.has(named)) return null;
      used.add(named);
      byName++;
      return named;
    },
  };
}

function lastPart(uri: string | null): string | null {
  if (uri === null) return null;
  try {
    return basename(decodeURIComponent(uri)).normalize();
  } catch {
    return basename(uri).normalize();
  }
}
