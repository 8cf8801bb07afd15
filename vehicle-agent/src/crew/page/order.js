// The order as a sheet: what a driver must read in one glance stands first and large.
import { languageTag, say } from "/words.js";

export function make(tag, options = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(options)) {
    if (name === "class") node.className = value;
    else node[name] = value;
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

export const hourAndMinute = (ms) => new Date(ms).toLocaleTimeString(languageTag(), { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });

function rows(order) {
  const patients = say("patients_n", { n: order.patient_count }) + (order.stretcher ? ` · ${say("stretcher")}` : "");
  return [
    ["scene", order.scene.address, "main"],
    ["waiting_place", order.waiting?.address, "main"],
    ["complaint", order.complaint, "main"],
    ["patients", patients],
    ["contact", order.contact_name],
    ["phone", order.phone, "main"],
    ["destination", order.destination_name ?? order.destination],
    ["with_vehicles", order.with_vehicles?.join("、")],
  ].filter(([, value]) => value);
}

export function drawOrder(place, order, stage) {
  place.hidden = !order;
  if (!order) return place.replaceChildren();
  place.className = stage === "new" || stage === "overdue" ? "fresh" : stage === "expired" ? "dead" : "";
  const kind = order.kind === "other" ? "kind_other" : order.kind;
  const list = make("dl");
  for (const [key, value, style] of rows(order)) {
    list.append(make("dt", {}, say(key)), make("dd", { class: style ?? "" }, value));
  }
  if (order.notes?.length) {
    list.append(make("ul", { class: "notes" }, ...order.notes.map((note) => make("li", {}, note))));
  }
  const times = [["created", order.created_at], ...order.reached.filter((reached) => reached.milestone !== "created").map((reached) => [reached.milestone, reached.at])];
  place.replaceChildren(
    make("h2", {}, `${say(`stage_${stage}`)} · ${say(order.priority)} · ${say(kind)}`),
    list,
    make("ul", { id: "times" }, ...times.map(([milestone, at]) => make("li", {}, `${hourAndMinute(at)} ${say(`ms_${milestone}`)}`))),
  );
}

// What comes after this order: named, so that the crew can plan, and smaller, so that nobody drives there yet.
export function drawFollowing(place, next) {
  place.hidden = !next;
  if (!next) return place.replaceChildren();
  const kind = next.kind === "other" ? "kind_other" : next.kind;
  const note = next.expires_at ? say(next.acknowledged ? "next_seen" : "next_until", { time: hourAndMinute(next.expires_at) }) : say("next_waits");
  place.replaceChildren(
    make("h2", {}, `${say("next_order")} · ${say(next.priority)} · ${say(kind)}`),
    make("p", {}, next.waiting?.address || next.scene.address),
    make("p", { class: "quiet" }, `${next.complaint} · ${note}`),
  );
}
