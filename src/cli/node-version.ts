// Imported before anything else: the database driver crashes without a word on a Node that it was not built for.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const recentEnough = major > 22 || (major === 22 && minor >= 17);

if (!recentEnough) {
  process.stderr.write(
    `hark needs Node 22.17 or newer, but this is Node ${process.versions.node}. ` +
      'Start it with "npm start" or "npx hark …": these use the Node that "npm ci" has put beside hark.\n',
  );
  process.exit(78);
}
