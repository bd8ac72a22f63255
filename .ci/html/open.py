"""Opens prepared reports one after the other in a browser, wide and narrow, and prints what measure.js finds in them."""

import http.server
import json
import pathlib
import subprocess
import sys
import threading

scratch, scheme = pathlib.Path(sys.argv[1]), sys.argv[2]
folder = scratch / "reports"
PLANTED = ["color-contrast", "tabindex", "px wide in a window", "overlaps", "px high"]
NARROW = ["planted", "storm", "counted", "arabic"]

names = sorted(page.stem for page in folder.glob("*.html") if page.stem != "frames")
views = [(name, 1280, "asked") for name in names]
views += [(name, 360, "asked" if name in NARROW else "measured") for name in names]
(folder / "frames.html").write_text(
    """<!DOCTYPE html><meta charset="utf-8"><body><script>
const views = %s, answers = [];
const next = () => {
  if (views.length === 0) return fetch("/answers", { method: "POST", body: JSON.stringify(answers) });
  const [name, width, how] = views.shift(), frame = document.createElement("iframe");
  frame.name = `${name} ${width} ${how}`;
  frame.style = `width:${width}px;height:900px;border:0`;
  frame.src = `${name}.html`;
  document.body.append(frame);
};
addEventListener("message", (event) => {
  answers.push(event.data);
  document.querySelector("iframe").remove();
  next();
});
next();
</script>"""
    % json.dumps(views),
    encoding="utf-8",
)

answers, arrived = [], threading.Event()


class Handler(http.server.SimpleHTTPRequestHandler):
    def __init__(self, *arguments):
        super().__init__(*arguments, directory=str(folder))

    def do_POST(self):
        answers.extend(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(204)
        self.end_headers()
        arrived.set()

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
browser = subprocess.Popen(
    [
        "chromium", "--headless", "--no-sandbox", "--hide-scrollbars", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync", "--remote-debugging-port=0",
        f"--user-data-dir={scratch}/profile-{scheme}", "--window-size=1400,1000",
        f"--blink-settings=preferredColorScheme={0 if scheme == 'dark' else 1}",
        f"http://127.0.0.1:{server.server_address[1]}/frames.html",
    ],
    stdout=subprocess.DEVNULL,
    stderr=subprocess.DEVNULL,
)
try:
    arrived.wait(timeout=400)
finally:
    browser.terminate()
    browser.wait(timeout=20)

wrong = [] if len(answers) == len(views) else [f"{len(answers)} answers to {len(views)} questions"]
texts = 0
for answer in answers:
    texts += answer["texts"]
    if not answer["name"].startswith("planted"):
        wrong += [f"{answer['name']}: {fault}" for fault in answer["found"]]
        continue
    for word in PLANTED:
        if not any(word in fault for fault in answer["found"]):
            wrong.append(f"{answer['name']}: {word} was not found")
if wrong:
    print("\n".join(wrong[:60]), file=sys.stderr)
    sys.exit(f"{len(wrong)} findings, {scheme}")
print(f"reports: {len(views)} views with {texts} texts in pictures, {scheme}: nothing that hinders readers")
