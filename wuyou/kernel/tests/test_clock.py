"""Time enters by one door, stands in the zone of China, and can be held still."""

from datetime import UTC, date, datetime, timedelta

from wuyou.kernel import clock


def test_now_is_told_in_china() -> None:
    before, told, after = datetime.now(UTC), clock.now(), datetime.now(UTC)
    assert (str(told.tzinfo), before <= told <= after) == ("Asia/Shanghai", True)


def test_the_day_is_china_s() -> None:
    for hour, day in ((15, date(2025, 12, 31)), (16, date(2026, 1, 1))):
        with clock.held_at(datetime(2025, 12, 31, hour, tzinfo=UTC)):
            assert (clock.today(), str(clock.now().tzinfo)) == (day, "Asia/Shanghai")


def test_a_held_day_is_its_noon_and_is_let_go_again() -> None:
    with clock.held_at(date(2024, 2, 29)):
        assert clock.now() == datetime(2024, 2, 29, 12, tzinfo=clock.CHINA)
        with clock.held_at(date(2025, 1, 1)):
            assert clock.today() == date(2025, 1, 1)
        assert clock.today() == date(2024, 2, 29)
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=1)
