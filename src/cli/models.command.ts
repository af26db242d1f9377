import { Command } from 'commander';
import { DownloadProgress, ModelInfo, ModelStore } from '../core/model-store';
import { lookingSettings } from '../settings/tool-settings';
import { AddCommand, settingsFor, withApplication } from './command-context';
import { EXIT } from './exit-codes';
import { ProgressBar } from './progress-bar';

/** `hark models list|pull|verify`. */
export const addModels: AddCommand = (program, finish) => {
  const models = program.command('models').description('the speech models');

  models
    .command('list')
    .description('list the stock models: size, downloaded or not')
    .action((_options, command: Command) =>
      withModels(command, async (store) => {
        for (const model of await store.list()) process.stdout.write(`${line(model)}\n`);
      }),
    );

  models
    .command('pull <name>')
    .description('download a stock model, or what is missing of it')
    .action((name: string, _options, command: Command) =>
      withModels(command, async (store, signal) => {
        const path = await withBar(name, (onProgress) => store.pull(name, signal, onProgress));
        process.stdout.write(`${path}\n`);
      }),
    );

  models
    .command('verify')
    .description('check every downloaded model against its checksum')
    .action((_options, command: Command) =>
      withModels(command, async (store) => {
        const results = await withBar('verifying', (onProgress) => store.verify(onProgress));
        for (const { name, ok, detail } of results)
          process.stdout.write(`${ok ? '✓' : '✗'} ${name}  ${detail}\n`);
        if (results.length === 0) process.stdout.write('No model has been downloaded yet.\n');
        if (results.some(({ ok }) => !ok)) finish(EXIT.failed);
      }),
    );
};

function withModels<T>(
  command: Command,
  work: (store: ModelStore, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const settings = lookingSettings(settingsFor(command));
  return withApplication(settings, (application, signal) => work(application.get(ModelStore), signal));
}

async function withBar<T>(
  title: string,
  work: (onProgress: (progress: DownloadProgress) => void) => Promise<T>,
): Promise<T> {
  const bar = new ProgressBar(title, 'bytes');
  try {
    return await work(({ receivedBytes, totalBytes }) =>
      bar.update(receivedBytes, totalBytes ?? receivedBytes),
    );
  } finally {
    bar.stop();
  }
}

function line({ name, bytes, path, remark }: ModelInfo): string {
  const size = bytes === undefined ? '' : `${Math.round(bytes / 1024 / 1024)} MiB`;
  return `${name.padEnd(24)} ${size.padStart(9)}  ${path ? 'downloaded' : '-'}${remark ? `  ${remark}` : ''}`;
}
