import { SettingsScope } from '../../../core/settings-choices';
import { Gesture } from '../interactions/gesture';

/** What somebody looks at in their App Home. Slack keeps it with the view. */
export interface HomeState {
  /** Words that transcripts must hold. */
  search?: string;
  /** Whose settings are shown. */
  channel?: string;
  scope?: SettingsScope;
}

export function stateOf({ home }: Gesture): HomeState {
  try {
    const { search, channel, scope } = JSON.parse(home ?? '') as Record<string, unknown>;
    return {
      ...(typeof search === 'string' && { search }),
      ...(typeof channel === 'string' && { channel }),
      ...(scope === 'server' && { scope }),
    };
  } catch {
    return {};
  }
}
