import { DraftScreen } from './draft-screen';

describe('a text that grows before people’s eyes', () => {
  it('is shown as it is when there is time for it, never twice at once, and whole in the end', async () => {
    const edits: string[] = [];
    const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let [atWork, most] = [0, 0];
    const edit = async (text: string): Promise<void> => {
      most = Math.max(most, (atWork += 1));
      edits.push(text);
      await gates[edits.length - 1]?.promise;
      atWork -= 1;
    };
    // Nobody waits for this long: the end does not either.
    const screen = new DraftScreen(edit, 60_000);
    screen.show('a');
    screen.show('a b');
    screen.show('a b c');
    expect(edits).toEqual(['a']);
    const whole = screen.finish('a b c d');
    gates[0]?.resolve();
    gates[1]?.resolve();
    await whole;
    expect(edits).toEqual(['a', 'a b c d']);
    expect(most).toBe(1);
  });

  it('is not edited to what it says already, and tells only of the last edit that it failed', async () => {
    const edits: string[] = [];
    const screen = new DraftScreen((text) => {
      edits.push(text);
      return edits.length === 2 ? Promise.reject(new Error('gone')) : Promise.resolve();
    }, 0);
    screen.show('a');
    await screen.finish('a');
    expect(edits).toEqual(['a']);
    await expect(screen.finish('b')).rejects.toThrow('gone');
  });
});
