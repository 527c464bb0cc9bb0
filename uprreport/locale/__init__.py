"""Catalogues of texts in the agencies' languages: ``<code>.po``, made by ``make messages``; no code."""
