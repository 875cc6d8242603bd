/** Colours of a chart. */
export interface Theme {
  readonly ground: string;
  readonly ink: string;
  /** Of what others are held against, and of lines that mark a value. */
  readonly muted: string;
  /** Of what fills an area: bars, cells. */
  readonly accent: string;
  /** Ends of a ramp for amounts: of nothing, nearly the ground, and of the most. */
  readonly ramp: readonly [string, string];
  /** Of series, by Okabe and Ito (2008), "Color universal design", their yellow darkened on white.
   */
  readonly colours: readonly string[];
}

export const themes: Readonly<Record<'light' | 'dark', Theme>> = {
  light: {
    ground: '#ffffff',
    ink: '#24292f',
    muted: '#6e7781',
    accent: '#0072b2',
    ramp: ['#f3f6fa', '#08306b'],
    colours: ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#b8860b', '#56b4e9', '#7a4b9a'],
  },
  dark: {
    ground: '#0d1117',
    ink: '#e6edf3',
    muted: '#8b949e',
    accent: '#56b4e9',
    ramp: ['#1a222c', '#9fd3ff'],
    colours: ['#56b4e9', '#e69f00', '#2dc796', '#f0a3c8', '#f0e442', '#6ea8fe', '#b48ead'],
  },
};
