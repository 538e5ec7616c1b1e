"""Frozen values: conditions, vocabulary, law, scenarios, programs, assessments. No reading, no writing."""
