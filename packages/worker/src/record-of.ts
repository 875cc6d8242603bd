import { Image, QualmError } from '@qualm/types';
import type { ImageRecord, RowError, WorkerRequest } from '@qualm/types';
import type { OpenUri } from '@qualm/vision';
import { decodeBase64 } from './decode-base64.ts';

/** A request on its way. */
export interface WorkerRecord {
  readonly record: ImageRecord;
  /** The image's name in the request; null where it had none. */
  readonly image: string | null;
}

/** Reads what a request names, by `open` where it is not on this machine. What is wrong with it is
 * the record's error.
 */
export function createRecordReader({
  open,
  signal,
}: {
  readonly open: OpenUri | undefined;
  readonly signal: AbortSignal | undefined;
}): (request: WorkerRequest) => Promise<WorkerRecord> {
  return async (request) => {
    const { id: image_id, image: named } = request;
    const image = typeof named === 'string' ? named : null;
    try {
      return { record: { image_id, image: await imageOf(request, open, signal) }, image };
    } catch (error) {
      return { record: { image_id, image: Image.fromBytes(new Uint8Array()), error: asRowError(error, image) }, image };
    }
  };
}

async function imageOf(
  { image, bytes }: Partial<Record<keyof WorkerRequest, unknown>>,
  open: OpenUri | undefined,
  signal: AbortSignal | undefined,
): Promise<Image> {
  const [hasImage, hasBytes] = [isGiven(image), isGiven(bytes)];
  if (hasImage && hasBytes) throw invalid('has both `image` and `bytes`; expected one of them');
  if (!hasImage && !hasBytes) throw invalid('has neither `image` nor `bytes`; expected one of them');
  const [name, value] = hasImage ? ['image', image] : ['bytes', bytes];
  if (typeof value !== 'string')
    throw invalid(`has ${JSON.stringify(value)?.slice(0, 60)} as \`${name}\`; expected a text`);
  if (hasBytes) return Image.fromBytes(decodeBase64(value));
  return open && isRemote(value) ? Image.fromBytes(await open(value, signal)) : Image.fromUri(value);
}

/** A column without a value may come as null. */
function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function isRemote(uri: string): boolean {
  return /^[a-z][a-z\d+.-]+:\/\//i.test(uri) && !/^file:/i.test(uri);
}

function asRowError(error: unknown, image: string | null): RowError {
  if (QualmError.is(error)) return { code: error.code, message: error.message };
  return { code: 'io', message: `open: ${JSON.stringify(image)} could not be read: ${String(error)}` };
}

function invalid(what: string): QualmError {
  return new QualmError('request-invalid', `request: it ${what}`);
}
