"""The command line: parse, call `api`, print. No logic of its own."""
