import { Realm } from '../realm';
import { isThread } from '../state/world';
import { Access } from './access';
import { refuse } from './discord-error';
import { ok, Route } from './rest-call';

/** Guilds, their members, roles and channels, and users: to be read only. */
export function guildRoutes({ world }: Realm, access: Access): Route[] {
  return [
    {
      method: 'GET',
      pattern: '/guilds/:guild',
      handle: (call) => ok(access.guild(call.param('guild')).data),
    },
    {
      method: 'GET',
      pattern: '/guilds/:guild/roles',
      handle: (call) => ok(access.guild(call.param('guild')).data.roles),
    },
    {
      method: 'GET',
      pattern: '/guilds/:guild/channels',
      handle: (call) => {
        const { id } = access.guild(call.param('guild'));
        return ok(world.channelsOf(id).filter((channel) => !isThread(channel)));
      },
    },
    {
      method: 'GET',
      pattern: '/guilds/:guild/members/:user',
      handle: (call) => {
        const id = call.param('user') === '@me' ? world.bot.id : call.param('user');
        const member = access.guild(call.param('guild')).members.get(id);
        if (!member) throw world.people.has(id) ? refuse.unknownMember() : refuse.unknownUser();
        return ok(member);
      },
    },
    {
      method: 'GET',
      pattern: '/users/@me/guilds',
      handle: () =>
        ok(world.guildsOfBot().map(({ data }) => ({ id: data.id, name: data.name, icon: data.icon }))),
    },
    { method: 'GET', pattern: '/users/@me', handle: () => ok(world.bot) },
    {
      method: 'GET',
      pattern: '/users/:user',
      handle: (call) => {
        const person = world.people.get(call.param('user'));
        if (!person) throw refuse.unknownUser();
        return ok(person.user);
      },
    },
  ];
}
