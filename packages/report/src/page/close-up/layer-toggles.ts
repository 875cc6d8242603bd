import { element } from '../element.ts';

/** A button for each list of boxes, that shows or hides it; one alone is called boxes whatever its
 * name.
 */
export function layerToggles(layers: readonly string[]): {
  readonly buttons: readonly HTMLElement[];
  toggleAll(): void;
} {
  const buttons = layers.map((name, layer) => {
    const made = element(
      'button',
      {
        type: 'button',
        'data-layer': layer,
        'aria-pressed': 'true',
        class: 'layer',
        title: `Show or hide ${name} (o)`,
      },
      layers.length === 1 ? 'Boxes' : name,
    );
    made.addEventListener('click', () => show(layer, isHidden(layer)));
    return made;
  });

  function isHidden(layer: number): boolean {
    return document.body.classList.contains(`hide-${layer}`);
  }

  function show(layer: number, isShown: boolean): void {
    document.body.classList.toggle(`hide-${layer}`, !isShown);
    buttons[layer]!.setAttribute('aria-pressed', String(isShown));
  }

  return {
    buttons,
    toggleAll() {
      const all = layers.every((_, layer) => isHidden(layer));
      layers.forEach((_, layer) => show(layer, all));
    },
  };
}
