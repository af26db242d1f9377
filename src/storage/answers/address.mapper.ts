import { ReplyAddress } from '../../core/voice-note';
import { AnswerEntity } from '../entities/answer.entity';

/** The stored address with its times as times again. */
export function addressOf({ address }: AnswerEntity): ReplyAddress {
  if (!address.interaction) return address;
  return {
    ...address,
    interaction: { ...address.interaction, expiresAt: new Date(address.interaction.expiresAt) },
  };
}
