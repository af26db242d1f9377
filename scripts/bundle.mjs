// Puts what nest has built, and the packages that it loads, into files by package, in the place of dist/cli/program.js:
// V8 keeps the text of every module for as long as the process runs, and three thousand small files
// take much longer to load. Names stay as they are, for Nest and for whoever reads an error. What is loaded only when a
// setting wants it, and programs of their own, stay where they are.
import { createRequire } from 'node:module';
import { relative, resolve } from 'node:path';
import { parseSync, Visitor } from 'vite';

const DIST = resolve('dist');
const FOLDER = resolve(DIST, 'service');
/** What is parsed at once takes up memory that is not given back. */
const LARGEST_BYTES = 400_000;

/** They bring what was compiled, and look for it beside themselves. */
const NATIVE = [/\.node$/, /^better-sqlite3$/, /^msgpackr-extract$/, /^@snazzah\/davey$/];
/** What is loaded late must find the same ones. */
const SHARED = [/^bull$/, /^@opentelemetry\/api$/];

// The bundler is the one that vite brings.
const { rolldown } = createRequire(import.meta.resolve('vite'))('rolldown');

/** A package, or a room of hark. */
function groupOf(path) {
  const inPackage = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1];
  if (inPackage) return inPackage.replace('@', '').replace('/', '-');
  const [room, ...rest] = relative(DIST, path).split('/');
  return rest.length > 0 ? `hark-${room}` : 'hark';
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

/** What hark itself loads late is loaded by few, from where it lies. */
const leaveLate = {
  name: 'leave-late',
  resolveId: (source, importer, { kind }) =>
    kind === 'dynamic-import' && importer?.startsWith(DIST) ? { id: source, external: true } : null,
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

const bundle = await rolldown({
  input: { 'cli/program': resolve(DIST, 'cli/program.js') },
  platform: 'node',
  external: [...NATIVE, ...SHARED],
  plugins: [leaveLate, keepPlaces, oneByte],
  // Packages ask for others that need not be there.
  logLevel: 'silent',
});
await bundle.write({
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
