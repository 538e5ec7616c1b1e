"""Scenario files: read and checked against the vocabulary, every term and every key."""
