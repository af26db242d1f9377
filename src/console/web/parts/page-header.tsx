import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

interface PageHeaderProps {
  title: string;
  lead?: string;
  children?: ComponentChildren;
}

/** The heading of a page. It takes the focus when the page is opened, so that it is read out. */
export function PageHeader({ title, lead, children }: PageHeaderProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · hark`;
    // Not over what somebody is at: a dialog, or a field that has just got the focus.
    if (document.activeElement === document.body || document.activeElement?.closest('nav'))
      heading.current?.focus({ preventScroll: true });
  }, [title]);
  return (
    <header class="page-header">
      <div>
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {lead && <p class="muted">{lead}</p>}
      </div>
      {children}
    </header>
  );
}
