import type { GraphCut } from './convert-tfjs-to-onnx.ts';

/** Where the SSDLite-MobileNetV2 of TF's object detection is cut: behind its pre-processing,
 * which is a loop over the images of the batch, and at the sigmoid scores without background and
 * the decoded boxes (y1, x1, y2, x2 in 0..1). */
export const cocoSsdCut: { readonly inputs: readonly GraphCut[]; readonly outputs: readonly GraphCut[] } = {
  inputs: [{ name: 'Preprocessor/sub', as: 'image', shape: [null, 300, 300, 3] }],
  outputs: [
    { name: 'Postprocessor/Slice', as: 'scores', shape: [null, 1917, 90] },
    { name: 'Postprocessor/Reshape_2', as: 'boxes', shape: [null, 1917, 4] },
  ],
};
