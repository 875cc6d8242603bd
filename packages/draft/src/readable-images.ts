import { counted, QualmError } from '@qualm/types';
import type { Image, InputSpec } from '@qualm/types';
import type { Running } from './try-hypotheses.ts';

/** Images that can be tried, and why the others cannot. */
export interface ReadableImages {
  readonly images: readonly Image[];
  readonly unreadable: readonly string[];
}

/** Reads each image once, so that a broken one does not stop the draft.
 * @throws QualmError of the first image where none can be read.
 */
export async function readableImages(
  all: readonly Image[],
  input: InputSpec,
  { vision, signal }: Running,
): Promise<ReadableImages> {
  const images: Image[] = [];
  const errors: QualmError[] = [];
  const preprocessor = vision.createPreprocessor(input, { threads: 0 });
  try {
    const batch = preprocessor.allocate(input.batch ?? 1);
    for (const image of all) {
      try {
        await preprocessor.fill(image, batch, 0, signal ? { signal } : {});
        images.push(image);
      } catch (error) {
        if (!QualmError.is(error) || !error.code.startsWith('image-')) throw error;
        errors.push(error);
      }
    }
  } finally {
    await preprocessor.dispose?.();
  }
  const [first] = errors;
  if (first && images.length === 0) throw noneReadable(first, all.length);
  return { images, unreadable: errors.map(({ message }) => message) };
}

function noneReadable(cause: QualmError, count: number): QualmError {
  const message = `models draft: none of ${counted(count, 'image')} can be read, the first because of ${cause.message}`;
  return new QualmError(cause.code, message, { cause });
}
