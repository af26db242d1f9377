import { DiscordScene } from '../support/discord-scene';
import { describeAskedNotes } from './discord-notes/asked-notes.tests';
import { describeUnaskedNotes } from './discord-notes/unasked-notes.tests';
import { describeVanishingNotes } from './discord-notes/vanishing-notes.tests';

describe('a voice note in Discord', () => {
  let scene: DiscordScene;

  beforeAll(async () => {
    scene = await DiscordScene.open();
  }, 60_000);
  afterAll(() => scene.close());

  const opened = (): DiscordScene => scene;
  describeUnaskedNotes(opened);
  describeAskedNotes(opened);
  describeVanishingNotes(opened);
});
