// Puts what nest has built, and the packages that it loads, into files by package, in the place of dist/cli/program.js:
// V8 keeps the text of every module for as long as the process runs, and three thousand small files
// take much longer to load. Names stay as they are, for Nest and for whoever reads an error. What is loaded only when a
// setting wants it, and programs of their own, stay where they are.
import { createRequire } from 'node:module';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { parseSync, Visitor } from 'vite';

const DIST = resolve('dist');
const PROGRAM = resolve(DIST, 'cli/program.js');
const FOLDER = resolve(DIST, 'service');
/** What is parsed at once takes up memory that is not given back. */
const LARGEST_BYTES = 400_000;

/** They bring what was compiled, and look for it beside themselves. */
const NATIVE = [/\.node$/, /^better-sqlite3$/, /^msgpackr-extract$/, /^@snazzah\/davey$/];
/** What is loaded late must find the same ones. */
const SHARED = [/^bull$/, /^@opentelemetry\/api$/];

/** Parts of hark that are loaded when the settings want them, as `.swcrc` says. */
const LATE = Object.fromEntries(
  [
    'queue/bull-parts',
    'platforms/discord/discord.module',
    'platforms/slack/slack.module',
    'storage/dialects/postgresql.dialect',
  ].map((part) => [part, resolve(DIST, `${part}.js`)]),
);

/** What packages ask for if it is there: for hark it is not. */
const OPTIONAL = [/^@nestjs\/(microservices|websockets)(\/|$)/, /^@fastify\/static$/, /^zlib-sync$/];
/** What else was asked for and is not there: hark would break where that is used. */
const missing = new Set();

// The bundler is the one that vite brings.
const { rolldown } = createRequire(import.meta.resolve('vite'))('rolldown');

const here = createRequire(import.meta.url);
/** Large, asked for at once by what hark uses, and of no use before somebody needs one of them. */
const SELDOM = new Map(
  ['libphonenumber-js/max', 'zod/v4/locales'].map((source) => [here.resolve(source), source]),
);

/** Files by package, version and name. */
const ONCE = new Map();

let atOnce;

/** A package, or a room of hark; what is loaded at once apart from what may never be. */
function groupOf(path, graph) {
  atOnce ??= reachable(PROGRAM, graph);
  const when = atOnce.has(path) ? '' : '-late';
  const inPackage = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1];
  if (inPackage) return inPackage.replace('@', '').replace('/', '-') + when;
  const [room, ...rest] = relative(DIST, path).split('/');
  return rest.length > 0 ? `hark-${room}${when}` : 'hark';
}

function reachable(entry, graph) {
  const found = new Set([entry]);
  for (const path of found) {
    const { importedIds = [], dynamicallyImportedIds = [] } = graph.getModuleInfo(path) ?? {};
    for (const next of [...importedIds, ...dynamicallyImportedIds]) found.add(next);
  }
  return found;
}

