// How does the Prefect UI look to a person?
//
// Logs in through newsmill's login link, takes a picture of each page, and tells which requests left
// the server (there should be none but blob: workers) and what the console complained about.
//
//   npm install playwright-core                    (in a folder of your own; Debian's chromium beside it)
//   node take.mjs OUT_DIR LOGIN_LINK PAGE...       (PAGE: a path such as /v2/dashboard)
//
// Pages worth a look: /v2/dashboard /v2/runs /v2/runs/flow-run/ID?tab=Artifacts /v2/artifacts
// /v2/artifacts/key/ledger /v2/work-pools /v2/concurrency-limits?tab=global /v2/automations
import { chromium } from "playwright-core";

const [out, link, ...pages] = process.argv.slice(2);
const origin = new URL(link).origin;
const quiet = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--no-sandbox"];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: quiet });
const tab = await browser.newPage({ viewport: { width: 1440, height: 1000 } });
tab.on("request", (request) => {
  if (![origin, "null"].includes(new URL(request.url()).origin)) console.log("left:", request.url());
});
const heard = new Set(); // a blocked call home is tried again at every page
tab.on("console", (message) => {
  const text = message.text().slice(0, 200);
  if (message.type() === "error" && !heard.has(text)) console.log("console:", text);
  heard.add(text);
});

await tab.goto(link);
await tab.waitForTimeout(4000); // left at once, the first page forgets the password again
for (const [number, page] of pages.entries()) {
  await tab.goto(origin + page);
  await tab.waitForTimeout(4000); // the run graph draws itself after the last request
  const file = `${out}/${String(number).padStart(2, "0")}.png`;
  await tab.screenshot({ path: file });
  console.log(file, tab.url());
}
await browser.close();
