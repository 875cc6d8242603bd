/** One class that a model or dataset knows. */
export interface Label {
  readonly id: number;
  readonly name: string;
  readonly supercategory?: string;
}
