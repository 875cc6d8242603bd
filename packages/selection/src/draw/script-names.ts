const scripts = [
  'Han',
  'Hiragana',
  'Katakana',
  'Hangul',
  'Arabic',
  'Thai',
  'Devanagari',
  'Bengali',
  'Tamil',
  'Telugu',
  'Gujarati',
  'Kannada',
  'Malayalam',
  'Gurmukhi',
  'Sinhala',
  'Lao',
  'Khmer',
  'Myanmar',
  'Tibetan',
  'Georgian',
  'Armenian',
  'Ethiopic',
] as const;

const patterns: readonly (readonly [name: string, pattern: RegExp])[] = [
  ...scripts.map((name) => [name, new RegExp(`\\p{Script=${name}}`, 'u')] as const),
  ['emoji', /\p{Extended_Pictographic}|\p{Regional_Indicator}/u],
];

/** The scripts of characters, as people know them; `others` where one is of none of these.
 * @example scriptNames(['猫', 'カ']) // ['Han', 'Katakana']
 */
export function scriptNames(characters: readonly string[]): string[] {
  const names = characters.map((character) => patterns.find(([, pattern]) => pattern.test(character))?.[0] ?? 'others');
  return [...new Set(names)];
}
