import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Image } from '@qualm/types';
import { createPreprocessor } from '../src/create-preprocessor.ts';
import { coco, skipsCoco } from './coco.ts';

describe.skipIf(skipsCoco)('photographs of COCO val2017', () => {
  it('all of them fill a letterbox, in the size that COCO says', async () => {
    const { images } = JSON.parse(readFileSync(join(coco, 'instances.json'), 'utf8')) as {
      images: { file_name: string; width: number; height: number }[];
    };
    const preprocessor = createPreprocessor({
      size: { width: 416, height: 416 },
      layout: 'nchw',
      dtype: 'float32',
      channels: 'bgr',
      resize: { mode: 'letterbox', anchor: 'center', pad: 0 },
    });
    const batch = preprocessor.allocate(1);
    for (const { file_name, width, height } of images) {
      const { original } = await preprocessor.fill(Image.fromUri(join(coco, 'images', file_name)), batch, 0);
      expect(original).toEqual({ width, height });
    }
    expect(images.length).toBeGreaterThan(0);
  });
});
