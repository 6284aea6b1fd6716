"""Entry points of the workers: a few lines each; what is to be done stands in Postgres."""
