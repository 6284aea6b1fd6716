"""Forms: field types, a form compiled to a plan, submissions, the table behind it."""
