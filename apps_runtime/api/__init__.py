"""HTTP: shapes in and out; what is done is decided in the modules it calls."""
