import type { BoxSpace, Column, Image, ImageList, Label, RowError } from '@qualm/types';
import { createImageSource } from '../images/create-image-source.ts';
import { lazyColumn } from '../tables/lazy-column.ts';
import type { CocoAnnotation } from './coco-annotation.ts';
import type { CollectedCoco } from './coco-collector.ts';
import type { CocoImage } from './coco-image.ts';
import { createLocator } from './create-locator.ts';

/** The columns of a COCO file, one row per image, as a table library takes them. */
export interface CocoColumns<Space extends BoxSpace = 'pixels'> {
  readonly image_id: Column<number | string>;
  readonly file_name: Column<string | null>;
  readonly width: Column<number | null>;
  readonly height: Column<number | null>;
  readonly date_captured: Column<string | null>;
  /** Made when it is read; empty bytes where `error` says that the file must not be opened. */
  readonly image: Column<Image>;
  readonly annotations: Column<readonly CocoAnnotation<Space>[]>;
  readonly error: Column<RowError | null>;
}

/** A COCO file in memory. */
export interface CocoDataset<Space extends BoxSpace = 'pixels'> {
  readonly length: number;
  readonly columns: CocoColumns<Space>;
  readonly labels: readonly Label[];
  /** The same images, for a prediction run. */
  readonly source: ImageList;
  /** What was wrong with single rows: the first 1000, in the order in which they were found. */
  readonly problems: readonly RowError[];
  /** How many problems there were in all. */
  readonly problemCount: number;
}

/** Where the images are, and which of them are rows. */
export interface CocoDatasetOptions {
  readonly folder: string;
  readonly followLinks: boolean;
  readonly unannotated: 'keep' | 'drop';
}

export function cocoDataset<Space extends BoxSpace>(
  { images: all, annotations, labels, problems }: CollectedCoco<Space>,
  { folder, followLinks, unannotated }: CocoDatasetOptions,
): CocoDataset<Space> {
  const locate = createLocator(folder, followLinks);
  const images = unannotated === 'keep' ? all : all.filter(({ image_id }) => annotations.has(image_id));
  const column = <T>(read: (image: CocoImage) => T): Column<T> =>
    lazyColumn(images.length, (row) => read(images[row]!));
  return {
    length: images.length,
    columns: {
      image_id: column(({ image_id }) => image_id),
      file_name: column(({ file_name }) => file_name),
      width: column(({ size }) => size?.width ?? null),
      height: column(({ size }) => size?.height ?? null),
      date_captured: column(({ date_captured }) => date_captured),
      image: column((image) => locate(image).image),
      annotations: column(({ image_id }) => annotations.get(image_id) ?? []),
      error: column((image) => locate(image).error),
    },
    labels,
    source: createImageSource(
      images.length,
      (row) => JSON.stringify([images[row]!.image_id, images[row]!.file_name]),
      (row) => {
        const { image, error } = locate(images[row]!);
        return { image_id: images[row]!.image_id, image, ...(error && { error }) };
      },
    ),
    problems: problems.listed,
    problemCount: problems.count,
  };
}
