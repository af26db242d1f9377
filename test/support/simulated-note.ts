import { VoiceNote } from '../../src/core/voice-note';

const USERS_A_CHANNEL = 5;

/** A note that a chat's user has spoken, or that came by REST. */
export function simulatedNote(kind: 'api' | 'chat', user: number, id: string): VoiceNote {
  const person = { id: kind === 'api' ? 'admin' : `user-${user}` };
  const common = {
    author: person,
    requester: person,
    options: { language: 'auto', translate: false },
    private: false,
    position: 0,
    fresh: true,
  };
  if (kind === 'api') {
    const source = { kind: 'link' as const, url: `https://example.org/${id}.ogg` };
    return { ...common, platform: 'api', trigger: 'request', source, occurrence: id };
  }
  const channel = `channel-${Math.ceil(user / USERS_A_CHANNEL)}`;
  return {
    ...common,
    platform: 'simulated',
    trigger: 'automatic',
    source: {
      kind: 'attachment',
      platform: 'simulated',
      ids: { channel, message: id, attachment: id },
      seconds: 10,
    },
    replyTo: { platform: 'simulated', workspace: 'guild', channel, message: id },
  };
}
