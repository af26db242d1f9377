import { faultOfBlocks, withBlockIds } from './slack-blocks';
import { Delivery } from './slack-delivery';
import { SlackEvents } from './slack-events';
import { Json, User, View } from './slack-model';
import { SlackApiError } from './slack-params';
import { SlackPayloads } from './slack-payloads';
import { SlackRecorder } from './slack-recorder';
import { SlackWorld } from './slack-world';

/** Home tabs and modals. */
export class SlackViews {
  constructor(
    private readonly world: SlackWorld,
    private readonly payloads: SlackPayloads,
    private readonly recorder: SlackRecorder,
    private readonly events: SlackEvents,
  ) {}

  /** A user opens the app's Home tab. */
  openHome(who: User | string, tab: 'home' | 'messages' = 'home'): Delivery | undefined {
    const user = typeof who === 'string' ? this.world.user(who) : who;
    const view = this.homeOf(user.id);
    return this.events.inTeam(this.world.teamOf(user.id), {
      type: 'app_home_opened',
      user: user.id,
      channel: this.world.im(user).id,
      tab,
      ...(view ? { view: this.payloads.view(view) } : {}),
    });
  }

  homeOf(user: string): View | undefined {
    return [...this.world.views.values()].find((view) => view.type === 'home' && view.user === user);
  }

  /** The modals that a user sees, the topmost last. */
  modalsOf(user: string): View[] {
    return [...this.world.views.values()].filter(
      (view) => view.type === 'modal' && view.user === user && view.open,
    );
  }

  publish(user: string, content: Json): View {
    const home = this.homeOf(user);
    return home ? this.change(home, content) : this.create(user, 'home', content);
  }

  open(user: string, content: Json, previous?: View): View {
    const view = this.create(user, 'modal', content);
    if (previous) {
      view.rootId = previous.rootId;
      view.previousId = previous.id;
    }
    return view;
  }

  change(view: View, content: Json): View {
    view.content = this.checked(content, view.type);
    view.hash = this.newHash();
    this.recorder.changed();
    return view;
  }

  /** Does what the acknowledgement of a submission says; nothing said closes the view. */
  answered(view: View, payload: Json | undefined): void {
    const next = payload?.view as Json | undefined;
    if (payload?.response_action === 'update' && next) this.change(view, next);
    else if (payload?.response_action === 'push' && next) this.open(view.user, next, view);
    else if (payload?.response_action === 'clear')
      for (const modal of this.modalsOf(view.user)) modal.open = false;
    else if (payload?.response_action !== 'errors') view.open = false;
    this.recorder.changed();
  }

  private create(user: string, type: View['type'], content: Json): View {
    const id = this.world.ids.id('V');
    const { teamId } = this.world.user(user);
    const view = { id, teamId, type, user, content: this.checked(content, type), hash: this.newHash() };
    const opened: View = { ...view, rootId: id, open: true };
    this.world.views.set(id, opened);
    this.recorder.changed();
    return opened;
  }

  private newHash(): string {
    return `${Math.floor(this.world.clock.now() / 1000)}.${this.world.ids.secret(8)}`;
  }

  private checked(content: Json, type: View['type']): Json {
    const refuse = (message: string) =>
      new SlackApiError('invalid_arguments', { response_metadata: { messages: [`[ERROR] ${message}`] } });
    if (content.type !== type) throw refuse(`must be one of: ${type} [json-pointer:/view/type]`);
    const title = (content.title as Json | undefined)?.text;
    if (type === 'modal' && (typeof title !== 'string' || title.length > 24))
      throw refuse('must be less than 25 characters [json-pointer:/view/title/text]');
    const fault = faultOfBlocks(content.blocks, 100);
    if (fault) throw refuse(fault.messages.join(' ').replace(/^\[ERROR\] /, '') || fault.error);
    const hasInput = (content.blocks as Json[]).some((block) => block.type === 'input');
    if (type === 'modal' && hasInput && !content.submit) throw refuse('missing required field: submit');
    const privateText = content.private_metadata;
    if (typeof privateText === 'string' && privateText.length > 3000)
      throw refuse('must be less than 3001 characters [json-pointer:/view/private_metadata]');
    return { ...content, blocks: withBlockIds(content.blocks as Json[], () => this.world.ids.secret(5)) };
  }
}
