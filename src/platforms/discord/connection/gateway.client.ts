import { Client, Events } from 'discord.js';

/**
 * discord.js destroys a client whose first login fails. Where only the gateway's handshake failed, its shards go on
 * trying all the same, and nobody could reach them any more: such a client is kept.
 */
export class GatewayClient extends Client {
  private loggingIn = false;
  private goesOn = false;

  /** Resolves when the client is logged in or goes on trying by itself. @throws what discord.js throws for the rest */
  async begin(token: string): Promise<void> {
    this.on(Events.ShardReconnecting, () => (this.goesOn = true));
    this.loggingIn = true;
    try {
      await this.login(token);
    } catch (error) {
      if (!this.goesOn) throw error;
    } finally {
      this.loggingIn = false;
    }
  }

  override async destroy(): Promise<void> {
    if (!this.loggingIn) await super.destroy();
  }
}
