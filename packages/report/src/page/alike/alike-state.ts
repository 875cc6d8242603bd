/** What is folded, what cells are ordered by their likeness to, and how the map is coloured. */
export interface AlikeState {
  /** `no`, `image` (one of each image), or how far apart cells may be that are folded. */
  readonly fold: string;
  /** The id of a cell: only what is folded into one with it. */
  readonly group: string | null;
  /** The id of a cell: those most like it first. */
  readonly like: string | null;
  /** Ids of cells, as a list in JSON: those least like all of them first. Empty for none. */
  readonly unlike: string;
  readonly colours: MapColours;
}

/** What points of the map are coloured by. */
export type MapColours = 'doubt' | 'class' | 'mark';

export const initialAlike: AlikeState = {
  ...{ fold: 'no', group: null, like: null, unlike: '', colours: 'doubt' },
};

/** Cells that one is unlike to, and letters of an id: an address has an end. */
const most = { cells: 50, letters: 2000 };

/** What an address says; what it does not say, or says wrongly, is as at the beginning. */
export function alikeFrom(asked: URLSearchParams): AlikeState {
  const text = (key: string): string | null => {
    const value = asked.get(key);
    return value === null || value === '' || value.length > most.letters ? null : value;
  };
  const fold = asked.get('fold') ?? 'no';
  const colours = asked.get('colours');
  return {
    fold: fold === 'image' || (/^\d*\.?\d+$/.test(fold) && Number(fold) > 0) ? fold : 'no',
    group: text('group'),
    like: text('like'),
    unlike: unlikeText(unlikeIds(asked.get('unlike') ?? '')),
    colours: colours === 'class' || colours === 'mark' ? colours : 'doubt',
  };
}

/** The ids of what cells are to be unlike to; none where the text is no list of texts. */
export function unlikeIds(text: string): string[] {
  try {
    const list: unknown = text === '' ? [] : JSON.parse(text);
    return Array.isArray(list) ? list.filter((id) => typeof id === 'string').slice(0, most.cells) : [];
  } catch {
    return [];
  }
}

/** The same as a text; as many as an address has room for. */
export function unlikeText(ids: readonly string[]): string {
  return ids.length === 0 ? '' : JSON.stringify(ids.slice(0, most.cells));
}
