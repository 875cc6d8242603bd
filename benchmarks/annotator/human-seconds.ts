/** How long people are taken to need. `docs/questions.md` says which of these were seen in a paper,
 * which in a quotation, and which are assumed.
 */
export const humanSeconds = {
  /** To say whether a box is right; quoted of https://doi.org/10.48550/arXiv.1602.08405. */
  verify: 1.6,
  /** To draw a box by extreme clicking; abstract of https://doi.org/10.1109/ICCV.2017.528. */
  draw: 7,
  /** To draw a box as for ILSVRC; the same abstract says 35. */
  drawOld: 34.5,
  /** To say whether each object of a picture has its box: assumed. */
  cover: 7.8,
  /** To find a class that is not proposed: assumed, as long as drawing. */
  find: 7,
} as const;
