import { Image } from '@qualm/types';
import { createPreprocessor, decodeImage } from '@qualm/vision';

const image = Image.fromUri('street.jpg');
const { data, width, height } = await decodeImage(image); // RGB bytes, [height, width, 3]

const preprocessor = createPreprocessor({
  size: { width: 416, height: 416 },
  layout: 'nchw',
  dtype: 'float32',
  channels: 'bgr',
  resize: { mode: 'letterbox', anchor: 'top-left', pad: 114 },
});
const batch = preprocessor.allocate(8); // float32 [8, 3, 416, 416] in shared memory, to be used again and again
const { scaleX, scaleY } = await preprocessor.fill(image, batch, 0);
console.log(data.length === width * height * 3, batch.shape, scaleX, scaleY);
