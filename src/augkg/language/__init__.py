"""The condition language: parse, print, read aloud. A subset of the W3C OWL 2 Manchester syntax."""
