"""Freight quotes: a small JSON service."""
