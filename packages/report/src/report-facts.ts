/** What the head of a page says of where its cells come from. What is not known is absent. */
export interface ReportFacts {
  /** Whose predictions they are: the model's name. */
  readonly model?: string;
  /** The model that these are compared with. */
  readonly against?: string;
  /** The day on which the predictions were made, where they say it: 2026-11-28. */
  readonly predicted?: string;
  /** The day of the file that they are in: a copy has its own. Not shown beside `predicted`. */
  readonly written?: string;
  /** Images that were read, and boxes in them that count. */
  readonly images: number;
  readonly boxes: number;
  /** 0..1: boxes that score below do not count. */
  readonly minScore?: number;
  readonly leftOut?: LeftOut;
  /** How many of all were to be kept, and by what: cells are among the first so many by one of
   * these. The first is what they are ranked by.
   */
  readonly kept?: readonly KeptBy[];
}

/** How many are not in the page, and why. */
export interface LeftOut {
  /** Images that have no predictions. */
  readonly failedImages?: number;
  /** Boxes of too little a score. */
  readonly belowThreshold?: number;
  /** Images without a box that counts; they are in a page of images, and come last. */
  readonly imagesWithoutBox?: number;
  /** Boxes of which the strategy says nothing. */
  readonly withoutNumber?: number;
  /** Boxes, or images, that come after those that are kept. */
  readonly beyondKept?: number;
}

/** Cells that are there for what one strategy says of them. */
export interface KeptBy {
  /** The name of a strategy. */
  readonly strategy: string;
  /** Cells that come first by it, and are there for no strategy before it. */
  readonly cells: number;
}
