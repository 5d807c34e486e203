# SPDX-FileCopyrightText: The Postacı authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The search for an address' servers, in every situation of discover_cases.py: what is found, from whom, in what time; and
what is never asked or told."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[2]))

from tests.setup import client  # noqa: E402
from tests.setup.discover_cases import CASES  # noqa: E402

PASSWORD = "Gizli-Şifre 42!"
START_UP = 1.5  # seconds that the program itself may take around its search, on a busy machine
PROBED = {993, 995, 143, 465, 587}
OTHERS = {443}


def examine(program, case):
    from tests.support.internet.internet import Internet
    with Internet(case.world) as internet:
        # The password is at hand, and still nobody may hear it.
        run = client.call(program, "account", "discover", case.address, *case.options, password=PASSWORD)
        internet.settle()
    _check_privacy(case, internet.record)
    if case.suggestion:
        assert run.of("suggestion") == [case.suggestion], run.lines
    if case.problem:
        error = run.of("error")[0]
        assert run.code == 1 and error["kind"] == case.problem, run.lines
        return error["sentence"]
    assert run.lines and "obstacle" in run.lines[-1], f"no summary: {run.lines} {run.errors}"
    summary = run.lines[-1]
    _check_answer(case, summary)
    _check_time(case, summary, run)
    for host in case.told_address:
        assert any(request.host == host and "a%2Bb%40" in request.target for request in internet.record.requests), "not told"
    for url in case.asked:
        assert url in [request.url.partition("?")[0] for request in internet.record.requests], f"{url} was not asked for"
    return _describe(summary)


def _check_answer(case, summary):
    seen = _describe(summary)
    assert summary["obstacle"] == case.obstacle, seen
    if case.domain:
        assert summary["domain"] == case.domain, summary["domain"]
    assert tuple(summary.get("wantsAddress", [])) == case.wants_address, summary
    if case.obstacle != "none" or not case.source:
        return
    best = summary["candidates"][0]
    assert best["source"] == case.source, seen
    incoming = best["incoming"][0]
    if case.incoming:
        assert _server(incoming) == case.incoming, seen
    if case.outgoing:
        assert _server(best["outgoing"]) == case.outgoing, seen
    if case.incoming_user:
        assert incoming["user"] == case.incoming_user, incoming
    if case.outgoing_user:
        assert best["outgoing"]["user"] == case.outgoing_user, best["outgoing"]
    if case.oauth_only is not None:
        assert best.get("oauthOnly", False) == case.oauth_only, best
    assert sorted(best.get("hostsToApprove", [])) == sorted(case.approve), seen
    # Whatever else is offered: never without encryption, but on this very machine.
    for candidate in summary["candidates"]:
        for server in [*candidate["incoming"], *([candidate["outgoing"]] if "outgoing" in candidate else [])]:
            assert server["encryption"] in ("tls", "starttls"), candidate


def _check_time(case, summary, run):
    assert summary["ms"] <= case.within * 1000, f"{summary['ms']} ms; at most {case.within} s. {_describe(summary)}"
    assert run.seconds <= case.within + START_UP, f"the program ran for {run.seconds:.1f} s"


def _check_privacy(case, record):
    """Rules of the search: domain only, https only, nobody who has nothing to do with it, no more than twelve probes."""
    problems = record.problems_with(PASSWORD, set())
    assert not problems, problems
    local = case.address.strip().rpartition("@")[0]
    for request in record.requests:
        assert request.tls, f"in clear: {request.url}"
        text = f"{request.url} {request.headers}".lower()
        if request.host in case.told_address:
            continue
        assert f"{local}@".lower() not in text and f"{local}%40".lower() not in text, f"the address was told: {request.url}"
        assert "cookie" not in request.headers, request.headers
    attempts = record.connections()
    strange = {attempt.port for attempt in attempts} - PROBED - OTHERS
    assert not strange, f"knocked at ports {strange}"
    probes = [attempt for attempt in attempts if attempt.port in PROBED]
    assert len(probes) <= 12, f"{len(probes)} probes"
    logins = record.logins()
    assert not logins, f"logins: {logins}"
    asked = {query.name for query in record.queries} | {request.host for request in record.requests}
    for name in case.never:
        assert name not in asked, f"{name} was asked"
    if case.silent:
        assert not attempts and not record.queries, f"asked: {sorted(asked)}, {attempts}"


def _server(server):
    return f"{server['host']}:{server['port']} {server['encryption']}"


def _describe(summary):
    head = f"{summary['ms']} ms  "
    if summary["obstacle"] != "none":
        return head + summary["obstacle"]
    best = summary["candidates"][0]
    approve = f", to approve: {' '.join(best['hostsToApprove'])}" if "hostsToApprove" in best else ""
    incoming = _server(best["incoming"][0]) if best["incoming"] else "nothing"
    return f"{head}{best['source']}: {incoming}, {_server(best['outgoing'])}{approve}"


if __name__ == "__main__":
    client.run_table(CASES, examine)
