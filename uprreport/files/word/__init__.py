"""Word files: parts and properties, elements, comments, the manifest part."""
