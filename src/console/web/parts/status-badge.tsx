import type { Status } from '../api/types';
import { say } from '../words/words';
import { Icon, IconName } from './icon';

const LOOKS: Record<Status, { icon: IconName; tone: string }> = {
  queued: { icon: 'clock', tone: 'calm' },
  running: { icon: 'wave', tone: 'busy' },
  delivering: { icon: 'send', tone: 'busy' },
  done: { icon: 'check', tone: 'good' },
  failed: { icon: 'alert', tone: 'bad' },
  cancelled: { icon: 'stop', tone: 'calm' },
};

export function StatusBadge({ status }: { status: Status }) {
  const { icon, tone } = LOOKS[status];
  return (
    <span class={`badge ${tone}`} data-status={status}>
      <Icon name={icon} />
      {say(`status.${status}`)}
    </span>
  );
}
