"""Runs learners' programs in confined kernels. `client` is for the coordinator, `session` for a judge."""
