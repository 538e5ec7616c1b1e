"""Measure augkg: `python -m benchmarks.speed [SCENARIOS]`. Medians of several runs; quote ratios, machines differ."""

import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
from tests.scenarios import Sampler

from augkg import api
from augkg.engine.draws import points_of
from augkg.engine.evaluate import evaluate
from augkg.engine.evaluation import Evaluation, is_binding
from augkg.engine.facts import Columns
from augkg.engine.health import Cohort, cohort_health
from augkg.engine.scores import score
from augkg.engine.states import norm_planes, verdict_planes
from augkg.engine.words import rows_of, word_planes
from augkg.model.rulebook import Rulebook

EXAMPLE = Path(__file__).parent.parent / "examples" / "scenarios" / "ccr5-embryo-editing-2018.yaml"


def median(work: Callable[[], object], runs: int = 7) -> float:
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def child_cpu(*arguments: str, runs: int = 9) -> float:
    """The CPU seconds of a whole process, as the system counts them."""
    import resource

    times = []
    for _ in range(runs):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-m", "augkg", *arguments], check=False, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(times)


def main(count: int) -> None:
    api.load()
    rulebook = api.load()
    scenario = api.read_scenario(EXAMPLE, rulebook)
    print(f"norms                             {len(rulebook.norms):>10}")
    print(f"python -c pass, CPU               {child_python():>10.3f} s")
    print(f"augkg assess, warm cache, CPU     {child_cpu('assess', str(EXAMPLE)):>10.3f} s")
    print(f"load, no cache                    {median(lambda: api.load(cached=False), 3):>10.3f} s")
    print(f"load, from cache                  {median(api.load):>10.3f} s")
    print(f"assess one scenario               {median(lambda: api.assess(rulebook, scenario)):>10.4f} s")
    print(f"states and verdict of one         {median(lambda: Evaluation(rulebook, [scenario]).verdict()):>10.4f} s")
    scores(rulebook)
    sampler = Sampler(rulebook, 1)
    kinds = [sampler.scenario(i) for i in range(200)]
    many = random.Random(1).choices(kinds, k=count)
    built = time.perf_counter()
    columns = Columns(
        many, [s.date for s in many], rulebook.vocabulary, sampler.taxonomy, rulebook.instruments, word_planes(count)
    )
    start = time.perf_counter()
    planes = evaluate(rulebook.program, columns)
    norms = [
        (norm, is_binding(norm, rulebook), norm_planes(norm, code, planes, columns.ones))
        for norm, code in zip(rulebook.norms, rulebook.program.codes, strict=True)
    ]
    counts = {verdict: int(rows_of(plane, count).sum()) for verdict, plane in verdict_planes(norms, columns.ones)}
    end = time.perf_counter()
    print(f"columns of {count:,} scenarios    {start - built:>10.2f} s")
    print(f"verdicts of {count:,} scenarios   {end - start:>10.2f} s   {counts}")


def scores(rulebook: Rulebook) -> None:
    """F, H and E of one scenario with 17 uncertain hazards; H of many people."""
    text = b"{id: a, date: 2026-01-01, jurisdiction: GB, technology: [CarTCellTherapy, DeepBrainStimulation]}"
    evaluation = Evaluation(rulebook, [api.read_scenario(text, rulebook)])
    profile, points = rulebook.profiles["default"], points_of(rulebook)
    found = score(evaluation, profile, points)
    what = f"{len(found.risk.terms)} hazards, {found.risk.draws.count} draws" if found.risk.draws else ""
    print(
        f"scores of one scenario, warm      {median(lambda: score(evaluation, profile, points), 21):>10.4f} s   {what}"
    )
    chance, n = np.random.default_rng(1), 100_000
    indicators = rulebook.vocabulary.evidence.indicators
    readings = {name: chance.normal(50, 30, n) for name in list(indicators)[:20]}
    cohort = Cohort(female=chance.integers(0, 2, n).astype(float), age=chance.uniform(18, 90, n), readings=readings)
    took = median(lambda: cohort_health(cohort, indicators, profile.health), 5)
    print(f"H of {n:,} people                {took:>10.3f} s   {len(readings)} indicators each")
    table = pd.DataFrame({"id": range(n), "sex": chance.choice(["female", "male"], n), "age": cohort.age, **readings})
    print(f"the same, as a frame              {median(lambda: api.people(rulebook, table), 5):>10.3f} s")


def child_python() -> float:
    import resource

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", "pass"], check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
