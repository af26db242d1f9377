import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { S3 } from '@aws-sdk/client-s3';

/** A server that speaks S3, as a program. */
export interface ObjectStorageProgram {
  name: string;
  command(folder: string): [program: string, args: string[]];
  accessKeyId: string;
  secretAccessKey: string;
  /** Whether it lists and gives up uploads that were not finished. */
  knowsHalfSent: boolean;
  /** What must be installed first. Undefined when it can run here. */
  missing?: string;
}

/** One of those with an empty bucket, as a process of this test's own. */
export class ObjectStorageServer implements AsyncDisposable {
  readonly bucket = 'notes';
  readonly client: S3;

  private constructor(
    readonly program: ObjectStorageProgram,
    readonly endpoint: string,
    private readonly child: ChildProcess,
    private readonly folder: string,
  ) {
    const { accessKeyId, secretAccessKey } = program;
    this.client = new S3({
      endpoint,
      region: 'us-east-1',
      forcePathStyle: true,
      credentials: { accessKeyId, secretAccessKey },
      requestChecksumCalculation: 'WHEN_REQUIRED',
    });
  }

  static async start(program: ObjectStorageProgram): Promise<ObjectStorageServer> {
    const folder = await mkdtemp(join(tmpdir(), 'hark-objects-'));
    const [file, args] = program.command(folder);
    const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      const server = new ObjectStorageServer(program, await address(child, program.name), child, folder);
      await server.client.createBucket({ Bucket: server.bucket });
      return server;
    } catch (error) {
      child.kill('SIGKILL');
      throw error;
    }
  }

  /** Settings of hark for a part of the bucket. */
  variables(prefix: string): Record<string, string> {
    return {
      UPLOADS_URL: `s3://${this.bucket}/${prefix}`,
      S3_ENDPOINT: this.endpoint,
      S3_ACCESS_KEY_ID: this.program.accessKeyId,
      S3_SECRET_ACCESS_KEY: this.program.secretAccessKey,
    };
  }

  /** Names of all objects below a prefix, without it. */
  async names(prefix: string): Promise<string[]> {
    const { Contents = [] } = await this.client.listObjectsV2({ Bucket: this.bucket, Prefix: `${prefix}/` });
    return Contents.map(({ Key = '' }) => Key.slice(prefix.length + 1));
  }

  /** Uploads of several parts that were begun and neither finished nor given up. */
  async halfSent(): Promise<number> {
    const { Uploads = [] } = await this.client.listMultipartUploads({ Bucket: this.bucket });
    return Uploads.length;
  }

  /** Ends at once, as a crash would. */
  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exited = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await exited;
  }

  /** Hangs: connections are taken, nothing answers. */
  pause(): void {
    this.child.kill('SIGSTOP');
  }

  resume(): void {
    this.child.kill('SIGCONT');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.client.destroy();
    await this.kill();
    await rm(this.folder, { recursive: true, force: true });
  }
}

function address(child: ChildProcess, name: string): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code}`)));
    createInterface({ input: child.stdout! }).on('line', (line) => {
      const found = /listening on ([\d.]+:\d+)/i.exec(line)?.[1];
      if (found) resolve(`http://${found}`);
    });
  });
}
