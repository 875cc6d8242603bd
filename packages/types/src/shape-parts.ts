import { BoxShapes } from './box-shapes.ts';

/** The boxes of one image, and what stands beside them. */
interface Part {
  readonly length: number;
  readonly shapes?: BoxShapes;
}

/** Gathers what stands beside the boxes of many images; images without any cost nothing. */
export function createShapeParts(): { add(part: Part): void; join(): BoxShapes | undefined } {
  const parts: Part[] = [];
  let hasBare = false;
  return {
    add(part) {
      const isBare = part.shapes === undefined;
      if (isBare && (hasBare || part.length === 0)) return;
      hasBare ||= isBare;
      parts.push(isBare ? { length: part.length } : part);
    },
    join: () => BoxShapes.join(parts),
  };
}
