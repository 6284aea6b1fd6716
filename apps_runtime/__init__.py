"""The runtime: installed releases are the application; here is all input and output."""
