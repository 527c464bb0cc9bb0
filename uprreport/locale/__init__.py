"""Labels and messages in the agencies' languages (``.po`` catalogues, loaded as they are). Nothing yet."""
