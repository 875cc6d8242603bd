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

/** What an element, or one around it, is told of a property of text, by its style or an attribute.
 */
export function propertyOf(element: SvgElement, name: string): string | undefined {
  for (let at: SvgElement | null = element; at; at = at.parentElement) {
    const styled = new RegExp(`(?:^|;)\\s*${name}\\s*:\\s*([^;]+)`).exec(at.getAttribute('style') ?? '')?.[1]?.trim();
    const value = styled ?? at.getAttribute(name);
    if (value !== null) return value;
  }
  return undefined;
}
