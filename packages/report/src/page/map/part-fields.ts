import { element } from '../element.ts';

const names = ['left', 'right', 'top', 'bottom'] as const;

/** A part of the map by numbers, for those who do not draw.
 * @param onPart told the corners of a rectangle, 0..1
 */
export function partFields(onPart: (corners: readonly (readonly [number, number])[]) => void): HTMLElement {
  const fields = names.map((name, at) =>
    element('input', { type: 'number', min: 0, max: 100, step: 1, value: at % 2 === 0 ? 0 : 100, name }),
  );
  const show = element('button', { type: 'submit' }, 'Show this part');
  const form = element(
    'form',
    {},
    ...fields.map((field, at) => element('label', {}, element('span', {}, `${names[at]} %`), field)),
    show,
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const [left, right, top, bottom] = fields.map(({ value }) => Math.min(100, Math.max(0, Number(value))) / 100) as [
      number,
      number,
      number,
      number,
    ];
    if (left >= right || top >= bottom) return;
    onPart([
      [left, top],
      [right, top],
      [right, bottom],
      [left, bottom],
    ]);
  });
  return element('details', { class: 'by-numbers' }, element('summary', {}, 'A part by numbers'), form);
}
