import { execFileSync, execSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { serverBinary } from '../whisper';
import { IMAGE, copies, named } from './dockerfile';

const ROOT = join(__dirname, '..', '..', '..');

interface LockedPackage {
  dev?: boolean;
  optional?: boolean;
  devOptional?: boolean;
}

/**
 * What the image holds, laid out as the last stage of the Dockerfile does it: what it copies from here, the built service,
 * and of the packages those that an installation without development and optional ones has.
 */
export class ImageFolder implements Disposable {
  // In the same file system as the packages, so that none is copied.
  private readonly folder = mkdtempSync(join(ROOT, 'node_modules', '.image-'));
  /** The image's `/app`. */
  readonly app = join(this.folder, 'app');
  /** Its `/usr/local/bin`. */
  readonly programs = join(this.folder, 'bin');

  constructor() {
    mkdirSync(this.app);
    mkdirSync(this.programs);
    for (const { from, sources, target } of copies(IMAGE)) {
      if (from === 'engine') continue;
      if (target === 'node_modules') this.linkPackages();
      else for (const source of sources) this.copy(source.replace(/^\/app\//, ''), target);
    }
    this.prepare();
    execFileSync('cp', ['--link', process.execPath, join(this.programs, 'node')]);
    execFileSync('cp', [serverBinary(), join(this.programs, 'whisper-server')]);
    symlinkSync('/app/dist/cli/hark.js', join(this.programs, 'hark'));
    // A process of another user reads it.
    execFileSync('chmod', ['755', this.folder]);
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private copy(source: string, target: string): void {
    const path = target.endsWith('/') ? join(target, source.split('/').at(-1) ?? '') : target;
    mkdirSync(dirname(join(this.app, path)), { recursive: true });
    execFileSync('cp', ['-a', '--no-target-directory', join(ROOT, source), join(this.app, path)]);
  }

  private linkPackages(): void {
    const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, LockedPackage>;
    };
    const wanted = Object.entries(packages).filter(
      ([path, { dev, optional, devOptional }]) => path !== '' && !dev && !optional && !devOptional,
    );
    // Nested packages come with the one that holds them.
    const outermost = wanted.map(([path]) => path).filter((path) => path.lastIndexOf('node_modules/') === 0);
    execFileSync('cp', ['-al', '--parents', ...outermost, this.app], { cwd: ROOT });
    // As the Dockerfile does: the image has the engine itself.
    rmSync(join(this.app, 'node_modules/nodejs-whisper/cpp'), { recursive: true });
  }

  private prepare(): void {
    const run = named(IMAGE, 'RUN').map((each) => each.getRawArgumentsContent());
    const [marking = ''] = /chmod [^&]+/.exec(run.join()) ?? [];
    execSync(marking, { cwd: this.app });
  }
}
