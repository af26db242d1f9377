// What all drawings of measurements have in common.
import { writeFileSync } from 'node:fs';
import { View, parse } from 'vega';
import { compile } from 'vega-lite';

/** The outer part of a drawing of these values. */
export function frame(values) {
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    background: 'white',
    padding: 12,
    data: { values },
    config: {
      font: 'sans-serif',
      axis: { labelFontSize: 11, titleFontSize: 12 },
      header: { labelFontSize: 13 },
    },
  };
}

/** Writes a vega-lite drawing as SVG. */
export async function draw(path, specification) {
  const view = new View(parse(compile(specification).spec), { renderer: 'none' });
  writeFileSync(path, `${await view.toSVG()}\n`);
}
