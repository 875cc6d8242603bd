import type { Anchors } from '@qualm/types';

/** A reader of boxes that decodes each anchor once, though several classes ask for it, unless each
 * class has a box of its own; call `begin` for each image.
 */
export interface AnchorBoxes {
  begin(anchors: Anchors): void;
  read(anchor: number, classIndex: number, out: Float32Array, at: number): void;
}

export function createAnchorBoxes(): AnchorBoxes {
  let boxes = new Float32Array(0);
  let isDecoded = new Uint8Array(0);
  let current: Anchors | null = null;

  return {
    begin: (anchors) => {
      const { numAnchors } = anchors.scores;
      if (isDecoded.length < numAnchors) {
        isDecoded = new Uint8Array(numAnchors);
        boxes = new Float32Array(4 * numAnchors);
      }
      isDecoded.fill(0, 0, numAnchors);
      current = anchors;
    },
    read: (anchor, classIndex, out, at) => {
      if (current?.hasBoxPerClass) return current.readBox(anchor, out, at, classIndex);
      if (isDecoded[anchor] === 0) {
        current?.readBox(anchor, boxes, 4 * anchor, classIndex);
        isDecoded[anchor] = 1;
      }
      for (let side = 0; side < 4; side++) out[at + side] = boxes[4 * anchor + side]!;
    },
  };
}
