import { parseHTML } from 'linkedom';
import { afterAll, beforeAll, vi } from 'vitest';

type PageWindow = ReturnType<typeof parseHTML>;

/** A page for the tests of a file. */
export interface TestPage {
  readonly window: PageWindow;
  /** Tells whoever watches sizes that one has changed. */
  resized(): void;
  /** Sends an event with these properties, and gives it. */
  send(target: EventTarget, type: string, properties?: object): Event;
  press(target: EventTarget, key: string, more?: object): Event;
}

/** A window of linkedom's as the globals of a file's tests, with what it lacks: layout, frames,
 * dialogs, and `value` of a select.
 */
export function testPage(): TestPage {
  const window = parseHTML('<html><body></body></html>');
  const { document } = window;
  const watching: (() => void)[] = [];
  const send = (target: EventTarget, type: string, properties: object = {}): Event => {
    const event = new window.Event(type, { bubbles: true, cancelable: true });
    target.dispatchEvent(Object.assign(event, properties));
    return event;
  };

  function lend(tag: string, properties: PropertyDescriptorMap): void {
    Object.defineProperties(Object.getPrototypeOf(document.createElement(tag)) as object, properties);
  }

  beforeAll(() => {
    lend('dialog', {
      open: { configurable: true, get: isOpen, set: setOpen },
      showModal: { configurable: true, value: showModal },
      close: { configurable: true, value: close },
    });
    lend('select', { value: { configurable: true, value: '', writable: true } });
    lend('div', sizes(840, 600));
    lend('img', { decode: { configurable: true, value: () => Promise.resolve() } });
    const { Element, HTMLElement } = window;
    const globals = {
      ...{ document, Element, HTMLElement },
      addEventListener: document.addEventListener.bind(document),
      devicePixelRatio: 1,
      requestAnimationFrame: (work: () => void) => work(),
      ResizeObserver: class {
        constructor(told: () => void) {
          watching.push(told);
        }
        observe = (): void => undefined;
      },
    };
    for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value);
  });
  afterAll(() => void vi.unstubAllGlobals());

  function close(this: HTMLElement): void {
    this.removeAttribute('open');
    send(this, 'close');
  }

  return {
    ...{ window, send },
    resized: () => watching.forEach((told) => told()),
    press: (target, key, more = {}) => send(target, 'keydown', { key, ...more }),
  };
}

/** Gives an element a size and a place, which linkedom does not compute. */
export function layOut(root: HTMLElement, width: number, height: number): void {
  const box = { left: 0, top: 0, right: width, bottom: height, width, height };
  Object.defineProperties(root, {
    ...sizes(width, height),
    getBoundingClientRect: { configurable: true, value: () => box },
  });
}

function sizes(width: number, height: number): PropertyDescriptorMap {
  return {
    clientWidth: { configurable: true, value: width },
    clientHeight: { configurable: true, value: height },
    scrollTop: { configurable: true, writable: true, value: 0 },
  };
}

function isOpen(this: HTMLElement): boolean {
  return this.hasAttribute('open');
}

function setOpen(this: HTMLElement, open: boolean): void {
  this.toggleAttribute('open', open);
}

function showModal(this: HTMLElement): void {
  this.setAttribute('open', '');
}
