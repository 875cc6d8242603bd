import { readFile } from 'node:fs/promises';
import { QualmError } from '@qualm/types';
import { onnxMetadata } from '@qualm/types/onnx-files';

/** What a model's file says of itself: the metadata of an ONNX file, `userDefinedMetadata` of a
 * TF.js `model.json`; nothing of other files.
 * @throws QualmError `model-missing`, `model-invalid`.
 */
export async function readMetadata(path: string, flavor: string): Promise<Readonly<Record<string, string>>> {
  const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    throw new QualmError(
      'model-missing',
      `models draft: "${path}" cannot be read (${cause.message}); check its permissions`,
      { cause },
    );
  });
  if (flavor === 'onnx') return onnxMetadata(bytes);
  if (flavor !== 'tfjs') return {};
  const { userDefinedMetadata } = parsed(path, bytes);
  const entries = Object.entries(Object(userDefinedMetadata) as object);
  return Object.fromEntries(
    entries.map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
}

function parsed(path: string, bytes: Buffer): { readonly userDefinedMetadata?: unknown } {
  try {
    return Object(JSON.parse(bytes.toString('utf8'))) as object;
  } catch (cause) {
    throw new QualmError('model-invalid', `models draft: "${path}" is not valid JSON; expected a model.json of TF.js`, {
      cause,
    });
  }
}
