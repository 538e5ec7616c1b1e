"""The engine: compile a rulebook to a program, evaluate it over scenarios, say what it found and why."""
