import { Json } from '../slack-model';
import { SlackApiError } from '../slack-params';
import { ApiCall, ApiMethods } from '../slack-api-method';

/** @throws SlackApiError `invalid_arguments` */
function contentOfView(call: ApiCall): Json {
  const view = call.params.json('view');
  if (typeof view !== 'object' || view === null) throw new SlackApiError('invalid_arguments');
  return view as Json;
}

export const viewMethods: ApiMethods = {
  'views.publish': {
    run: (call) => {
      const user = call.params.required('user_id', 'invalid_arguments');
      if (!call.world.users.has(user)) throw new SlackApiError('user_not_found');
      const hash = call.params.text('hash');
      if (hash && call.views.homeOf(user)?.hash !== hash) throw new SlackApiError('hash_conflict');
      return { view: call.payloads.view(call.views.publish(user, contentOfView(call))) };
    },
  },
  'views.open': {
    run: (call) => {
      const user = call.interactions.takeTrigger(call.params.required('trigger_id'));
      return { view: call.payloads.view(call.views.open(user, contentOfView(call))) };
    },
  },
  'views.update': {
    run: (call) => {
      const view = call.world.views.get(call.params.required('view_id'));
      if (!view?.open) throw new SlackApiError('not_found');
      const hash = call.params.text('hash');
      if (hash && view.hash !== hash) throw new SlackApiError('hash_conflict');
      return { view: call.payloads.view(call.views.change(view, contentOfView(call))) };
    },
  },
};
