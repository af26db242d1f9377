import type { ComponentChildren } from 'preact';
import { Icon, IconName } from './icon';

interface EmptyProps {
  icon: IconName;
  title: string;
  children?: ComponentChildren;
}

/** Where there is nothing to show, and what could be done about it. */
export function Empty({ icon, title, children }: EmptyProps) {
  return (
    <div class="empty">
      <Icon name={icon} />
      <p class="empty-title">{title}</p>
      {children}
    </div>
  );
}