/** What a module finds beside itself it still finds when its code stands elsewhere. */
const keepPlaces = {
  name: 'keep-places',
  transform(code, path) {
    if (!/__dirname|__filename|require\.resolve|import\.meta\./.test(code) || !path.startsWith('/'))
      return null;
    const file = `process.getBuiltinModule("node:path").join(__dirname,${JSON.stringify(relative(FOLDER, path))})`;
    const folder = `process.getBuiltinModule("node:path").dirname(${file})`;
    const places = new Map(
      Object.entries({
        __dirname: folder,
        __filename: file,
        'require.resolve': `process.getBuiltinModule("node:module").createRequire(${file}).resolve`,
        'import.meta.dirname': folder,
        'import.meta.filename': file,
        'import.meta.url': `process.getBuiltinModule("node:url").pathToFileURL(${file}).href`,
      }),
    );
    const { program } = parseSync(path, code, { lang: 'js', sourceType: 'unambiguous' });
    const edits = [];
    const look = (node) => {
      const place = places.get(code.slice(node.start, node.end));
      // Whom such a `require` asks for the bundler sees to.
      const isRequire = /\bcreateRequire\($/.test(code.slice(0, node.start));
      if (place && !isRequire) edits.push({ ...node, place });
    };
    const declared = new Set();
    new Visitor({
      VariableDeclarator: ({ id }) => declared.add(id.name),
      Identifier: look,
      MemberExpression: look,
    }).visit(program);
    const moved = edits
      .filter(({ type, name }) => type !== 'Identifier' || !declared.has(name))
      .sort((one, other) => other.start - one.start)
      .reduce((text, { start, end, place }) => `${text.slice(0, start)}${place}${text.slice(end)}`, code);
    return edits.length > 0 ? { code: moved, map: null } : null;
  },
};

/**
 * What hark itself loads late is loaded by few: packages from where they lie, its parts as files of their own. Another
 * file of its own that is loaded late becomes one of the files here.
 */
const leaveLate = {
  name: 'leave-late',
  resolveId(source, importer, { kind }) {
    if (!importer?.startsWith(DIST)) return null;
    const path = resolve(dirname(importer), source).replace(/(\.js)?$/, '.js');
    if (Object.values(LATE).includes(path)) return { id: relative(FOLDER, path), external: true };
    return kind === 'dynamic-import' && !source.startsWith('.') ? { id: source, external: true } : null;
  },
};

/** In the place of what is needed seldom stands what loads it, from where it lies, at its first use. */
const loadSeldom = {
  name: 'load-seldom',
  resolveId: (source, importer) => (SELDOM.get(importer) === source ? { id: source, external: true } : null),
  load(path) {
    const source = SELDOM.get(path);
    if (source === undefined) return null;
    const names = Object.keys(here(source)).filter((name) => name !== '__esModule');
    const getters = names.map((name) => `get ${name}(){return require("${source}").${name}}`);
    return `module.exports={__esModule:true,${getters.join()}}`;
  },
};

/** Of a package that lies at several places in the same version, one is enough. */
const onceEach = {
  name: 'once-each',
  async resolveId(source, importer, options) {
    const found = await this.resolve(source, importer, { ...options, skipSelf: true });
    const [, place, inside] =
      /^(.*\/node_modules\/.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\/(.+)$/.exec(found?.id) ?? [];
    if (!place || found.external) return found;
    const { name, version } = here(`${place}/package.json`);
    const known = `${name}@${version}/${inside}`;
    if (!ONCE.has(known)) ONCE.set(known, found.id);
    return { ...found, id: ONCE.get(known) };
  },
};

/** V8 keeps a text in one byte a character only where none needs two. */
const oneByte = {
  name: 'one-byte',
  generateBundle(_options, files) {
    for (const file of Object.values(files).filter(({ type }) => type === 'chunk')) {
      file.code = file.code.replaceAll(/(\\*)([^\0-\xff])/g, (_all, slashes, letter) => {
        // An escaped letter becomes the escape.
        const before = slashes.length % 2 === 0 ? slashes : slashes.slice(1);
        return `${before}\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
      });
    }
  },
};

/** What those who wrote the packages want to go with them. */
function licenses(paths) {
  const folders = paths.map((path) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0]);
  const texts = new Map();
  for (const folder of new Set(folders.filter(Boolean))) {
    const { name, version, license, licenses: several = [] } = here(join(folder, 'package.json'));
    const terms = license ?? several.map(({ type }) => type).join(', ');
    const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
    const said = files.map((file) => readFileSync(join(folder, file), 'utf8').trim());
    texts.set(`${name} ${version}`, [`${name} ${version}: ${terms}`, ...said].join('\n\n'));
  }
  return `${[...texts.keys()]
    .sort()
    .map((name) => texts.get(name))
    .join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

const bundle = await rolldown({
  input: { 'cli/program': PROGRAM, ...LATE },
  platform: 'node',
  external: [...NATIVE, ...SHARED],
  makeAbsoluteExternalsRelative: false,
  plugins: [leaveLate, loadSeldom, onceEach, keepPlaces, oneByte],
  onLog(_level, { code, exporter, id }) {
    if (code !== 'UNRESOLVED_IMPORT' || OPTIONAL.some((name) => name.test(exporter))) return;
    missing.add(`${exporter}, in ${relative('.', id)}`);
  },
});
const { output } = await bundle.write({
  dir: DIST,
  format: 'cjs',
  exports: 'auto',
  entryFileNames: '[name].js',
  chunkFileNames: 'service/[name].[hash].js',
  codeSplitting: {
    includeDependenciesRecursively: false,
    groups: [{ name: groupOf, maxSize: LARGEST_BYTES }],
  },
  // As the modules themselves would have it.
  strictExecutionOrder: true,
  keepNames: true,
  minify: { mangle: { keepNames: true }, compress: false, codegen: { removeWhitespace: true } },
});
writeFileSync(join(FOLDER, 'LICENSES.txt'), licenses(output.flatMap(({ moduleIds = [] }) => moduleIds)));
// What stood in these files before now stands elsewhere.
for (const file of [PROGRAM, ...Object.values(LATE)]) rmSync(`${file}.map`, { force: true });
if (missing.size > 0) {
  console.error(`What is loaded and not there:\n${[...missing].join('\n')}`);
  process.exit(1);
}
