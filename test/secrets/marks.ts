import { randomBytes } from 'node:crypto';

/** Shorter ones would be found by chance. */
const LEAST = 12;

interface Mark {
  name: string;
  value: string;
  /** Where it has to stand: it is looked for everywhere else. */
  except?: RegExp;
}

/** Secrets that can be told from all other text, and the search for them. */
export class Marks {
  private readonly all: Mark[] = [];

  /** A new secret; `form` is what stands around the mark where a secret must look like one. */
  make(name: string, form: (mark: string) => string = (mark) => mark, except?: RegExp): string {
    const mark = `Marked${randomBytes(12).toString('hex')}`;
    this.add(name, mark, except);
    return form(mark);
  }

  /** A secret that somebody else has made. */
  add(name: string, value: string, except?: RegExp): string {
    if (value.length < LEAST) throw new Error(`${name} is too short to be looked for: ${value}`);
    this.all.push({ name, value, ...(except && { except }) });
    return value;
  }

  /** Names of the secrets that stand in these bytes, as they are or in a usual spelling, and must not stand there. */
  in(where: string, bytes: Buffer): string[] {
    const looked = this.all.filter(({ except }) => !except?.test(where));
    return looked
      .filter(({ value }) => spellings(value).some((one) => bytes.includes(one)))
      .map(({ name }) => name);
  }
}

function spellings(value: string): string[] {
  const bytes = Buffer.from(value);
  return [
    value,
    encodeURIComponent(value),
    JSON.stringify(value).slice(1, -1),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
    bytes.toString('hex'),
  ];
}
