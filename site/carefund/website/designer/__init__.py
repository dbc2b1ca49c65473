"""The form designer: what editors arrange in the CMS, and the definition made of it."""
