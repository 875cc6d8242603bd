const most = 16;

/** Zooms and moves all pictures inside of an element together: the wheel about the pointer,
 * dragging, `+` and `-`, and a double click for the beginning. The element has it as `--scale`,
 * `--x` and `--y`, in pixels, of the pictures' upper left corner.
 * @param onMove after each change
 */
export function createZoom(root: HTMLElement, onMove: () => void): { reset(): void; by(factor: number): void } {
  let [scale, x, y] = [1, 0, 0];

  function place(): void {
    root.style.setProperty('--scale', String(scale));
    root.style.setProperty('--x', `${x}px`);
    root.style.setProperty('--y', `${y}px`);
    root.classList.toggle('zoomed', scale > 1);
    onMove();
  }

  /** What lies at (`left`, `top`) of its pane stays there. */
  function about(factor: number, left: number, top: number, pane: DOMRect): void {
    const next = Math.min(most, Math.max(1, scale * factor));
    x = kept(left - (left - x) * (next / scale), pane.width, next);
    y = kept(top - (top - y) * (next / scale), pane.height, next);
    scale = next;
    place();
  }

  /** A picture never leaves its pane. */
  function kept(offset: number, size: number, by: number): number {
    return Math.min(0, Math.max(size * (1 - by), offset));
  }

  function paneOf(event: Event): DOMRect {
    const target = event.target instanceof Element ? event.target.closest('.pane') : null;
    return (target ?? root.querySelector('.pane') ?? root).getBoundingClientRect();
  }

  root.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      const pane = paneOf(event);
      about(event.deltaY < 0 ? 1.2 : 1 / 1.2, event.clientX - pane.left, event.clientY - pane.top, pane);
    },
    { passive: false },
  );
  root.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || scale === 1) return;
    const pane = paneOf(event);
    const [fromX, fromY] = [x - event.clientX, y - event.clientY];
    const moved = (to: PointerEvent): void => {
      x = kept(fromX + to.clientX, pane.width, scale);
      y = kept(fromY + to.clientY, pane.height, scale);
      place();
    };
    root.setPointerCapture(event.pointerId);
    root.addEventListener('pointermove', moved);
    const end = (): void => root.removeEventListener('pointermove', moved);
    root.addEventListener('pointerup', end, { once: true });
    root.addEventListener('pointercancel', end, { once: true });
  });
  const reset = (): void => {
    [scale, x, y] = [1, 0, 0];
    place();
  };
  root.addEventListener('dblclick', reset);
  return {
    reset,
    by(factor) {
      const pane = (root.querySelector('.pane') ?? root).getBoundingClientRect();
      about(factor, pane.width / 2, pane.height / 2, pane);
    },
  };
}
