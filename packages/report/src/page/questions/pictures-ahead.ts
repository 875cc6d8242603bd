/** Pictures of questions, loaded and decoded before they are shown. */
export interface PicturesAhead {
  prepare(src: string | null): void;
  take(src: string): HTMLImageElement;
}

/** The one that is shown, the next one, and one to go back to. */
const kept = 3;

export function createPicturesAhead(): PicturesAhead {
  const pictures = new Map<string, HTMLImageElement>();

  function take(src: string): HTMLImageElement {
    const image = pictures.get(src) ?? document.createElement('img');
    if (image.getAttribute('src') !== src) image.setAttribute('src', src);
    pictures.delete(src);
    pictures.set(src, image);
    for (const old of [...pictures.keys()].slice(0, -kept)) pictures.delete(old);
    return image;
  }

  return {
    take,
    prepare(src) {
      // A picture that cannot be decoded says so when it is shown.
      if (src !== null)
        void take(src)
          .decode()
          .catch(() => undefined);
    },
  };
}
