"""What is believed about a sensor."""

from bongsu.constants import NS_PER_S
from bongsu.models.sensors import Sensor, silent_after_ns


def test_a_fast_sensor_is_silent_after_its_deadline_and_a_slow_one_after_three_periods():
    assert silent_after_ns(Sensor(sensor_id="a", kind="radar", period_ns=NS_PER_S)) == 5 * NS_PER_S
    assert silent_after_ns(Sensor(sensor_id="a", kind="infrared", period_ns=10 * NS_PER_S)) == 30 * NS_PER_S
