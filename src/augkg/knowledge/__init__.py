"""The knowledge graph: the only place that touches rdflib, owlready2 and networkx."""
