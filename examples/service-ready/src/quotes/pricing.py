"""What a shipment costs, in whole cents."""

from dataclasses import dataclass

BASE_CENTS = 1250
CENTS_PER_KM = 14
HEAVY_FROM_KG = 500
ZONES = {"domestic": 100, "europe": 135, "overseas": 220}


@dataclass(frozen=True)
class Shipment:
    """What the customer wants moved."""

    weight_kg: int
    distance_km: int
    zone: str = "domestic"
    express: bool = False


def price(shipment: Shipment) -> int:
    """Price a shipment in cents, half a cent rounded up."""
    if shipment.weight_kg <= 0 or shipment.distance_km <= 0:
        raise ValueError("weight and distance must be positive")
    if shipment.zone not in ZONES:
        raise ValueError(f"unknown zone: {shipment.zone}")
    cents = BASE_CENTS + CENTS_PER_KM * shipment.distance_km
    if shipment.weight_kg >= HEAVY_FROM_KG:
        cents += 2 * (shipment.weight_kg - HEAVY_FROM_KG) + 900
    if shipment.express:
        cents *= 2
    return (cents * ZONES[shipment.zone] + 50) // 100
