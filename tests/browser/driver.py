"""A browser to look at pages with: WebDriver by the standard library alone."""
import json
import os
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
KEYS = {"left": "\ue012", "up": "\ue013", "right": "\ue014", "down": "\ue015", "home": "\ue011", "end": "\ue010",
        "tab": "\ue004"}


class DoesNotStart(Exception):
    """The browser is there but cannot run on this machine (a container without shared memory)."""


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Browser:
    def __init__(self, folder):
        self.base = "http://127.0.0.1:%d" % free_port()
        self.direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        self.process = subprocess.Popen(
            ["chromedriver", "--port=" + self.base.rsplit(":", 1)[1]],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        for _ in range(100):
            try:
                if self.call("GET", "/status", root=True)["ready"]:
                    break
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.1)
        options = {"args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                            "--user-data-dir=" + os.path.join(folder, "profile")]}
        wanted = {"browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}
        try:
            self.session = self.call("POST", "/session", {"capabilities": {"alwaysMatch": wanted}}, root=True)["sessionId"]
        except AssertionError as e:
            self.end()
            raise DoesNotStart(e) from None

    def call(self, method, path, body=None, root=False):
        url = self.base + ("" if root else "/session/" + self.session) + path
        data = json.dumps(body if body is not None else {}).encode() if method == "POST" else None
        request = urllib.request.Request(url, data, {"Content-Type": "application/json"}, method=method)
        try:
            with self.direct.open(request, timeout=60) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as e:
            raise AssertionError(json.load(e)["value"]["message"].splitlines()[0]) from None

    def close(self):
        try:
            self.call("DELETE", "")
        finally:
            self.end()

    def end(self):
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait()

    def open(self, path):
        self.call("POST", "/url", {"url": "file://" + path})

    def run(self, script, *args):
        return self.call("POST", "/execute/sync", {"script": script, "args": list(args)})

    def all(self, css):
        found = self.call("POST", "/elements", {"using": "css selector", "value": css})
        return [x[ELEMENT] for x in found]

    def find(self, role, name, css="*"):
        """The one element of that role and accessible name."""
        found = [x for x in self.all(css) if self.call("GET", "/element/%s/computedrole" % x) == role
                 and self.call("GET", "/element/%s/computedlabel" % x) == name]
        assert len(found) == 1, "%d elements are a %s named %r" % (len(found), role, name)
        return found[0]

    def click(self, element):
        self.call("POST", "/element/%s/click" % element)

    def choose(self, select, text):
        for x in self.call("POST", "/element/%s/elements" % select, {"using": "css selector", "value": "option"}):
            if self.call("GET", "/element/%s/text" % x[ELEMENT]) == text:
                return self.click(x[ELEMENT])
        raise AssertionError("no option " + text)

    def hover(self, element):
        self.call("POST", "/actions", {"actions": [{"type": "pointer", "id": "mouse", "actions": [
            {"type": "pointerMove", "duration": 0, "x": 0, "y": 0, "origin": {ELEMENT: element}}]}]})

    def press(self, key):
        self.call("POST", "/actions", {"actions": [{"type": "key", "id": "keys", "actions": [
            {"type": "keyDown", "value": KEYS[key]}, {"type": "keyUp", "value": KEYS[key]}]}]})

    def devtools(self, command, **parameters):
        return self.call("POST", "/goog/cdp/execute", {"cmd": command, "params": parameters})

    def look(self, width, theme, media=""):
        self.devtools("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
        self.devtools("Emulation.setEmulatedMedia", media=media, features=[{"name": "prefers-color-scheme", "value": theme}])

    def scripts(self, on):
        """Of pages opened from now on."""
        self.devtools("Emulation.setScriptExecutionDisabled", value=not on)

    def console(self):
        return [x["message"] for x in self.call("POST", "/se/log", {"type": "browser"})]


def run_tests(cls, *args):
    """All test_ methods of cls(browser, folder, *args) as TAP, in the order they stand in; True: some failed."""
    names = [n for n in vars(cls) if n.startswith("test_")]
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        try:
            browser = Browser(folder)
        except DoesNotStart as e:
            print("1..1\nok 1 # SKIP the browser does not start here: %s" % e)
            return False
        print("1..%d" % len(names), flush=True)
        try:
            tests = cls(browser, folder, *args)
            for i, name in enumerate(names):
                try:
                    getattr(tests, name)()
                    print("ok %d - %s" % (i + 1, name), flush=True)
                except Exception as e:
                    failed += 1
                    print("# %s: %s\nnot ok %d - %s" % (type(e).__name__, e, i + 1, name), flush=True)
        finally:
            browser.close()
    return failed > 0
