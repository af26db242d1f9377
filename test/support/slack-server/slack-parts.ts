import { SlackBoard } from './slack-board';
import { SlackChannels } from './slack-channels';
import { SlackClock } from './slack-clock';
import { SlackDispatcher } from './slack-dispatcher';
import { SlackEvents } from './slack-events';
import { SlackFaults } from './slack-faults';
import { SlackFileHost } from './slack-file-host';
import { SlackGestures } from './slack-gestures';
import { SlackHttpDelivery } from './slack-http-delivery';
import { SlackIds } from './slack-ids';
import { SlackInteractions } from './slack-interactions';
import { SlackAddresses, SlackPayloads } from './slack-payloads';
import { SlackPeople } from './slack-people';
import { SlackPostRate } from './slack-post-rate';
import { SlackRecorder } from './slack-recorder';
import { SlackResponseUrls } from './slack-response-urls';
import { SlackSocketMode } from './slack-socket-mode';
import { SlackUploads } from './slack-uploads';
import { SlackViews } from './slack-views';
import { SlackWebApi } from './slack-web-api';
import { SlackWorld } from './slack-world';

/** The parts of the server, put together. */
export abstract class SlackParts {
  readonly clock = new SlackClock();
  readonly ids = new SlackIds(this.clock);
  readonly app = { id: this.ids.id('A'), verificationToken: this.ids.secret(24) };
  readonly appToken = `xapp-1-${this.app.id}-${Date.now()}-${this.ids.secret(64)}`;
  /** Take `connections:write` away to see Socket Mode refused. */
  readonly appScopes = new Set(['connections:write']);
  readonly signingSecret = this.ids.secret(32);

  /** What happened. */
  readonly log = new SlackRecorder();
  readonly faults = new SlackFaults();
  readonly world = new SlackWorld(this.ids, this.clock);
  readonly postRate = new SlackPostRate(this.clock);
  protected readonly addresses: SlackAddresses = { api: '', files: '', elsewhere: '' };
  private readonly payloads = new SlackPayloads(this.world, this.addresses, this.app.id);
  /** What is brought to the app, with acknowledgements and retries. */
  readonly deliveries = new SlackDispatcher(this.clock, this.log, () => this.http ?? this.sockets);
  readonly sockets = new SlackSocketMode(this.clock, this.log, this.app.id, () => this.deliveries.retryNow());
  readonly events = new SlackEvents(this.world, this.clock, this.deliveries, this.log, this.app);
  /** Messages and files as such, whoever they are from. */
  readonly board = new SlackBoard(this.world, this.events, this.payloads, this.log);
  readonly people = new SlackPeople(this.world, this.board);
  readonly channels = new SlackChannels(this.world, this.events, this.log);
  readonly uploads = new SlackUploads(this.world, this.board);
  readonly files = new SlackFileHost(this.world, this.uploads, this.faults, this.log, this.addresses);
  readonly views = new SlackViews(this.world, this.payloads, this.log, this.events);
  protected readonly responseUrls = new SlackResponseUrls(
    this.world,
    this.board,
    this.faults,
    this.log,
    () => this.addresses.api,
  );
  private readonly interactions = new SlackInteractions(
    this.world,
    this.clock,
    this.payloads,
    this.responseUrls,
    this.app,
  );
  readonly gestures = new SlackGestures(
    this.world,
    this.deliveries,
    this.interactions,
    this.responseUrls,
    this.views,
  );
  protected readonly api = new SlackWebApi(
    {
      appId: this.app.id,
      world: this.world,
      board: this.board,
      payloads: this.payloads,
      interactions: this.interactions,
      uploads: this.uploads,
      views: this.views,
      filesHost: () => this.addresses.files,
      socketUrl: () => {
        const ticket = this.sockets.issueTicket();
        return ticket && `ws://${this.addresses.api}/link/?ticket=${ticket}&app_id=${this.app.id}`;
      },
    },
    { value: this.appToken, scopes: this.appScopes },
    this.faults,
    this.postRate,
    this.log,
  );
  /** Set while the app is reached by HTTP. */
  protected http?: SlackHttpDelivery;
}
