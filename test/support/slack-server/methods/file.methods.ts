import { Json, SlackFile } from '../slack-model';
import { SlackApiError } from '../slack-params';
import { ApiCall, ApiMethods } from '../slack-api-method';
import { writableChannel } from './access';
import { contentOf, postedText } from './message-content';

const writes = { scopes: () => ['files:write'] };

/**
 * The file in the argument `file`, if the bot can see it.
 * @throws SlackApiError `file_not_found`, `file_deleted`
 */
function visibleFile(call: ApiCall): SlackFile {
  const file = call.world.files.get(call.params.required('file', 'file_not_found'));
  const bot = call.team.bot.userId;
  const sees = ({ channel }: { channel: string }) => call.world.channel(channel).members.has(bot);
  if (!file || !(file.user === bot || file.shares.some(sees))) throw new SlackApiError('file_not_found');
  if (file.deleted) throw new SlackApiError('file_deleted');
  return file;
}

export const fileMethods: ApiMethods = {
  'files.info': {
    scopes: () => ['files:read'],
    run: (call) => ({
      file: call.payloads.file(visibleFile(call)),
      comments: [],
      response_metadata: { next_cursor: '' },
    }),
  },
  'files.getUploadURLExternal': {
    ...writes,
    run: ({ params, uploads, team, filesHost }) => {
      const name = params.required('filename');
      const length = Number(params.required('length'));
      if (!Number.isInteger(length) || length <= 0) throw new SlackApiError('invalid_arguments');
      const { file, path } = uploads.open(team.bot.userId, name, length, params.text('snippet_type'));
      return { upload_url: `http://${filesHost()}${path}`, file_id: file.id };
    },
  },
  /** Answers before the share: the message comes a moment later. */
  'files.completeUploadExternal': {
    ...writes,
    run: (call) => {
      const { params, uploads, team, payloads } = call;
      const asked = params.json('files') as { id?: string; title?: string }[] | undefined;
      if (!Array.isArray(asked) || asked.length === 0) throw new SlackApiError('invalid_arguments');
      const target = params.text('channel_id');
      const channel = target ? writableChannel(call, 'channel_id') : undefined;
      const blocks = params.all.blocks ? contentOf(call, postedText).blocks : undefined;
      const files = asked.map(({ id, title }) => {
        const file = uploads.received(id ?? '', team.bot.userId);
        if (!file) throw new SlackApiError('file_not_found');
        if (title) file.title = title;
        return file;
      });
      if (channel) {
        const threadTs = params.text('thread_ts');
        const comment = params.text('initial_comment');
        const by = { user: team.bot.userId, botId: team.bot.botId };
        uploads.share(files, by, { channel: channel.id, threadTs, comment, blocks });
      }
      return { files: files.map((file): Json => payloads.file(file)) };
    },
  },
  'files.delete': {
    ...writes,
    run: (call) => {
      const file = visibleFile(call);
      if (file.user !== call.team.bot.userId) throw new SlackApiError('cant_delete_file');
      call.board.removeFile(file);
      return {};
    },
  },
};
