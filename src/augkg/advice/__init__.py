"""Advice by a solver: a third opinion on states, worlds in which a condition holds, checks of the whole rulebook."""
