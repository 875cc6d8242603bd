/** What of a document, and of an element in it, is touched here. */
export interface SvgDocument {
  createElementNS(namespace: string, tag: string): SvgElement;
}

export interface SvgElement {
  textContent: string | null;
  readonly outerHTML: string;
  readonly parentElement: SvgElement | null;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  querySelectorAll(selector: string): Iterable<SvgElement>;
  prepend(...elements: readonly SvgElement[]): void;
  append(...elements: readonly SvgElement[]): void;
}
