import { element } from '../element.ts';
import { cellSizes } from '../view-state.ts';

/** How large cells are. */
export function createSizeSlider(onChange: (size: number) => void): {
  readonly root: HTMLElement;
  set(size: number): void;
} {
  const { least: min, most: max, step } = cellSizes;
  const input = element('input', { type: 'range', min, max, step });
  input.addEventListener('input', () => onChange(Number(input.value)));
  return {
    root: element('label', { class: 'size' }, element('span', {}, 'Size'), input),
    set: (size) => (input.value = String(size)),
  };
}
