"""`make audit`: known vulnerabilities, and licences, of what the image holds.

Exits with 0 if both were looked at and nothing was found, with 1 if something was, and with 75 if
the vulnerabilities could not be looked up: silence is no answer to that question.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

IN = Path(sys.executable).parent
COULD_NOT_LOOK = 75

PERMISSIVE = {
    "Apache Software License",
    "Apache-2.0",
    "BSD License",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "MIT",
    "MIT License",
    "MIT-CMU",
    "PSF-2.0",
    "Python Software Foundation License",
}

# Packages whose metadata does not say, or says something else, and why they may be used.
LOOKED_AT = {
    "pyrage": "MIT: the file LICENSE in its wheel says so, its metadata says nothing",
}


def vulnerabilities(lock: str) -> int:
    # --strict: without it, packages that could not be looked up count as sound.
    asked = subprocess.run(  # noqa: S603
        [IN / "pip-audit", "--strict", "--require-hashes", "--disable-pip", "--format=json",
         "--progress-spinner=off", "--requirement", lock],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    try:
        packages = json.loads(asked.stdout)["dependencies"]
    except (ValueError, KeyError):
        reason = (asked.stderr.strip().splitlines() or ["no answer"])[-1]
        print(f"Known vulnerabilities could NOT be looked up, so nothing is known: {reason}")
        return COULD_NOT_LOOK
    found = [(each, bug) for each in packages for bug in each.get("vulns", [])]
    for each, bug in found:
        mended = ", ".join(bug["fix_versions"]) or "nothing yet"
        print(f"{each['name']} {each['version']}: {bug['id']}, mended in {mended}")
    print(f"{len(packages)} packages looked up, {len(found)} known vulnerabilities.")
    return 1 if found or asked.returncode else 0


def licences(python: str) -> int:
    listed = subprocess.run(  # noqa: S603
        [IN / "pip-licenses", "--python", python, "--format=json"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    packages = json.loads(listed.stdout)
    bad = 0
    for each in packages:
        name, licence = each["Name"], each["License"]
        if name in LOOKED_AT:
            note = f"  ({LOOKED_AT[name]})"
        elif is_permissive(licence):
            note = ""
        else:
            note, bad = "  NOT ALLOWED: look at it, and say so in .ci/audit.py", bad + 1
        print(f"{name:<22}{each['Version']:<12}{licence}{note}")
    print(f"{len(packages)} licences, {bad} not allowed.")
    return 1 if bad or not packages else 0


def is_permissive(licence: str) -> bool:
    """All of those that hold together; one of those that may be chosen from."""
    return all(
        any(each.strip(" ()") in PERMISSIVE for each in part.split(" OR "))
        for part in re.split(r";| AND ", licence)
    )


if __name__ == "__main__":
    ended = [licences(sys.argv[1]), vulnerabilities(sys.argv[2])]
    sys.exit(1 if 1 in ended else max(ended))
