// Takes pictures from the agent, gives presses back. The agent is the truth; the page keeps only
// what concerns this screen.
import { calledBack, draw, drawHead } from "/draw.js";
import { make } from "/order.js";
import { canSound, ring } from "/sound.js";
import { has, say, switchLanguage } from "/words.js";

const SOS_HOLD_MS = 1500;
const PAUSES = ["fuel", "meal", "repair", "disinfection", "restock", "other"];
// What one ambulance can carry, sitting and lying; a bus would be told in a note.
const CARRIED = [0, 1, 2, 3, 4, 5];
const LEFT_BEHIND = ["treated_at_scene", "refused_transport", "dead_at_scene", "not_found", "carried_by_others"];
const ABORTS = ["vehicle_breakdown", "road_accident", "road_blocked", "gone_on_arrival", "patient_refused", "crew_unable", "sent_by_mistake", "other"];
const local = { lost: false, message: "", bad: false, silent: false, declined: null, endedSeen: localStorage.getItem("endedSeen"), renewalSeen: null };
const chooser = document.getElementById("chooser");
let picture = null;
let displayed = null;

async function post(path, body) {
  return fetch(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
}

function tell(message, bad) {
  local.message = message;
  local.bad = bad;
  show();
}

const act = {
  async press(crewAct) {
    chooser.close();
    try {
      const answer = await post("/press", crewAct);
      // A crew that ends the order itself need not be told.
      if (answer.ok && crewAct.type === "abort") act.closeEnded(crewAct.task);
      if (answer.ok) return crewAct.type === "sos" ? tell(say("sos_sent"), false) : undefined;
      const refusal = answer.status === 409 ? await answer.json() : { code: "not_stored" };
      tell(has(refusal.code) ? say(refusal.code) : refusal.message, true);
    } catch {
      tell(say("not_stored"), true);
    }
  },
  closeMessage: () => tell("", false),
  closeRefusal: (number) => post("/refusals/close", { number }),
  closeEnded(task) { local.endedSeen = task; localStorage.setItem("endedSeen", task); show(); },
  closeRenewal(at) { local.renewalSeen = at; show(); },
  decline(task) { local.declined = task; show(); },
  choosePause: () => choose("pause_title", PAUSES.map((reason) => [reason, { type: "pause", reason }])),
  chooseAbort: (task) => choose("abort_title", ABORTS.map((reason) => [reason, { type: "abort", task, reason }])),
  // Who carried fewer than were reported is asked for the others: a patient nobody speaks of waits at the scene.
  chooseCarried: (step) => choose("carried_title", CARRIED.map((count) => [count === 0 ? "carried_none" : "carried_n", () => carried(step, count), { n: count }])),
  chooseOffDuty: () => choose("off_duty_title", [["yes_off_duty", { type: "off_duty" }]]),
  holdToPress(button, crewAct) {
    let timer = null;
    const release = () => { clearTimeout(timer); button.classList.remove("held"); };
    const hold = () => {
      button.classList.add("held");
      clearTimeout(timer);
      timer = setTimeout(() => { release(); act.press(crewAct); }, SOS_HOLD_MS);
    };
    button.addEventListener("pointerdown", hold);
    for (const end of ["pointerup", "pointerleave", "pointercancel", "keyup", "blur"]) button.addEventListener(end, release);
    button.addEventListener("keydown", (event) => { if (!event.repeat && (event.key === "Enter" || event.key === " ")) hold(); });
    button.addEventListener("contextmenu", (event) => event.preventDefault());
  },
};

function carried(step, count) {
  const left = (picture?.order?.patient_count ?? count) - count;
  const pressed = (patients) => ({ ...step, details: { patients_carried: count, ...(patients ? { patients } : {}) } });
  // Where other vehicles are too, their crews speak of theirs; what nobody tells, the centre asks.
  if (left <= 0 || picture.order.with_vehicles?.length) return act.press(pressed());
  const choices = LEFT_BEHIND.map((what) => [what, pressed({ [what]: left })]);
  choose("left_title", [...choices, ["still_waiting", pressed()]], { n: left });
}

function choose(title, choices, titleValues) {
  const buttons = choices.map(([key, crewAct, values]) => make("button", { type: "button", onclick: typeof crewAct === "function" ? crewAct : () => act.press(crewAct) }, say(key, values)));
  chooser.replaceChildren(
    make("h2", {}, say(title, titleValues)),
    make("div", { class: "choices" }, ...buttons),
    make("button", { type: "button", class: "back", onclick: () => chooser.close() }, say("back")),
  );
  if (!chooser.open) chooser.showModal();
}

function show() {
  if (!picture) return;
  const asks = picture.order_stage === "new" || picture.order_stage === "overdue";
  const calls = asks || calledBack(picture, local);
  ring(calls);
  local.silent = calls && !canSound();
  draw(picture, local, act);
  // Told only after it is drawn: this is what the centre takes for "on the screen".
  if (picture.order_stage === "new" && displayed !== picture.order.task && !document.hidden) {
    const task = picture.order.task;
    requestAnimationFrame(() => post("/displayed", { task }).then(() => { displayed = task; }, () => {}));
  }
}

const pictures = new EventSource("/pictures");
pictures.onmessage = (event) => {
  picture = JSON.parse(event.data);
  picture.got_at = performance.now() - picture.age_ms;
  local.lost = false;
  show();
};
pictures.onerror = () => { local.lost = true; show(); };
document.getElementById("language").onclick = () => { switchLanguage(); if (chooser.open) chooser.close(); show(); };
document.addEventListener("visibilitychange", show);
setInterval(() => { if (picture) { drawHead(picture); if (picture.undo || document.querySelector(".undo")) show(); } }, 1000);
