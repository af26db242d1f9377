import {
  APIModalInteractionResponseCallbackData,
  AttachmentBuilder,
  DiscordAPIError,
  InteractionEditReplyOptions,
  MessageFlags,
  RepliableInteraction,
  RESTJSONErrorCodes as Codes,
} from 'discord.js';
import { ReplyAddress } from '../../../core/voice-note';
import { addressOfInteraction } from '../discord-address.mapper';
import { Acknowledgement } from './acknowledge';

export type Shown = Omit<InteractionEditReplyOptions, 'message' | 'flags' | 'allowedMentions'>;

const SILENT = { parse: [] };
/** The user has closed what was to be changed, or waited too long. */
const CLOSED: readonly (number | string)[] = [
  Codes.UnknownMessage,
  Codes.UnknownWebhook,
  Codes.UnknownInteraction,
  Codes.InvalidWebhookToken,
];

/** What the user of a command, button or menu sees, once it is acknowledged. */
export class InteractionResponse {
  constructor(
    private readonly interaction: RepliableInteraction,
    private readonly how: Acknowledgement,
    /** When hark heard of it, by hark's own clock. */
    private readonly heardAt: Date,
    /** Discord took no acknowledgement: the user sees nothing that is said here. */
    readonly late: boolean,
  ) {}

  /** Where transcripts go that were asked for. @param message id of the message that they are of */
  address(message?: string): ReplyAddress {
    const { how, heardAt, late } = this;
    return addressOfInteraction(this.interaction, { ephemeral: how !== 'public', heardAt, late, message });
  }

  /** Changes the response, or the message with the button or menu. */
  async show(shown: Shown): Promise<void> {
    await this.unlessClosed(() => this.interaction.editReply({ ...shown, allowedMentions: SILENT }));
  }

  /** Shows a form. Only where nothing has been said yet. */
  async ask(form: APIModalInteractionResponseCallbackData): Promise<void> {
    if (!this.interaction.isMessageComponent() && !this.interaction.isChatInputCommand()) return;
    const { interaction } = this;
    await this.unlessClosed(() => interaction.showModal(form));
  }

  /** One sentence. It takes no message's place that was there before. */
  async tell(content: string): Promise<void> {
    if (this.how === 'update') await this.whisper(content);
    else if (this.how === 'form') await this.sayAtOnce(content);
    else await this.show({ content, components: [], files: [] });
  }

  /** One more sentence, for the user alone. */
  async whisper(content: string, files: AttachmentBuilder[] = []): Promise<void> {
    await this.unlessClosed(() =>
      this.interaction.followUp({ content, files, allowedMentions: SILENT, flags: MessageFlags.Ephemeral }),
    );
  }

  /** A question for the user alone, with what they can answer. */
  async question({ content, components }: Pick<Shown, 'content' | 'components'>): Promise<void> {
    const flags = MessageFlags.Ephemeral;
    await this.unlessClosed(() =>
      this.interaction.followUp({ content: content ?? '', components, allowedMentions: SILENT, flags }),
    );
  }

  /** One more message, where the response is. Its id. */
  async post(content: string, ephemeral: boolean): Promise<string | undefined> {
    let id: string | undefined;
    const flags = ephemeral ? MessageFlags.Ephemeral : MessageFlags.SuppressEmbeds;
    await this.unlessClosed(async () => {
      ({ id } = await this.interaction.followUp({ content, allowedMentions: SILENT, flags }));
    });
    return id;
  }

  /** Changes such a message. */
  async edit(message: string, content: string): Promise<void> {
    await this.unlessClosed(() => this.interaction.editReply({ message, content, allowedMentions: SILENT }));
  }

  /** Takes such a message away. */
  async retract(message: string): Promise<void> {
    await this.unlessClosed(() => this.interaction.deleteReply(message));
  }

  /** Takes the response away, or the message with the button or menu. */
  async remove(): Promise<void> {
    await this.unlessClosed(() => this.interaction.deleteReply());
  }

  /** Nothing else has been said. */
  private async sayAtOnce(content: string): Promise<void> {
    await this.unlessClosed(() =>
      this.interaction.reply({ content, allowedMentions: SILENT, flags: MessageFlags.Ephemeral }),
    );
  }

  private async unlessClosed(act: () => Promise<unknown>): Promise<void> {
    if (this.late) return;
    try {
      await act();
    } catch (error) {
      if (!(error instanceof DiscordAPIError) || !CLOSED.includes(error.code)) throw error;
    }
  }
}
