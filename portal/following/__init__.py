"""What a person wants to hear of: areas, districts, searches, circles on the map."""
