import { OAuth2Scopes, PermissionFlagsBits, PermissionsBitField } from 'discord.js';

/**
 * The least that hark needs to answer notes. Connect is for the text chats of voice channels; reactions are for what is
 * not worth a message.
 */
const PERMISSIONS = new PermissionsBitField([
  PermissionFlagsBits.ViewChannel,
  PermissionFlagsBits.ReadMessageHistory,
  PermissionFlagsBits.SendMessages,
  PermissionFlagsBits.SendMessagesInThreads,
  PermissionFlagsBits.AttachFiles,
  PermissionFlagsBits.AddReactions,
  PermissionFlagsBits.Connect,
]).freeze();
/** What is said in voice channels is written into threads. */
const FOR_VOICE = PermissionFlagsBits.CreatePublicThreads;

/** The link by which an admin brings hark into a server. */
export function invitationOf(applicationId: string, voice = false): string {
  const link = new URL('https://discord.com/oauth2/authorize');
  link.searchParams.set('client_id', applicationId);
  link.searchParams.set('scope', `${OAuth2Scopes.Bot} ${OAuth2Scopes.ApplicationsCommands}`);
  link.searchParams.set(
    'permissions',
    (voice ? PERMISSIONS.add(FOR_VOICE) : PERMISSIONS).bitfield.toString(),
  );
  return link.href;
}
