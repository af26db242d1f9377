import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  ActionRowBuilder,
  ApplicationCommandType,
  ApplicationIntegrationType,
  ButtonBuilder,
  ButtonStyle,
  ChatInputCommandInteraction,
  Client,
  ContextMenuCommandBuilder,
  Events,
  Interaction,
  InteractionContextType,
  MessageContextMenuCommandInteraction,
  MessageFlags,
  ModalBuilder,
  PermissionFlagsBits,
  SlashCommandBuilder,
  StringSelectMenuBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { next, textChannel, Visit } from './client-visit';
import { DiscordServer } from './discord-server';

const VOICE = readFileSync(join(__dirname, '../audio/01-en.ogg'));
const MINUTE = 60_000;

const COMMANDS = [
  new SlashCommandBuilder()
    .setName('transcribe')
    .setDescription('Reads a voice note')
    .setContexts(
      InteractionContextType.Guild,
      InteractionContextType.BotDM,
      InteractionContextType.PrivateChannel,
    )
    .setIntegrationTypes(ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall)
    .addAttachmentOption((option) => option.setName('file').setDescription('The note'))
    .addStringOption((option) =>
      option.setName('language').setDescription('Spoken').addChoices({ name: 'German', value: 'de' }),
    ),
  new SlashCommandBuilder()
    .setName('hark')
    .setDescription('About hark')
    .setDefaultMemberPermissions(PermissionFlagsBits.ManageGuild)
    .addSubcommand((sub) => sub.setName('status').setDescription('How it is')),
  new ContextMenuCommandBuilder()
    .setName('Transcribe')
    .setType(ApplicationCommandType.Message)
    .setContexts(
      InteractionContextType.Guild,
      InteractionContextType.BotDM,
      InteractionContextType.PrivateChannel,
    )
    .setIntegrationTypes(ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall),
];

