// The frame inspector: the list every two seconds, and the frames of the terminal that was chosen.
const WORDS = {
  zh: {
    title: "终端网关", known: "已登记终端", unknown: "未登记终端(已忽略)", chosen: "报文", other: "English",
    lost: "网关没有应答,以下内容是旧的", none: "无", nobody: "选一个终端查看报文",
    columns: ["终端号", "车辆", "连接", "版本", "最近报文", "报文数", "不可读", "最近错误"],
    strangers: ["终端号", "来自", "注册信息", "报文数", "最近报文"], ago: (s) => `${s} 秒前`, in: "← 上行", out: "→ 下行",
  },
  en: {
    title: "Terminal gateway", known: "Known terminals", unknown: "Unknown terminals (ignored)", chosen: "Frames", other: "中文",
    lost: "the gateway does not answer; what stands below is old", none: "none", nobody: "choose a terminal to see its frames",
    columns: ["Terminal", "Vehicle", "Line", "Edition", "Latest frame", "Frames", "Unreadable", "Latest error"],
    strangers: ["Terminal", "From", "Registered as", "Frames", "Latest frame"], ago: (s) => `${s} s ago`, in: "← in", out: "→ out",
  },
};
let language = navigator.language.startsWith("zh") ? "zh" : "en";
let chosen = null;
const EVERY_MS = 2000;
const element = (id) => document.getElementById(id);

function label() {
  const words = WORDS[language];
  document.documentElement.lang = language;
  for (const id of ["title", "known", "unknown"]) element(id).textContent = words[id];
  element("language").textContent = words.other;
  element("chosen").textContent = chosen ? `${words.chosen} ${chosen}` : words.nobody;
}

function row(kind, cells) {
  const line = document.createElement("tr");
  for (const cell of cells) {
    const box = document.createElement(kind);
    box.append(cell ?? "");
    line.append(box);
  }
  return line;
}

const ago = (now, at) => (at ? WORDS[language].ago(Math.round((now - at) / 1000)) : "");

function choose(number) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = number;
  button.addEventListener("click", () => {
    chosen = number;
    show();
  });
  return button;
}

function list({ now_ms: now, terminals, strangers }) {
  const words = WORDS[language];
  const known = terminals.map((it) =>
    row("td", [
      choose(it.number), it.vehicle, it.from ?? words.none, it.facts.edition, ago(now, it.last_frame_ms),
      it.facts.counters.frames, it.facts.counters.unreadable, it.facts.last_error,
    ]),
  );
  element("terminals").replaceChildren(row("th", words.columns), ...known);
  const unknown = strangers.map((it) => row("td", [it.number, it.from, it.registered_as, it.frames, ago(now, it.last_ms)]));
  element("strangers").replaceChildren(row("th", words.strangers), ...unknown);
  const facts = terminals.find((it) => it.number === chosen)?.facts;
  element("facts").textContent = facts ? JSON.stringify(facts, null, 1) : "";
}

function frame(it) {
  const item = document.createElement("li");
  item.className = it.direction;
  const head = document.createElement("strong");
  const time = new Date(it.at_ms).toLocaleTimeString(language);
  head.textContent = `${WORDS[language][it.direction]} ${it.message ?? "?"} ${it.serial ?? ""} ${time}`;
  const hex = document.createElement("code");
  hex.textContent = it.hex;
  const decoded = document.createElement("pre");
  decoded.textContent = it.decoded;
  item.append(head, document.createElement("br"), hex, decoded);
  return item;
}

async function show() {
  label();
  try {
    list(await (await fetch("terminals")).json());
    if (chosen) {
      const frames = await (await fetch(`terminals/${chosen}/frames`)).json();
      element("frames").replaceChildren(...frames.map(frame));
    }
    element("trouble").textContent = "";
  } catch {
    element("trouble").textContent = WORDS[language].lost;
  }
}

element("language").addEventListener("click", () => {
  language = language === "zh" ? "en" : "zh";
  show();
});
show();
setInterval(show, EVERY_MS);
