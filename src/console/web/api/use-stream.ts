import { useEffect, useRef } from 'preact/hooks';
import { addressOf, lookAtSession } from './client';

/** By the name of the event: what its data goes to. */
export type Handlers = Record<string, (data: never) => void>;

/**
 * Listens to server-sent events while the page is seen: browsers open six connections to a host and no more, over all
 * tabs.
 *
 * @param path undefined listens to nothing
 * @param opened is told whenever listening begins: what was asked for before may be out of date by then
 */
export function useStream(path: string | undefined, handlers: Handlers, opened?: () => void): void {
  const latest = useRef({ handlers, opened });
  latest.current = { handlers, opened };
  useEffect(() => {
    if (path === undefined) return;
    let source: EventSource | undefined;
    let timer: number | undefined;
    const listen = (): void => {
      clearTimeout(timer);
      source = new EventSource(addressOf(path));
      source.onopen = () => latest.current.opened?.();
      // Browsers come again by themselves, but not after an answer that is no stream.
      source.onerror = () => {
        if (source?.readyState !== EventSource.CLOSED) return;
        timer = window.setTimeout(listen, 5000);
        void lookAtSession();
      };
      for (const name of Object.keys(latest.current.handlers))
        source.addEventListener(name, (event: MessageEvent<string>) =>
          latest.current.handlers[name]?.(JSON.parse(event.data) as never),
        );
    };
    const stop = (): void => {
      clearTimeout(timer);
      source?.close();
    };
    const seen = (): void => {
      stop();
      if (document.visibilityState === 'visible') listen();
    };
    seen();
    document.addEventListener('visibilitychange', seen);
    return () => {
      document.removeEventListener('visibilitychange', seen);
      stop();
    };
  }, [path]);
}
