import type { RankOrder } from '@qualm/types';

/** What the page is given, as JSON. */
export interface ReportData {
  /** Of the report, under which the browser keeps marks. */
  readonly id: string;
  readonly title: string;
  readonly labels: readonly string[];
  readonly strategies: readonly { readonly name: string; readonly order: RankOrder }[];
  /** Classes that are confused, in an order that brings them together. */
  readonly pairOrder: readonly number[];
  readonly cells: readonly ReportCellData[];
  /** Charts as data URIs, for light and dark pages. */
  readonly charts: readonly { readonly light: string; readonly dark: string; readonly words: string }[];
}

/** A cell, with its picture as a data URI. */
export interface ReportCellData {
  readonly id: string;
  /** The image's name. */
  readonly image: string;
  /** Null where there is no picture. */
  readonly src: string | null;
  readonly width: number;
  readonly height: number;
  /** Relative to the picture: left, top, width, height, 0..1. */
  readonly boxes: readonly (readonly [number, number, number, number])[];
  /** Places in `labels`; -1 where there is none. */
  readonly label: number;
  readonly second: number;
  /** 0..1; null where there is none. */
  readonly score: number | null;
  readonly secondScore: number | null;
  /** One for each strategy; null for NaN. */
  readonly values: readonly (number | null)[];
}
