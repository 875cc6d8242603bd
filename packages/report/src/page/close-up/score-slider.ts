import { element } from '../element.ts';

export interface ScoreSlider {
  readonly root: HTMLElement;
  readonly least: () => number;
  /** Says how many boxes are left. */
  tell(words: string): void;
}

/** A slider for the least score of the boxes that are drawn. */
export function scoreSlider(onChange: () => void): ScoreSlider {
  const input = element('input', { type: 'range', min: 0, max: 1, step: 0.01, value: 0 });
  const said = element('output', { 'aria-live': 'off' });
  input.addEventListener('input', onChange);
  return {
    root: element('label', { class: 'score-slider' }, element('span', {}, 'Boxes from'), input, said),
    least: () => Number(input.value),
    tell(words) {
      said.textContent = `${Number(input.value).toFixed(2)}, ${words}`;
    },
  };
}
