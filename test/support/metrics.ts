/** What a metrics page shows: the value of each series, named as `name{label="value"}` with its labels in order. */
export class Scraped {
  private readonly series = new Map<string, number>();
  /** Names with what they are: `counter`, `gauge`, `histogram`. */
  readonly types = new Map<string, string>();

  constructor(page: string) {
    for (const line of page.split('\n')) {
      const [, name = '', type = ''] = /^# TYPE (\S+) (\S+)$/.exec(line) ?? [];
      if (name) this.types.set(name, type);
      const [, key, value] = /^([^#\s][^{\s]*(?:\{.*\})?) (\S+)$/.exec(line) ?? [];
      if (key !== undefined) this.series.set(key, Number(value));
    }
  }

  /** @throws Error when there is no such series */
  value(series: string): number {
    const value = this.series.get(series);
    if (value === undefined) throw new Error(`There is no ${series}`);
    return value;
  }

  /** Of a metric: the labels of each series that has counted something, with its value. */
  above0(name: string): Record<string, number> {
    const own = [...this.series].filter(([key, value]) => key.startsWith(`${name}{`) && value > 0);
    return Object.fromEntries(own.map(([key, value]) => [key.slice(name.length), value]));
  }

  /** Names of all series, without their labels: also `…_bucket`, `…_sum` and `…_count`. */
  get names(): Set<string> {
    return new Set([...this.series.keys()].map((key) => key.replace(/\{.*$/, '')));
  }

  /** All values of all labels but the bounds of buckets. */
  get labels(): Set<string> {
    const pairs = [...this.series.keys()].flatMap((key) => [...key.matchAll(/(\w+)="([^"]*)"/g)]);
    return new Set(pairs.flatMap(([, name, value = '']) => (name === 'le' ? [] : [value])));
  }
}
