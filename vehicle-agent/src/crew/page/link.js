// Why the link stands as it does, in words a crew can act on; the text of the system stays for the technician.
import { say } from '/words.js';

// Codes with which a server ends a link, and what systems say when there is none.
const CAUSES = [
  [/^replaced/, 'trouble_replaced'],
  [/^protocol_version/, 'trouble_version'],
  [/^not_enrolled/, 'trouble_enrolled'],
  [/^server_stopping|^journal_set_back|^fleet_full/, 'trouble_stopping'],
  [/\b(401|403)\b/, 'trouble_key'],
  [/\b(4\d\d|5\d\d)\b/, 'trouble_busy'],
  [/refused/i, 'trouble_refused'],
  [/does not answer|timed? ?out|not take anything|^silent/i, 'trouble_silent'],
  [/lookup|resolve|name or service|dns/i, 'trouble_name'],
  [/unreachable|no route|not connected|network is down/i, 'trouble_network'],
  [/tls|certificate|handshake/i, 'trouble_secure'],
];

export function troubleInWords(text) {
  const cause = CAUSES.find(([pattern]) => pattern.test(text));
  return say(cause ? cause[1] : 'trouble_cut');
}
