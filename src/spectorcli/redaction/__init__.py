"""Finds the names of people in any text, however they are written there, and puts pseudonyms in their place."""
