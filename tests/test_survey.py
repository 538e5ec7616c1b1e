"""Matrix and timeline: the same answers as `assess`, on every day on which anything changes."""

from datetime import date, timedelta
from xml.etree import ElementTree as ET

import msgspec
import pytest

from augkg import api
from augkg.engine.survey import breakpoints
from augkg.errors import AugkgError
from augkg.model.rulebook import Rulebook
from augkg.model.survey import Timeline
from augkg.present.charts import matrix_svg, timeline_svg
from augkg.present.survey import RED_LINE_ALONE, matrix_csv, timeline_csv, verdict_key
from augkg.resources import templates_folder
from augkg.terms import Verdict

DAY = date(2026, 11, 27)


@pytest.fixture(scope="module")
def mitochondria(rulebook: Rulebook) -> Timeline:
    scenario = api.template(rulebook, "MitochondrialReplacement", DAY)
    (found,) = api.survey_time(rulebook, scenario, ["GB"])
    return found


def test_the_matrix_says_what_assess_says_everywhere(rulebook: Rulebook) -> None:
    scenario = api.template(rulebook, "HeritableGenomeEditing", DAY)
    found = api.survey_places(rulebook, scenario, DAY)
    places = [answer.jurisdiction for answer in found.answers]
    assert len(places) == len(set(places)) >= 250
    assert set(places) == set(rulebook.vocabulary.jurisdictions) - {"EU", "COE", "INT"}
    for answer in found.answers[::9]:
        there = msgspec.structs.replace(scenario, jurisdictions=(answer.jurisdiction,))
        alone = api.assess(rulebook, there, DAY)
        assert (answer.verdict, answer.decided_by, answer.binding_norms) == (
            alone.verdict,
            alone.decided_by,
            alone.coverage.binding_norms,
        )


def test_a_red_line_alone_is_told_from_the_law_of_the_place(rulebook: Rulebook) -> None:
    scenario = api.template(rulebook, "HeritableGenomeEditing", DAY)
    found = {a.jurisdiction: verdict_key(a) for a in api.survey_places(rulebook, scenario, DAY, ["GB", "TV"]).answers}
    assert found == {"GB": Verdict.PROHIBITED, "TV": RED_LINE_ALONE}


def test_a_timeline_has_every_day_on_which_something_changes(rulebook: Rulebook, mitochondria: Timeline) -> None:
    """Between two breakpoints nothing changes: the day before each is as the day of the one before it."""
    scenario = api.template(rulebook, "MitochondrialReplacement", DAY)
    days = breakpoints(rulebook, "GB")
    assert {date(2009, 10, 1), date(2015, 10, 29), date(2021, 1, 1)} <= set(days)
    for day in days:
        for each in (day - timedelta(days=1), day):
            alone = api.assess(rulebook, msgspec.structs.replace(scenario, jurisdictions=("GB",)), each)
            (period,) = (
                p
                for p in mitochondria.periods
                if (p.since is None or p.since <= each) and (p.until is None or each < p.until)
            )
            assert (period.answer.verdict, period.answer.decided_by) == (alone.verdict, alone.decided_by), each


def test_mitochondrial_donation_in_gb_turns_with_the_regulations(mitochondria: Timeline) -> None:
    turns = {str(p.since): p.answer.verdict for p in mitochondria.periods}
    assert turns["2009-10-01"] is Verdict.PROHIBITED
    assert turns["2015-10-29"] is Verdict.CONDITIONAL
    began = next(p for p in mitochondria.periods if str(p.since) == "2015-10-29")
    assert any(c.norm == "gb-hfe-act-1990/s3-2" for c in began.changes)


def test_templates_are_scenarios_and_a_narrower_technology_takes_the_nearest(rulebook: Rulebook) -> None:
    names = sorted(path.stem for path in templates_folder().glob("*.yaml"))
    assert len(names) >= 5
    for name in names:
        scenario = api.template(rulebook, name, DAY)
        assert scenario.title is not None
        assert any(fact.facet == "act" for fact in scenario.facts)
    narrower = api.template(rulebook, "FacialEmotionRecognition", DAY)
    assert [f.filler.name for f in narrower.facts if f.facet == "technology"] == ["FacialEmotionRecognition"]
    assert [f for f in narrower.facts if f.facet != "technology"] == [
        f for f in api.template(rulebook, "EmotionRecognition", DAY).facts if f.facet != "technology"
    ]


def test_a_word_that_is_no_technology_is_refused(rulebook: Rulebook) -> None:
    with pytest.raises(AugkgError, match="did you mean `HeritableGenomeEditing`"):
        api.template(rulebook, "HeritableGenomEditing", DAY)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_drawings_are_whole(rulebook: Rulebook, mitochondria: Timeline, language: str) -> None:
    scenario = api.template(rulebook, "HeritableGenomeEditing", DAY)
    found = api.survey_places(rulebook, scenario, DAY)
    tiles = ET.fromstring(matrix_svg(found, rulebook.vocabulary, language)).iter("{http://www.w3.org/2000/svg}g")
    assert len(list(tiles)) == len(found.answers)
    bars = ET.fromstring(timeline_svg([mitochondria], rulebook.vocabulary, language)).iter(
        "{http://www.w3.org/2000/svg}g"
    )
    assert len(list(bars)) == len(mitochondria.periods)


def test_tables_for_machines(rulebook: Rulebook, mitochondria: Timeline) -> None:
    scenario = api.template(rulebook, "HeritableGenomeEditing", DAY)
    assert (
        matrix_csv(api.survey_places(rulebook, scenario, DAY, ["CN"]))
        .splitlines()[1]
        .startswith("heritable-genome-editing,CN,2026-11-27,,prohibited,")
    )
    assert len(timeline_csv([mitochondria]).splitlines()) == 1 + len(mitochondria.periods)


@pytest.mark.parametrize(
    ("subject", "place", "turns"),
    [
        ("MitochondrialReplacement", "AU", {"2003-01-16": "prohibited", "2022-10-01": "undetermined"}),
        ("EmotionRecognition", "EU", {"2018-05-25": "undetermined", "2025-02-02": "prohibited"}),
    ],
)
def test_turning_points(rulebook: Rulebook, subject: str, place: str, turns: dict[str, str]) -> None:
    (line,) = api.survey_time(rulebook, api.template(rulebook, subject, DAY), [place])
    found = {str(p.since): p.answer.verdict for p in line.periods}
    assert {day: found.get(day) for day in turns} == turns


def test_bans_that_lapsed_and_came_back(rulebook: Rulebook) -> None:
    (scenario,) = api.read_scenarios(["examples/scenarios/reproductive-cloning-us-2002.yaml"], rulebook, None)
    russia, israel = api.survey_time(rulebook, scenario, ["RU", "IL"])
    for line, norm, days in (
        (russia, "ru-54-fz-2002/art-1", ["2002-06-23", "2007-06-24", "2010-04-10"]),
        (
            israel,
            "il-genetic-intervention-1999/s3-1-",
            ["1999-01-07", "2004-01-07", "2009-03-01", "2009-10-13", "2016-05-23", "2024-05-30"],
        ),
    ):
        assert [str(p.since) for p in line.periods if any(c.norm.startswith(norm) for c in p.changes)] == days
