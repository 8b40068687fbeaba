"""A price follows the tariff."""

import pytest

from quotes.pricing import Shipment, price


def test_a_light_domestic_parcel_pays_base_and_distance():
    assert price(Shipment(weight_kg=10, distance_km=100)) == 2650


def test_a_heavy_load_pays_for_each_kilogram_above_the_limit():
    assert price(Shipment(weight_kg=600, distance_km=100)) == 3750


def test_the_limit_itself_is_heavy():
    assert price(Shipment(weight_kg=500, distance_km=100)) == 3550


def test_express_doubles_before_the_zone_applies():
    assert price(Shipment(weight_kg=10, distance_km=100, zone="europe", express=True)) == 7155


def test_half_a_cent_is_rounded_up():
    assert price(Shipment(weight_kg=10, distance_km=10, zone="europe")) == 1877


@pytest.mark.parametrize(
    "shipment",
    [Shipment(0, 10), Shipment(10, 0), Shipment(10, 10, zone="moon")],
    ids=["no weight", "no distance", "unknown zone"],
)
def test_nonsense_is_refused(shipment):
    with pytest.raises(ValueError):
        price(shipment)
