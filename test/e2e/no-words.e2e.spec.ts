import { DiscordScene, wordsOf } from '../support/discord-scene';
import { SlackVisit } from '../support/slack-visit';
import { keyboardClatter, oggOf, pianoMusic, silence, sineTone, whiteNoise } from '../support/sounds';

/** What is not said, and what people are told of it. Made before anything listens: it takes a while. */
const SOUNDS: readonly [what: string, sound: Buffer, told: string][] = [
  ['silence', oggOf(silence(5)), 'No speech was found in this recording.'],
  ['white noise', oggOf(whiteNoise(5)), 'No speech was found in this recording.'],
  ['keyboard clatter', oggOf(keyboardClatter(5)), 'No speech was found in this recording.'],
  ['a sine tone', oggOf(sineTone(5)), 'No speech was found in this recording.'],
  ['music', oggOf(pianoMusic(8)), 'There is music in this recording, but no speech.'],
];

const LISTENING = /^Listening …(?: \d+ %)?$/;

describe('no words are posted in Discord for', () => {
  let scene: DiscordScene;
  beforeAll(async () => {
    scene = await DiscordScene.open();
  }, 60_000);
  afterAll(() => scene.close());

  it.each(SOUNDS)('%s', async (_, sound, told) => {
    const channel = scene.channel();
    await scene.prefer('channel', channel, { automatic: true });
    const posted = scene.server.postVoiceMessage({ channel, author: scene.anna, audio: sound });
    const answer = await scene.answer(channel, told);
    await scene.done(posted);
    expect(wordsOf(answer.data).trim()).toBe(told);
    // Nor were there any at an earlier time, while it was being read.
    const shown = answer.history.map(({ content }) => wordsOf({ content }).trim());
    expect(shown.filter((words) => words !== told && !LISTENING.test(words))).toEqual([]);
    const [job] = (await scene.jobs()).filter(({ replyTo }) => replyTo?.message === posted.id);
    expect(job).toMatchObject({ text: '', outcome: told.includes('music') ? 'music' : 'no_speech' });
  });
});

describe('no words are posted in Slack for', () => {
  let visit: SlackVisit;
  beforeAll(async () => {
    visit = await SlackVisit.start('Socket Mode');
  }, 60_000);
  afterAll(() => visit?.[Symbol.asyncDispose]());

  it.each(SOUNDS)('%s', async (_, sound, told) => {
    const user = visit.slack.world.addUser();
    const channel = visit.slack.world.addChannel({ creator: user });
    const { message } = visit.slack.shareFile({ user, channel, files: [{ content: sound }] });
    await visit.slack.gestures.shortcut(user, message, 'transcribe_message');
    const answer = await visit.answer(channel, message.ts, told);
    const shown = [answer, ...answer.revisions].map(({ text }) => text.trim());
    expect(shown.filter((words) => words !== told && !LISTENING.test(words))).toEqual([]);
    const [job] = await visit.jobsIn(channel);
    expect(job).toMatchObject({ text: '', outcome: told.includes('music') ? 'music' : 'no_speech' });
  });
});
