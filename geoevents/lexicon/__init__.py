"""Which words does conflict news use for events, actors, sources, amounts and people?

One module per kind of word; long lists are tables in `data/`, short closed classes stand here.
"""
