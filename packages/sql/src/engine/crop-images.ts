import type { CropImages } from '../functions/crop-functions.ts';
import type { HostCalls } from './host-calls.ts';
import { absolute } from './image-key.ts';
import type { Predictor } from './predictor.ts';

/** Has boxes cut out of images in the caller's thread, and waits; while a statement is explained
 * nothing is.
 */
export function createCropImages(calls: HostCalls, predictor: Predictor, cwd: string): CropImages {
  return (requests) => {
    calls.assertNotCancelled();
    const { explains, onError } = predictor.statement;
    if (explains) return requests.map(() => null);
    const crops = requests.map(({ image, box }) => ({
      image: typeof image === 'string' ? absolute(image, cwd) : image,
      box,
    }));
    return calls.call('crop', { crops, onError });
  };
}
