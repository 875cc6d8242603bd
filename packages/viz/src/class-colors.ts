// Made by fixtures/palette/generate.ts (culori 4.0.2).

/** 24 colours that neighbours in the list are told apart by, with any of the common forms of colour
 * blindness.
 * @see Okabe and Ito 2008, "Color Universal Design", for the first seven
 */
export const classColors: readonly string[] = [
  '#e69f00',
  '#56b4e9',
  '#009e73',
  '#f0e442',
  '#0072b2',
  '#d55e00',
  '#cc79a7',
  '#a03f3d',
  '#bcf7bb',
  '#b1b062',
  '#fbb8ea',
  '#8d76fa',
  '#fe7b90',
  '#6a0ff4',
  '#7f4e83',
  '#76863d',
  '#b51446',
  '#d9f28c',
  '#a0fbd8',
  '#bd5868',
  '#865812',
  '#df90a8',
  '#9100c6',
  '#7ab279',
];
