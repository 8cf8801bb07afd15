import { expect, test, type Page } from "@playwright/test";
import { details, signIn, takeCall } from "./console";
import { Terminal } from "./terminal";

const STATION = { lon: 105.645, lat: 36.565 };

async function openCrewPage(page: Page, { address, vehicle }: Terminal): Promise<void> {
  await expect(async () => page.goto(address)).toPass();
  await expect(page.getByText("已联网")).toBeVisible();
  await expect(page.getByText(vehicle)).toBeVisible();
}

test("a crew with a tablet serves a call from the order to the last press", async ({ page: console, browser }) => {
  const terminal = Terminal.start();
  const tablet = await (await browser.newContext({ viewport: { width: 1280, height: 800 }, hasTouch: true })).newPage();
  try {
    await openCrewPage(tablet, terminal);
    terminal.measure(STATION);
    await expect(tablet.getByText("定位正常")).toBeVisible();

    await signIn(console);
    // What the receiver measures is where the console shows the vehicle, and it moves as the receiver does.
    await console.keyboard.press("F8");
    await console.getByPlaceholder("筛选：车号、呼号、状态").fill(terminal.vehicle);
    await console.locator(`[data-row="${terminal.vehicle}"]`).click();
    const position = console.getByLabel("位置", { exact: true });
    await expect(position).toContainText("105.64500, 36.56500");
    await expect(async () => {
      terminal.measure({ ...STATION, lon: 105.6462, knots: 20 });
      await expect(position).toContainText("105.64620, 36.56500", { timeout: 2_000 });
    }).toPass();

    const incident = await takeCall(console, "海原县", "腹痛");
    await console.keyboard.press("Control+k");
    await console.keyboard.type(`派 ${terminal.vehicle} ${incident}`);
    await console.keyboard.press("Enter");
    const task = details(console).getByRole("article", { name: `${terminal.vehicle} 任务进程` });
    await expect(task).toContainText("终端回执");

    await expect(tablet.getByRole("heading", { name: "新任务 - 请确认" })).toBeVisible();
    await expect(tablet.getByText("腹痛")).toBeVisible();
    // The way may scroll; whom to ring and what to press may not be cut off by it.
    await expect(tablet.getByRole("heading", { name: /^路线/ })).toBeVisible();
    for (const viewport of [{ width: 800, height: 1280 }, { width: 1280, height: 800 }]) {
      await tablet.setViewportSize(viewport);
      await expect(tablet.getByText("13900000001")).toBeInViewport({ ratio: 1 });
      await expect(tablet.getByRole("button", { name: "确认接令" })).toBeInViewport({ ratio: 1 });
    }
    for (const step of ["确认接令", "出车", "到达现场", "病人上车 离开现场", "到达医院", "任务完成"]) {
      await tablet.getByRole("button", { name: step, exact: true }).tap();
    }
    await tablet.getByRole("dialog").getByRole("button", { name: "2 位" }).tap();
    await expect(tablet.getByText("已全部发送")).toBeVisible();

    await expect(task).toContainText("载 2 人");
    await expect(details(console).getByRole("heading", { level: 2 })).toContainText("已结束");
    await tablet.getByRole("button", { name: "返回站中" }).tap();
    await expect(tablet.getByRole("heading", { name: "站内待命" })).toBeVisible();
  } finally {
    await tablet.context().close();
    await terminal.stop();
  }
});
