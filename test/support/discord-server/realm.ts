import { Cdn } from './cdn';
import { Faults } from './faults';
import { Gateway } from './gateway/gateway';
import { applicationOf, PrivilegedIntent, userOf } from './payloads/account-payload';
import { MessageComposer } from './rest/message-composer';
import { RateLimiter } from './rest/rate-limiter';
import { AdjustableClock } from './state/clock';
import { CommandRegister } from './state/command-register';
import { InteractionDesk } from './state/interaction-desk';
import { Journal } from './state/journal';
import { MessageBoard } from './state/message-board';
import { Snowflakes } from './state/snowflakes';
import { World } from './state/world';
import { WorldBuilder } from './state/world-builder';
import { WorldEvents } from './state/world-events';
import { report } from './report';

export interface RealmSettings {
  token: string;
  botName: string;
  heartbeatMs: number;
  callbackMs: number;
  grantedIntents: PrivilegedIntent[];
}

/** Everything this Discord is made of, but its sockets. */
export class Realm {
  readonly clock = new AdjustableClock();
  readonly ids = new Snowflakes(this.clock);
  readonly faults = new Faults();
  readonly rates = new RateLimiter(this.clock);
  readonly cdn = new Cdn(this.clock);
  readonly composer = new MessageComposer(this.cdn, this.ids);
  readonly journal: Journal = new Journal(this.clock, () => report(this));
  readonly world: World;
  readonly gateway: Gateway;
  readonly events: WorldEvents;
  readonly builder: WorldBuilder;
  readonly board: MessageBoard;
  readonly desk: InteractionDesk;
  readonly commands: CommandRegister;

  constructor(readonly settings: RealmSettings) {
    const owner = userOf(this.ids.next(), 'Developer');
    const bot = userOf(this.ids.next(), settings.botName, true);
    this.world = new World(applicationOf(bot, owner, settings.grantedIntents), bot);
    this.gateway = new Gateway(this.world, this.journal, this.clock, settings);
    this.events = new WorldEvents(this.world, this.clock, this.gateway);
    this.builder = new WorldBuilder(this.world, this.clock, this.ids, this.events);
    this.board = new MessageBoard(this.world, this.cdn, this.clock, this.ids, this.gateway);
    this.desk = new InteractionDesk(this.clock, settings.callbackMs);
    this.commands = new CommandRegister(this.ids, this.world.application.id);
  }
}
