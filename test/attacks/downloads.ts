import { Attack } from './attack';
import { packingAttacks } from './hostile-packing';
import { redirectAttacks } from './hostile-redirects';
import { replyAttacks } from './hostile-replies';
import { linkAttacks } from './link-forms';

/** Every attempt on the downloader that hark is tested with. */
export function downloadAttacks(): Attack[] {
  return [...linkAttacks(), ...redirectAttacks(), ...replyAttacks(), ...packingAttacks()];
}