describe('interactions with a local Discord', () => {
  const visit = new Visit();

  afterEach(() => visit.end());

  async function withCommands(server: DiscordServer): Promise<Client<true>> {
    const bot = await visit.loggedIn(server);
    await bot.application.commands.set(COMMANDS);
    return bot;
  }

  it('answers a command: deferred, edited, followed up, with the clock Discord keeps', async () => {
    const { server, channel, anna } = await visit.start();
    const bot = await withCommands(server);
    expect(server.commands.overwrites).toBe(1);
    const asked = next<ChatInputCommandInteraction>(bot, Events.InteractionCreate);
    const file = { bytes: VOICE, filename: 'note.ogg', contentType: 'audio/ogg' };
    const record = server.useSlash({
      channel,
      user: anna,
      name: 'transcribe',
      options: { file, language: 'de' },
    });
    const interaction = await asked;

    expect(interaction.options.getString('language')).toBe('de');
    expect((await fetch(interaction.options.getAttachment('file', true).url)).status).toBe(200);
    expect(interaction.attachmentSizeLimit).toBe(10 * 1024 * 1024);
    await expect(interaction.webhook.send('too early')).rejects.toMatchObject({ code: 10_015 });
    const deferred = await interaction.deferReply({ flags: MessageFlags.Ephemeral, withResponse: true });
    expect(deferred.interaction.responseMessageEphemeral).toBe(true);
    expect(record.thinking).toBe(true);
    expect(server.stuckInteractions()).toEqual([record]);
    await interaction.editReply('Guten Tag');
    const answer = await server.waitForInteractionResponse(record);
    expect([answer.data.content, answer.visibleTo]).toEqual(['Guten Tag', anna.id]);
    expect(server.messages(channel)).toEqual([]);
    expect(await (await textChannel(bot, channel.id)).messages.fetch()).toHaveProperty('size', 0);

    await interaction.followUp('And more');
    expect(server.messages(channel).map(({ data }) => data.content)).toEqual(['And more']);
    server.advance(15 * MINUTE);
    await expect(interaction.editReply('late')).rejects.toMatchObject({ code: 50_027 });

    const slow = next<ChatInputCommandInteraction>(bot, Events.InteractionCreate);
    server.useSlash({ channel, user: anna, name: 'transcribe' });
    const overdue = await slow;
    server.advance(3_100);
    await expect(overdue.deferReply()).rejects.toMatchObject({ code: 10_062 });
    expect(server.stuckInteractions()).toHaveLength(1);
  });

  it('takes one response only, and shows what users may not ask', async () => {
    const { server, channel, anna, guild } = await visit.start();
    const bot = await withCommands(server);
    const asked = next<ChatInputCommandInteraction>(bot, Events.InteractionCreate);
    server.useSlash({ channel, user: anna, name: 'transcribe' });
    const { id, token } = await asked;
    const callback = () =>
      bot.rest.post(`/interactions/${id}/${token}/callback`, { auth: false, body: { type: 5 } });
    await callback();
    await expect(callback()).rejects.toMatchObject({ code: 40_060 });

    expect(() => server.useSlash({ channel, user: anna, name: 'sing' })).toThrow(/No command "sing"/);
    expect(() => server.useSlash({ channel, user: anna, name: 'hark status' })).toThrow(/hidden/);
    const language = { language: 'xx' };
    expect(() => server.useSlash({ channel, user: anna, name: 'transcribe', options: language })).toThrow(
      /does not fit/,
    );
    const admin = { channel, user: guild.data.owner_id, name: 'hark status' };
    const status = next<ChatInputCommandInteraction>(bot, Events.InteractionCreate);
    server.useSlash(admin);
    expect((await status).options.getSubcommand()).toBe('status');
  });

  it('offers the context menu where the app is installed to the user only', async () => {
    const { server } = await visit.start();
    const bot = await withCommands(server);
    const bea = server.build.addUser('Bea', { appInstalled: true });
    const foreign = server.build.addGuild('Elsewhere', { bot: false, owner: bea });
    const room = server.build.addTextChannel(foreign, 'lounge');
    const note = server.postVoiceMessage({ channel: room, author: bea, audio: VOICE });
    const asked = next<MessageContextMenuCommandInteraction>(bot, Events.InteractionCreate);
    const record = server.useContextMenu({ name: 'Transcribe', message: note, user: bea });
    const interaction = await asked;

    expect(interaction.authorizingIntegrationOwners).toMatchObject({ guildId: null, userId: bea.id });
    expect(interaction.context).toBe(InteractionContextType.Guild);
    expect((await fetch(interaction.targetMessage.attachments.first()?.url ?? '')).status).toBe(200);
    await expect(bot.rest.get(`/channels/${room.id}/messages/${note.id}`)).rejects.toMatchObject({
      code: 50_001,
    });
    await interaction.reply('Read');
    expect((await server.waitForInteractionResponse(record)).data.message_reference?.message_id).toBe(
      note.id,
    );
    for (let count = 1; count <= 5; count += 1) await interaction.followUp(`${count}`);
    await expect(interaction.followUp('6')).rejects.toMatchObject({ code: 40_094 });
  });

  it('has buttons, menus and forms that work', async () => {
    const { server, channel, anna } = await visit.start();
    const bot = await visit.loggedIn(server);
    const again = new ButtonBuilder()
      .setCustomId('again')
      .setLabel('Try again')
      .setStyle(ButtonStyle.Primary);
    const languages = new StringSelectMenuBuilder()
      .setCustomId('language')
      .addOptions({ label: 'German', value: 'de' });
    const form = new ModalBuilder()
      .setCustomId('fix')
      .setTitle('Fix')
      .addComponents(
        new ActionRowBuilder<TextInputBuilder>().addComponents(
          new TextInputBuilder().setCustomId('text').setLabel('Text').setStyle(TextInputStyle.Paragraph),
        ),
      );
    const got: string[] = [];
    const react = async (interaction: Interaction) => {
      if (interaction.isButton()) await interaction.showModal(form);
      if (interaction.isStringSelectMenu()) await interaction.update(`in ${interaction.values.join()}`);
      if (interaction.isModalSubmit()) {
        got.push(interaction.fields.getTextInputValue('text'));
        await interaction.reply({ content: 'thanks', flags: MessageFlags.Ephemeral });
      }
    };
    bot.on(Events.InteractionCreate, (interaction) => void react(interaction));
    const rows = [
      new ActionRowBuilder<ButtonBuilder>().addComponents(again),
      new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(languages),
    ];
    const message = await (await textChannel(bot, channel.id)).send({ content: 'Words', components: rows });

    const clicked = await server.waitForAcknowledgement(server.clickButton(message, 'again', anna));
    expect(clicked.modal?.title).toBe('Fix');
    const sent = server.submitModal(clicked, { text: 'Better words' });
    expect((await server.waitForInteractionResponse(sent)).visibleTo).toBe(anna.id);
    expect(got).toEqual(['Better words']);
    const chosen = server.chooseOptions(message, 'language', ['de'], anna);
    expect((await server.waitForInteractionResponse(chosen)).data.content).toBe('in de');
    expect(() => server.clickButton(message, 'none', anna)).toThrow(/it has: again, language/);
  });
});
