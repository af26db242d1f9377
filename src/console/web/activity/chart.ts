import type { SeriesPoint } from '../api/types';

/** One kind of bar; several stand on each other. */
export interface Bars {
  name: string;
  tone: string;
  of: (point: SeriesPoint) => number;
}

export interface BarChartProps {
  title: string;
  points: readonly SeriesPoint[];
  bars: readonly Bars[];
  /** Of a step, for people. */
  label: (at: string) => string;
  /** What stands below a step; nothing below most. */
  tick: (at: string, index: number) => string | undefined;
  form: (value: number) => string;
}
