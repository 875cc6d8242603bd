import { createSizeDifferences } from '@qualm/datasets';
import type { PredictionTable } from '@qualm/datasets';
import { noBoxes } from './named-boxes.ts';
import type { NamedBoxes } from './named-boxes.ts';
import type { OtherBoxes } from './other-boxes.ts';

/** What others say of an image. */
export interface OtherImage {
  /** One value for each of the others. */
  readonly layers: readonly NamedBoxes[];
  /** That of them which another model found; empty without one. */
  readonly compared: NamedBoxes;
  /** How many boxes that only that model found a list leaves out; absent for none. */
  readonly leftOutAlone?: number;
}

/** Looks up what others say of the images of a shard. */
export interface OtherReader {
  of(table: PredictionTable): readonly OtherImage[];
  /** Images whose boxes are not shown, for they lie on other pixels. */
  warnings(): string[];
}

export const nobody: OtherImage = { layers: [], compared: noBoxes };

/** Whether another model said anything of an image, be it that nothing is there. */
export function isCompared(other: OtherImage | undefined): boolean {
  return other !== undefined && other.compared !== noBoxes;
}

export function createOtherReader(others: readonly OtherBoxes[]): OtherReader {
  const differences = others.map(createSizeDifferences);
  const finders = others.map(({ createFinder }) => createFinder());
  const model = others.findIndex(({ isModel }) => isModel);
  return {
    of({ columns, length }) {
      if (others.length === 0) return [];
      return Array.from({ length }, (_, image) => {
        const id = columns.image_id.at(image)!;
        const [width, height] = [columns.width.at(image), columns.height.at(image)];
        const shown = width != null && height != null ? { width, height } : null;
        const uri = columns.image.at(image)?.uri ?? null;
        const layers = others.map(({ boxes, sizes }, at) => {
          const other = finders[at]!(id, uri);
          if (other === null) return noBoxes;
          const isElsewhere = differences[at]!.add(id, sizes.get(other), shown);
          return isElsewhere ? noBoxes : (boxes.get(other) ?? noBoxes);
        });
        return { layers, compared: layers[model] ?? noBoxes };
      });
    },
    warnings: () => others.flatMap(({ name }, at) => differences[at]!.warnings(name, `boxes of ${name} are not shown`)),
  };
}
