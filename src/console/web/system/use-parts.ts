import { useEffect, useState } from 'preact/hooks';
import type { Part } from '../api/types';

const EVERY_MS = 15_000;

export interface Health {
  /** The parts of hark by name; undefined until it has answered. */
  parts?: Record<string, Part>;
  /** It does not answer any more, or not yet. */
  lost: boolean;
}

/** As hark's own health page has it, looked at now and then. */
export function useParts(): Health {
  const [health, setHealth] = useState<Health>({ lost: false });
  useEffect(() => {
    let gone = false;
    const look = async (): Promise<void> => {
      if (document.visibilityState !== 'visible') return;
      // A broken part is answered with 503 and all the same details.
      const response = await fetch('health/ready').catch(() => undefined);
      const answer = (await response?.json().catch(() => undefined)) as
        { details?: Record<string, Part> } | undefined;
      if (gone) return;
      const parts = answer?.details;
      setHealth((before) => (parts ? { parts, lost: false } : { ...before, lost: true }));
    };
    void look();
    const timer = setInterval(() => void look(), EVERY_MS);
    return () => {
      gone = true;
      clearInterval(timer);
    };
  }, []);
  return health;
}
