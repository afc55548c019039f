"""How do the names that other people's models find become toponyms?

Each adapter is a recognizer around a pipeline or model that the user has installed, and imports its
library when the first one is made. On the command line `load` is told which pipeline or model::

    geoevents places report.txt --recognizer geoevents.adapters.spacy:load:en_core_web_sm
    geoevents places report.txt --recognizer geoevents.adapters.gliner:load:models/gliner_small

In Python it is handed over::

    recognize = SpacyRecognizer(spacy.load("en_core_web_sm"))
    pipeline = dataclasses.replace(ge.Pipeline.over(ge.Gazetteer.load()), recognize=recognize)
"""
