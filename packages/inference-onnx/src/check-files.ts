import { assertOptions, assertText } from '@qualm/types';
import type { LoadOptions, ModelFiles } from '@qualm/types';

/** For callers without types. @throws RangeError unless these are what `load` takes. */
export function checkFiles(files: ModelFiles, options: LoadOptions): void {
  assertOptions('load', files, "{ model: '/models/yolox_nano.onnx' }", 'its files');
  assertText('load', 'model', files.model, "a path, such as '/models/yolox_nano.onnx'");
  if (files.backendOptions !== undefined)
    assertOptions('load', files.backendOptions, '{ sessions: 1 }', 'backendOptions');
  assertOptions('load', options, '{ signal }');
}
