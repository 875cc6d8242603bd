/** How rows are printed. */
export const sqlModes = ['table', 'csv', 'json', 'ndjson'] as const;
export type SqlMode = (typeof sqlModes)[number];

/** Rows of a table that fit a look; the other forms are for programs, which want all. */
export const tableRows = 100;
