"""Which reports are shown beside one, and as what."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench._corpus import generated_reports

from wellspring.engine.index import SearchIndex
from wellspring.engine.records import Likeness, SearchDocument

from .shelves import KIND, document, filled

REPORTS = list(generated_reports(1500, seed=5))
FIRST = (
    "柳湾社区的十二名老党员组成议事团，每逢周三在桂花亭坐班。上周，三栋的漏水纠纷在这里谈了两个半天，老书记周德明"
    "把两家人请到一张桌子前，先听后议，最后签下协议：楼上换管，楼下补墙，费用各担一半。周德明说，法理要讲清，"
    "情面也要顾到。社工小陆在旁边记录，学着把两家的话各写一遍。议事团今年已调解漏水纠纷九起，桂花亭成了居民心里的家。"
)
SAME_EVENT = (
    "桂花亭里的漏水纠纷有了结果。柳湾社区老书记周德明请三栋楼上楼下两家坐下来，商定楼上换管、楼下补墙。记者看到，"
    "协议当场签字。老党员议事团自今年成立，已经处理漏水纠纷九起。"
)
RELATED = (
    "青枫社区请来柳湾的老书记周德明，讲漏水纠纷怎样调解。周德明说，先查管道，再谈协议，邻里还要见面。"
    "听课的老党员打算也办一个议事团，名字还没有想好。"
)
UNRELATED = "区少儿合唱团在湖边音乐厅演出，团员们唱了七首江南童谣，指挥林老师说孩子们排练了三个月。"


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    generated = [
        document(1000 + r.id, r.title, r.text, source=r.source, days=r.id / 10) for r in REPORTS if r.copy_of is None
    ]
    told = [
        document(1, "桂花亭里话漏水", FIRST, source="江南时报"),
        document(2, "桂花亭里话漏水", "姑苏晚报讯 " + FIRST, source="姑苏晚报", days=1),
        document(3, "老党员议事团坐班桂花亭", FIRST[:-30], source="今日园区", days=2),
        document(4, "老书记化解漏水纠纷", SAME_EVENT, source="湖东周刊", days=1),
        document(5, "漏水纠纷怎样调解", RELATED, days=60),
        document(6, "漏水纠纷怎样调解", RELATED, source="转载网", days=61),
        document(7, "童谣唱响湖边", UNRELATED),
        document(8, "桂花亭里话漏水", FIRST, kind="sharing.talk"),
    ]
    return filled(tmp_path_factory.mktemp("index"), [*generated, *told])


def likenesses(index: SearchIndex, pk: int, limit: int = 10) -> dict[int, Likeness]:
    return {hit.id: hit.likeness for hit in index.related(KIND, pk, limit=limit)}


def test_copies_event_and_related_are_told_apart(shelf: SearchIndex) -> None:
    found = likenesses(shelf, 1)
    assert {pk: found.pop(pk) for pk in (2, 3, 4)} == {
        2: Likeness.COPY,
        3: Likeness.COPY,
        4: Likeness.SAME_EVENT,
    }
    stands = {hit.id: hit.same_text for hit in shelf.related(KIND, 1)}
    assert [stands[pk] for pk in (5, 6) if pk in found] in ([(6,)], [(5,)]), "one of two copies stands for both"
    assert set(found.values()) <= {Likeness.RELATED}


def test_copies_come_first_and_the_report_itself_never(shelf: SearchIndex) -> None:
    hits = shelf.related(KIND, 1)
    assert [hit.likeness for hit in hits[:3]] == [Likeness.COPY, Likeness.COPY, Likeness.SAME_EVENT]
    assert 1 not in {hit.id for hit in hits}


def test_an_excerpt_is_a_copy_of_its_original(tmp_path: Path) -> None:
    long = FIRST + "".join(report.text for report in REPORTS[:2])
    index = filled(tmp_path, [document(1, "全文", long), document(2, "摘要", FIRST)])
    assert likenesses(index, 2) == {1: Likeness.COPY}
    assert likenesses(index, 1) == {2: Likeness.COPY}


def test_the_same_words_long_after_are_not_the_same_event(tmp_path: Path) -> None:
    index = filled(tmp_path, [document(1, "漏水", FIRST), document(2, "漏水", SAME_EVENT, days=400)])
    assert likenesses(index, 1) == {2: Likeness.RELATED}


def test_what_has_nothing_in_common_is_not_shown(shelf: SearchIndex) -> None:
    assert 7 not in likenesses(shelf, 1)
    assert likenesses(shelf, 7) == {}


def test_other_kinds_are_not_related(shelf: SearchIndex) -> None:
    assert 8 not in likenesses(shelf, 1)
    assert shelf.related("sharing.talk", 8) == ()


def test_what_is_not_in_the_index_has_nothing_related(shelf: SearchIndex) -> None:
    assert shelf.related(KIND, 999_999) == ()


def test_a_report_without_text_fails_nothing(tmp_path: Path) -> None:
    index = filled(tmp_path, [document(1, "", ""), document(2, "组图", ""), document(3, "组图：花市", "图")])
    assert index.related(KIND, 1) == ()
    assert set(likenesses(index, 2).values()) <= {Likeness.RELATED, Likeness.SAME_EVENT}


def test_a_story_reprinted_by_hundreds_still_has_its_related_reports(tmp_path: Path) -> None:
    reprints = [document(100 + n, "桂花亭里话漏水", f"第{n}网讯 {FIRST}") for n in range(300)]
    others = [document(1, "漏水", SAME_EVENT), document(2, "调解", RELATED), document(3, "童谣", UNRELATED)]
    index = filled(tmp_path, [*reprints, *others])
    found = likenesses(index, 100)
    assert found.pop(1) == Likeness.SAME_EVENT
    assert found.pop(2) == Likeness.RELATED
    assert set(found.values()) == {Likeness.COPY}
    assert 20 <= len(found) <= 30


def test_near_copies_are_found_and_their_list_repeats_no_text(tmp_path: Path) -> None:
    documents: list[SearchDocument] = [document(r.id, r.title, r.text, source=r.source) for r in REPORTS]
    index = filled(tmp_path, documents)
    pairs = [(report.id, report.copy_of) for report in REPORTS if report.copy_of]
    missed = [pair for pair in pairs if likenesses(index, pair[0]).get(pair[1] or 0) != Likeness.COPY]
    assert len(missed) <= len(pairs) * 0.02, missed
    origin = {report.id: report.copy_of or report.id for report in REPORTS}
    for report in REPORTS[:200]:
        others = [pk for pk, likeness in likenesses(index, report.id).items() if likeness != Likeness.COPY]
        origins = [origin[pk] for pk in others]
        assert len(origins) == len(set(origins)), report.id
        assert len(others) <= 10
