/** How two models differ, over all images that both were asked about, whether they are in the page
 * or not.
 */
export interface ReportComparison {
  /** Images that both were asked about, and those that the second one was not. */
  readonly images: number;
  readonly notCompared: number;
  /** Things that both found and call alike, that they call differently, that one found alone. */
  readonly agreed: number;
  readonly differently: number;
  readonly onlyFirst: number;
  readonly onlySecond: number;
  /** Things beside these that a list leaves out, on both sides; 0 when absent. */
  readonly leftOut?: number;
  readonly classes: readonly ClassComparison[];
}

export interface ClassComparison {
  readonly name: string;
  /** Boxes that each model calls so. */
  readonly boxes: readonly [number, number];
  /** For each strategy that is `compared`, what it says of these boxes on average, NaN where it
   * says nothing.
   */
  readonly means: readonly (readonly [number, number])[];
}
