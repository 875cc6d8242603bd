import { assertOptions, assertText } from '@qualm/types';
import type { LoadOptions, ModelFiles } from '@qualm/types';

/** For callers without types. @throws RangeError unless these are what `load` takes. */
export function checkFiles(files: ModelFiles, options: LoadOptions): void {
  assertOptions('load', files, "{ model: '/models/coco-ssd/model.json' }", 'its files');
  assertText('load', 'model', files.model, "a path, such as '/models/coco-ssd/model.json'");
  if (files.backendOptions !== undefined)
    assertOptions('load', files.backendOptions, '{ outputs: ["concat_1"] }', 'backendOptions');
  assertOptions('load', options, '{ signal }');
}
