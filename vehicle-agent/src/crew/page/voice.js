// Says what the crew must know while the driver's eyes are on the road: the order, what changed in it, that it is gone.
// On until the crew switches it off; the terminal remembers.
import { newestUnread, unread, unreadInWords } from '/messages.js';
import { changedParts, hazardsInWords } from '/order.js';
import { languageTag, say } from '/words.js';

const KEY = 'voice';
let said = null;

export const canSpeak = () => 'speechSynthesis' in window;
export const isOn = () => canSpeak() && localStorage.getItem(KEY) !== 'off';
export const isSpeaking = () => canSpeak() && speechSynthesis.speaking;

function speak(text) {
  speechSynthesis.cancel();
  const words = new SpeechSynthesisUtterance(text);
  words.lang = languageTag();
  speechSynthesis.speak(words);
}

// What is on the screen to be heard, with the name under which it is said only once.
function toSay(picture, { called, changed, next }) {
  const { order, order_stage: stage, ended, following } = picture;
  if (called) return [`ended ${ended.task}`, say(`ended_${ended.how}`)];
  if (stage === 'new' || stage === 'overdue')
    return [`order ${order.task} ${stage}`, orderInWords(order, `stage_${stage}`)];
  if (changed) {
    const versions = order.changes.map(({ version }) => version);
    return [`changed ${order.task} ${Math.max(...versions)}`, say('changed', { what: changedParts(order) })];
  }
  if (next) {
    const where = following.waiting?.address || following.scene.address;
    return [
      `next ${following.incident} ${following.changed_at}`,
      say('next_new', { where, what: following.complaint }),
    ];
  }
  return unread(picture).length > 0 ? [`message ${newestUnread(picture)}`, unreadInWords(picture)] : null;
}

function orderInWords(order, heading) {
  const kind = order.kind === 'other' ? 'kind_other' : order.kind;
  const parts = [
    order.exercise && say('exercise'),
    say(heading),
    order.hazards && say('hazards_are', { what: hazardsInWords(order) }),
    say(order.priority),
    say(kind),
    order.waiting?.address || order.scene.address,
    order.complaint,
    order.special_needs,
  ];
  return parts.filter(Boolean).join(say('full_stop'));
}

/** Says what is new in a picture; `asks` tells what of it wants the crew. */
export function sayNews(picture, asks) {
  const found = toSay(picture, asks);
  if (found === null || found[0] === said) return;
  said = found[0];
  if (isOn()) speak(found[1]);
}

/** Switches the voice; switched on, it says the order that stands, so that off and on hears it again. */
export function switchVoice({ order }) {
  localStorage.setItem(KEY, isOn() ? 'off' : 'on');
  if (!isOn()) return speechSynthesis.cancel();
  speak(order ? orderInWords(order, 'stage_acknowledged') : say('voice_is_on'));
}
