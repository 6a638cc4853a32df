"""The catalogue in the words of CKAN's Action API, version 3."""
