import { readable } from './setting-types';

/** `name` switches a feature on, `-name` off. Undefined for a name that is none or is switched both ways. */
export const featureSwitches = readable(
  'must be a comma-separated list of names, each at most once, with - before those to turn off',
  (text) => {
    const switches = new Map<string, boolean>();
    for (const part of text.split(',').map((item) => item.trim())) {
      const [, off, name] = /^(-?)([a-z][a-z0-9-]*)$/.exec(part) ?? [];
      if (name === undefined || switches.has(name)) return undefined;
      switches.set(name, off === '');
    }
    return switches;
  },
);
