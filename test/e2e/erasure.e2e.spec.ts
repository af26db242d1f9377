import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Settings } from '../../src/settings/settings';
import { DiscordScene, audioOf, note, wordsOf } from '../support/discord-scene';
import { HarkProcess } from '../support/hark-process';
import { spilt, wordsIn } from '../support/spilt-words';

const AUDIO = join(__dirname, '../support/audio');
/** Words of the two notes, without their beginnings: the search index shares these among words. */
const ERASED = ['white flowers', 'lowers', 'bring three'];
const KEPT = ['omas on Friday', 'riday at three'];

describe('what is erased', () => {
  it('is in no file of the data folder and no line of the log any more, and all else is', async () => {
    const marks = { prompt: 'Xylophonprompt', name: 'Geheimname', audio: 'MARKEDAUDIO' };
    const marked = join(tmpdir(), `${marks.name}.ogg`);
    await writeFile(
      marked,
      Buffer.concat([await readFile(join(AUDIO, '01-en.ogg')), Buffer.from(marks.audio)]),
    );
    await using hark = await HarkProcess.start({ LOG_LEVEL: 'trace', KEEP_AUDIO_DAYS: '7', REUSE_DAYS: '7' });
    const erased = await hark.read(marked, { prompt: marks.prompt });
    const kept = await hark.read(join(AUDIO, '04-en.ogg'));
    expect([erased.status, erased.audio, kept.status]).toEqual(['done', true, 'done']);
    const secret = [...ERASED, ...Object.values(marks)];
    // The search finds what is there, in the database and among the uploads.
    expect(wordsIn(await spilt(hark.dataDir, secret))).toEqual([...secret].sort());

    await hark.call(`/api/v1/jobs/${erased.id}`, { method: 'DELETE' });
    expect(await spilt(hark.dataDir, secret)).toEqual({});
    expect(wordsIn(await spilt(hark.dataDir, KEPT))).toEqual([...KEPT].sort());
    expect((await hark.job(kept.id)).text).toContain('Thomas');
    const log = hark.log.join('\n').toLowerCase();
    expect(log).toContain(erased.id);
    expect([...secret, ...KEPT].filter((word) => log.includes(word.toLowerCase()))).toEqual([]);

    // Nor does it come back with the next start.
    await hark.end();
    expect(await spilt(hark.dataDir, secret)).toEqual({});
  }, 60_000);

  it('was said, asked for and kept in a chat: of who erases themselves nothing is left, not even the id', async () => {
    const scene = await DiscordScene.open({ variables: { KEEP_AUDIO_DAYS: '7' } });
    const { dataDir } = scene.home.app.get(Settings, { strict: false });
    const user = scene.member('Quentinius');
    const channel = scene.channel();
    await scene.prefer('channel', channel, { automatic: true });
    const audio = Buffer.concat([audioOf(note(0)), Buffer.from('MARKEDVOICE')]);
    const posted = scene.server.postVoiceMessage({ channel, author: user, audio });
    const answer = await scene.answer(channel, 'white flowers');
    const other = scene.voice(scene.channel(), scene.anna, note(3));
    await scene.response(
      scene.server.useContextMenu({ name: 'Transcribe', message: other, user: scene.anna }),
      note(3).text,
    );
    await delivered(scene);
    const secret = [...ERASED, 'MARKEDVOICE', 'Quentinius', user.id, posted.id, answer.id];
    expect(wordsIn(await spilt(dataDir, secret))).toEqual([...secret].sort());

    const asked = scene.server.useSlash({ channel: scene.channel(), user, name: 'hark privacy' });
    const panel = await scene.said(asked, '1 transcript of yours');
    scene.press(panel, 'erase', user);
    await scene.server.waitFor(() => wordsOf(panel.data).includes('Go on?'));
    scene.press(panel, 'erase-now', user);
    await scene.server.waitFor(() => wordsOf(panel.data).includes('1 transcript was erased.'));
    await scene.server.waitFor(() => answer.deletedAt);
    expect(await spilt(dataDir, secret)).toEqual({});
    expect(wordsIn(await spilt(dataDir, KEPT))).toEqual([...KEPT].sort());
    await scene.close();
  }, 60_000);
});

/** Until nothing is on its way any more. */
async function delivered(scene: DiscordScene): Promise<void> {
  while ((await scene.jobs()).some(({ status }) => status !== 'done'))
    await new Promise((resolve) => setImmediate(resolve));
}
