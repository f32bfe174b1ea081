"""Whatever writes a file, on a disk that is full: one clear error, the old file whole, nothing left
beside it. The disk is a small one in memory, mounted where nobody else sees it. usage: full_disk.py RASAD"""
# needs: unshare mount
import os
import pty
import select
import subprocess
import sys
import tempfile
import time

OLD = b"what was there before\n" * 40
RUN = ["input علی به مدرسه می‌رود", "run"]
# What is written, the lines that do it (FILE: the target), the target's name.
WRITERS = [("export " + end, RUN + ["export FILE enc.0.self.pattern.h0"], "x." + end)
           for end in ("safetensors", "npz", "npy", "csv", "json")]
WRITERS += [("picture " + end, RUN + ["export FILE cross"], "x." + end) for end in ("svg", "png", "html")]
WRITERS += [
    ("curve", RUN + ["export FILE plot entropy"], "x.svg"),
    ("report", RUN + ["report FILE"], "x.html"),
    ("save session", RUN + ["save session FILE"], "s.rasad"),
    ("save session, a document", RUN + ["save session FILE"], "s.safetensors"),
    ("save settings", ["set colormap gray", "save settings FILE"], "s.rasad"),
    ("save breaks", ["break enc.0.self.pattern", "save breaks FILE"], "s.rasad"),
    ("record", ["record FILE"] + RUN, "x.rec"),
    ("log", ["log FILE"] + RUN, "x.log"),
    ("output", ["output FILE"] + RUN + ["shapes"], "x.txt"),
    (">", RUN + ["shapes > FILE"], "x.txt"),
    (">>", RUN + ["shapes >> FILE"], "x.txt"),
    ("teach new", ["teach new FILE"], "x.lesson"),
]


def fill(disk):
    with open(disk + "/rest", "wb") as f:
        for size in (4096, 1):
            try:
                while True:
                    os.write(f.fileno(), b"x" * size)
            except OSError:
                pass


def files(disk):
    out = {}
    for name in os.listdir(disk):
        with open(os.path.join(disk, name), "rb") as f:
            out[name] = f.read()
    return out


class Tests:
    def __init__(self, program, disk):
        self.program, self.disk = program, disk

    def prepare(self, name, old=OLD):
        for x in os.listdir(self.disk):
            os.unlink(os.path.join(self.disk, x))
        if old is not None:
            with open(os.path.join(self.disk, name), "wb") as f:
                f.write(old)
        fill(self.disk)
        return files(self.disk)

    def write(self, lines, name, old):
        before = self.prepare(name, old)
        path = os.path.join(self.disk, name)
        text = "\n".join(line.replace("FILE", path) for line in lines) + "\n"
        done = subprocess.run([self.program, "-q", "-n", "-m", "examples/models/fa-en"], input=text, capture_output=True,
                              text=True)
        said = done.stderr.splitlines()
        errors = [x for x in said if "error: " in x]
        assert done.returncode == 1, (done.returncode, said)
        assert len(errors) == 1 and path in errors[0] and "No space left on device" in errors[0], said
        after = files(self.disk)
        assert set(after) == set(before), sorted(after)
        assert after == before, "the old file changed"

    def each(self, lines, name):
        if "teach" not in lines[-1]: # it never replaces a file
            self.write(lines, name, OLD)
        if ">>" not in lines[-1]: # it makes its file before the command runs
            self.write(lines, name, None)

    def history(self):
        """The prompt goes on without it, and what was there is there afterwards."""
        old = b"#1700000000\nhelp " + b"x" * 4000
        before = self.prepare("history", old + b"y" * (4095 - 10 - len(old)) + b"\n") # 10 bytes fit in its last page
        env = {**os.environ, "RASAD_HISTFILE": self.disk + "/history", "TERM": "dumb"}
        pid, fd = pty.fork()
        if pid == 0:
            os.execve(self.program, [self.program, "-q", "-n"], env)
        os.write(fd, b"info state\nquit\n")
        until, text = time.monotonic() + 20, b""
        while time.monotonic() < until:
            if select.select([fd], [], [], 0.2)[0]:
                try:
                    text += os.read(fd, 4096)
                except OSError:
                    break
        assert os.waitpid(pid, 0)[1] == 0, text
        assert b"error" not in text, text
        assert files(self.disk) == before, files(self.disk)["history"]


def inside(program):
    """In a name space of our own."""
    failed = 0
    with tempfile.TemporaryDirectory() as disk:
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "none", disk], capture_output=True, text=True)
        if mounted.returncode != 0:
            print("1..1\nok 1 # SKIP no disk can be mounted here: " + mounted.stderr.strip())
            return False
        tests = Tests(program, disk)
        jobs = [(what, lambda lines=lines, name=name: tests.each(lines, name)) for what, lines, name in WRITERS]
        jobs.append(("history", tests.history))
        print("1..%d" % len(jobs))
        for i, (what, job) in enumerate(jobs):
            try:
                job()
                print("ok %d - %s" % (i + 1, what), flush=True)
            except Exception as e:
                failed += 1
                print("# %s: %s\nnot ok %d - %s" % (type(e).__name__, e, i + 1, what), flush=True)
        subprocess.run(["umount", disk], check=True)
    return failed > 0


def main():
    if sys.argv[1] == "--inside":
        return inside(sys.argv[2])
    alone = ["unshare", "-rm"]
    tried = subprocess.run([*alone, "true"], capture_output=True, text=True)
    if tried.returncode != 0:
        print("1..1\nok 1 # SKIP no name space of our own here: " + tried.stderr.strip())
        return False
    return subprocess.run([*alone, sys.executable, "-B", __file__, "--inside", os.path.abspath(sys.argv[1])]).returncode


if __name__ == "__main__":
    sys.exit(main())
