"""Printed figures held against the data: what a story's number is a sum or share of, if of anything."""
