import { assertText, wrongArgument } from '@qualm/types';
import { onnxExternalFiles } from '@qualm/types/onnx-files';

/** The files that a model's main file names as those of its weights, as it names them: external
 * data of ONNX, the weights of a TF.js `model.json`. Null for flavors of others.
 * @param bytes of the main file, of a model that loads.
 * @see https://www.tensorflow.org/js/guide/save_load
 * @example weightFiles('onnx', await readFile('large.onnx')) // ['large.onnx.data', 'weights/head.bin']
 */
export function weightFiles(flavor: string, bytes: Uint8Array): readonly string[] | null {
  assertText('weightFiles', 'flavor', flavor, "the flavor of a spec, such as 'onnx'");
  if (!(bytes instanceof Uint8Array)) throw wrongArgument('weightFiles', 'bytes', bytes, 'those of the main file');
  if (flavor === 'onnx') return onnxExternalFiles(bytes);
  if (flavor !== 'tfjs') return null;
  const { weightsManifest = [] } = JSON.parse(new TextDecoder().decode(bytes)) as {
    readonly weightsManifest?: readonly { readonly paths: readonly string[] }[];
  };
  return weightsManifest.flatMap(({ paths }) => paths);
}
