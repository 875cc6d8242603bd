import { Box2d, Image, QualmError } from '@qualm/types';
import type { Vision } from '@qualm/types';
import type { CropRequest } from '../functions/crop-functions.ts';
import type { CropsRequest } from '../protocol.ts';

type Crop = NonNullable<Vision['cropImage']>;

/** Cuts boxes out of images: an encoded picture for each, in their order; an image of several boxes
 * is decoded once.
 * @param onFailure told of each crop that failed, and is null.
 * @throws QualmError `backend-unavailable` without a `vision` that can crop; with `onError: 'fail'`
 * the first error.
 */
export async function cropImages(
  vision: Vision | undefined,
  { crops, onError }: CropsRequest,
  onFailure: (error: string) => void,
): Promise<readonly (Uint8Array | null)[]> {
  const crop = vision?.cropImage?.bind(vision);
  if (!crop)
    throw new QualmError(
      'backend-unavailable',
      'crop: the session cannot decode images; give createSqlSession { vision }, from `import * as vision from "@qualm/vision"`',
    );
  const pictures = new Array<Uint8Array | null>(crops.length).fill(null);
  await Promise.all(
    groupsOf(crops).map(async (places) => {
      for (const [place, picture] of await cropGroup(crop, crops, places)) {
        if (!(picture instanceof Error)) pictures[place] = picture;
        else if (onError === 'fail') throw failed(crops[place]!, picture);
        else onFailure(picture.message);
      }
    }),
  );
  return pictures;
}

/** Places of crops of one image. */
function groupsOf(crops: readonly CropRequest[]): readonly (readonly number[])[] {
  const groups = new Map<unknown, number[]>();
  crops.forEach(({ image }, place) => {
    const group = groups.get(image);
    if (group) group.push(place);
    else groups.set(image, [place]);
  });
  return [...groups.values()];
}

/** A box that leaves nothing fails all boxes of a call, so each is tried alone then. */
async function cropGroup(
  crop: Crop,
  crops: readonly CropRequest[],
  places: readonly number[],
): Promise<readonly (readonly [place: number, picture: Uint8Array | Error])[]> {
  const { image } = crops[places[0]!]!;
  try {
    const cut = await crop(
      typeof image === 'string' ? Image.fromUri(image) : Image.fromBytes(image),
      places.map((place) => new Box2d(...crops[place]!.box)),
    );
    return cut.map(({ bytes }, at) => [places[at]!, bytes!]);
  } catch (cause) {
    if (places.length > 1) return (await Promise.all(places.map((place) => cropGroup(crop, crops, [place])))).flat();
    return [[places[0]!, cause instanceof Error ? cause : new Error(String(cause))]];
  }
}

function failed({ image }: CropRequest, cause: Error): QualmError {
  const code = QualmError.is(cause) ? cause.code : 'query-failed';
  return new QualmError(code, `crop: ${typeof image === 'string' ? image : 'an image of bytes'}: ${cause.message}`, {
    cause,
  });
}
