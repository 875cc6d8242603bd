import { createTensor } from '@qualm/types';
import { createHead } from '@qualm/vision';

const size = { width: 224, height: 224 };
const head = createHead(
  {
    head: { type: 'classifier', outputs: { scores: 'logits' }, activation: 'softmax' },
    labels: [
      { id: 3, name: 'cat' },
      { id: 7, name: 'dog' },
    ],
    input: { size, layout: 'nchw', dtype: 'float32', channels: 'rgb', resize: { mode: 'stretch' } },
  },
  'class_scores',
);
const logits = createTensor('float32', [1, 2], Float32Array.of(0, Math.log(3)));
const original = { width: 448, height: 336 };
const geometry = { original, input: size, scaleX: 1 / 2, scaleY: 2 / 3, offsetX: 0, offsetY: 0 };
const [rows] = head.decode({ logits }, [geometry]);
console.log(rows?.at(0)?.label_ids, rows?.at(0)?.scores); // [7, 3], [0.75, 0.25]
