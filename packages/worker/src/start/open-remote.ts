import type { OpenerOptions } from '@qualm/remote';
import type { OpenUri } from '@qualm/types';
import type { StartOptions } from './read-options.ts';

/** The largest file of a model. */
const largestFile = 2 ** 31 - 1;

/** Opens images by http(s) and S3 from where `--allow` names, and the model that `--model` names,
 * with the files beside it. What does it is loaded with the first of them.
 * @param env tells how S3 is reached, by the variables that AWS's own tools read.
 */
export function openRemote(
  { model = '', allow, allowPrivate }: Pick<StartOptions, 'model' | 'allow' | 'allowPrivate'>,
  env: Readonly<Record<string, string | undefined>>,
): OpenUri {
  const modelFolder = model.replace(/[?#].*$/, '').replace(/[^/]*$/, '');
  const isOfModel = (uri: string): boolean => modelFolder !== '' && uri.startsWith(modelFolder);
  const open = (own: OpenerOptions): (() => Promise<OpenUri>) => {
    let made: Promise<OpenUri> | null = null;
    return () => (made ??= makeOpener({ ...own, allowPrivate }, env));
  };
  const openModel = open({ allow: [modelFolder], content: 'any', maxBytes: largestFile });
  const openImage = open({ allow });
  return async (uri, signal, room) => (await (isOfModel(uri) ? openModel() : openImage()))(uri, signal, room);
}

async function makeOpener(options: OpenerOptions, env: Readonly<Record<string, string | undefined>>): Promise<OpenUri> {
  const { createOpener, s3FromEnv } = await import('@qualm/remote');
  return createOpener({ ...options, s3: s3FromEnv(env) });
}
