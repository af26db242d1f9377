import { useEffect, useState } from 'preact/hooks';
import type { Part } from '../api/types';

const EVERY_MS = 15_000;

/** The parts of hark by name, as its health page has them; undefined until it has answered. */
export function useParts(): Record<string, Part> | undefined {
  const [parts, setParts] = useState<Record<string, Part>>();
  useEffect(() => {
    let gone = false;
    const look = async (): Promise<void> => {
      if (document.visibilityState !== 'visible') return;
      // A broken part is answered with 503 and all the same details.
      const response = await fetch('health/ready').catch(() => undefined);
      const answer = (await response?.json().catch(() => undefined)) as
        { details?: Record<string, Part> } | undefined;
      if (!gone && answer?.details) setParts(answer.details);
    };
    void look();
    const timer = setInterval(() => void look(), EVERY_MS);
    return () => {
      gone = true;
      clearInterval(timer);
    };
  }, []);
  return parts;
}
