"""Pages that the server writes: sign-in, public forms, and the two shells of the front end."""
