"""What a person's roles let them do."""

from dataclasses import replace

import pytest

from bot.errors import NotAllowed
from bot.people import Person
from tests.conftest import AMINA, HOME, MANAGER, ORGANISER

MEMBER = Person(network_id=HOME, member_id=AMINA)


def test_a_member_may_do_nothing_that_is_kept_for_others() -> None:
    with pytest.raises(NotAllowed) as refused:
        MEMBER.must_be_organiser("plan a conversation")
    assert str(refused.value) == (
        "Only organisers can plan a conversation. If that should be you, ask somebody who runs "
        "this server for the organisers' role."
    )
    with pytest.raises(NotAllowed) as refused:
        MEMBER.must_be_moderator("rename themes")
    assert str(refused.value) == (
        "Only moderators can rename themes. If that should be you, ask somebody who runs this "
        "server for the moderators' role."
    )
    with pytest.raises(NotAllowed) as refused:
        MEMBER.must_manage_network("change what is set up here")
    assert str(refused.value) == (
        "Only people with “Manage Server” can change what is set up here. "
        "Ask somebody who runs this server."
    )


def test_an_organiser_does_not_manage_the_network() -> None:
    ORGANISER.must_be_organiser("plan a conversation")
    with pytest.raises(NotAllowed, match="Manage Server"):
        ORGANISER.must_manage_network("change what is set up here")


def test_a_moderator_is_no_organiser() -> None:
    with pytest.raises(NotAllowed, match="Only organisers can"):
        replace(MEMBER, is_moderator=True).must_be_organiser("plan a conversation")


def test_an_organiser_is_no_moderator() -> None:
    with pytest.raises(NotAllowed, match="Only moderators can"):
        ORGANISER.must_be_moderator("rename themes")


def test_a_manager_may_do_all() -> None:
    MANAGER.must_be_organiser("plan a conversation")
    MANAGER.must_be_moderator("rename themes")
    MANAGER.must_manage_network("change what is set up here")
